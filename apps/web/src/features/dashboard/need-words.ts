import type { TFunction } from 'i18next'
import { format } from '../../lib/format.js'
import type { Need } from './dashboard-queries.js'

/** Names that need no translation. */
const providerNames = {
  credly: 'Credly',
  accredible: 'Accredible',
  badgr: 'Badgr',
} as const

const reasons = [
  'no-payload',
  'bad-headers',
  'unknown-event-type',
  'undecodable',
  'learner-absent',
  'handling-failed',
] as const

type Words = TFunction<'operations'>

/** What is the matter, as one sentence. */
export function needSentence(t: Words, need: Need): string {
  const { kind, count, account } = need
  const place = account === null ? '' : account.name
  const provider = account === null ? '' : providerNames[account.provider]
  const known = { count, account: place, provider, template: need.template?.name ?? '' }
  switch (kind) {
    case 'issuances-failed':
      return account === null
        ? t('needs.failedHere', { count })
        : t('needs.failedThere', { count, account: place, provider })
    case 'dead-letters':
      return t('needs.deadLetters', { count, reason: reasonWords(t, need.detail) })
    case 'consumer-behind':
      return t('needs.behind', { count, group: need.detail ?? '', topic: need.subject ?? '' })
    case 'key-ends':
    case 'token-ends':
      return endSentence(t, need)
    case 'notice':
      return need.detail ?? ''
    case 'import-waiting':
      return t('needs.import', { file: need.subject ?? '' })
    case 'signals-stopped':
      return t('needs.signals', { count })
    case 'account-paused':
      return t('needs.paused', known)
    case 'backfill-failed':
      return t('needs.backfill', known)
    case 'rules-quiet':
      return t('needs.quiet', known)
  }
}

function endSentence(t: Words, { kind, account, subject, endsAt }: Need): string {
  const date = endsAt === null ? '' : format.date(endsAt)
  const isOver = endsAt !== null && new Date(endsAt) < new Date()
  if (kind === 'token-ends') {
    return t(isOver ? 'needs.tokenEnded' : 'needs.tokenEnds', { token: subject ?? '', date })
  }
  const name = account?.name ?? ''
  return t(isOver ? 'needs.keyEnded' : 'needs.keyEnds', { account: name, date })
}

function reasonWords(t: Words, code: string | null): string {
  const reason = reasons.find((one) => one === code)
  return reason === undefined ? (code ?? '') : t(`reasons.${reason}.title`)
}

/** What the provider or the bus said, where the sentence does not say it already. */
export function needDetail({ kind, detail }: Need): string | null {
  const said = ['issuances-failed', 'account-paused', 'signals-stopped', 'backfill-failed']
  return said.includes(kind) ? detail : null
}

/** Where it is fixed. */
export function needPlace(need: Need, slug: string): string {
  const { kind, account, template, detail, subject, subjectId } = need
  const base = `/o/${slug}`
  switch (kind) {
    case 'issuances-failed': {
      const which = `state=${subject === 'failed' ? 'failed' : 'stopped'}`
      return `${base}/issuances?${account === null ? which : `${which}&accountId=${account.id}`}`
    }
    case 'account-paused':
    case 'key-ends':
      return `${base}/providers/${account?.id ?? ''}`
    case 'dead-letters':
      return `/platform/dead-letters?reason=${encodeURIComponent(detail ?? '')}`
    case 'consumer-behind':
    case 'signals-stopped':
      return '/platform/bus'
    case 'token-ends':
      return `${base}/tokens`
    case 'rules-quiet':
      return `${base}/badges/${template?.id ?? ''}`
    case 'backfill-failed':
      return `${base}/backfills/${subjectId ?? ''}`
    case 'import-waiting':
      return `${base}/awards/import/${subjectId ?? ''}`
    case 'notice':
      return base
  }
}
