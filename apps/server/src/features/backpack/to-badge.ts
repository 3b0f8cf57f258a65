import type { BackpackBadge, BackpackStatus } from '@rosette/contract/backpack'
import { formatDate } from '../../http/html-words.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { type AwardStatus, awardStatus } from '../pages/pages.js'
import { type BadgeRow, type EarnedRow, type ImportedRow, isStatus } from './badge-views.js'

/** How a badge stands, and why in a sentence where it is not simply valid. */
export type Standing = { readonly status: BackpackStatus; readonly reason: string | null }

export function toBadge(row: BadgeRow, urls: PublicUrls, now: Date): BackpackBadge {
  return {
    id: row.id,
    origin: row.origin,
    name: row.name,
    description: row.description,
    issuer: { name: row.issuerName, url: row.issuerUrl },
    pictureUrl: pictureOf(row, urls),
    awardedAt: row.awardedAt,
    expiresAt: row.expiresAt,
    status: standingOf(row, now).status,
    isNew: row.seenAt === null,
    isHidden: row.isHidden,
    visibility: row.visibility,
    showsName: row.showsName,
    publicUrl: publicUrlOf(row, urls),
    tags: [...row.tags],
  }
}

/** The page that others may see; null while nobody may. */
function publicUrlOf(row: BadgeRow, urls: PublicUrls): string | null {
  if (row.visibility === 'private') return null
  if (row.origin === 'earned') return urls.assertion(row.id)
  return row.state === 'kept' ? urls.importedBadge(row.id) : null
}

function pictureOf(row: BadgeRow, urls: PublicUrls): string {
  const page = row.origin === 'earned' ? urls.badge(row.templateId) : urls.importedBadge(row.id)
  return `${urls.local(page)}/image?for=page`
}

export function standingOf(row: BadgeRow, now: Date): Standing {
  return row.origin === 'earned' ? ofAward(row, now) : ofEntry(row, now)
}

const statusOf = {
  valid: 'valid',
  there: 'valid',
  'to-accept': 'valid',
  expired: 'expired',
  signing: 'being-issued',
  delayed: 'being-issued',
  coming: 'being-issued',
  'held-up': 'being-issued',
  'ended-there': 'revoked',
  revoked: 'revoked',
} as const satisfies Record<AwardStatus['is'], BackpackStatus>

function ofAward(row: EarnedRow, now: Date): Standing {
  const found = awardStatus({ ...row, signedText: row.isSigned ? '' : null }, now)
  return { status: statusOf[found.is], reason: reasonOf(found) }
}

function reasonOf(found: AwardStatus): string | null {
  switch (found.is) {
    case 'valid':
    case 'there':
      return null
    case 'revoked':
      return `The issuer took this badge back on ${formatDate(found.at)}${because(found.reason)}`
    case 'ended-there':
      return `The badge ended at ${found.provider}${found.at === null ? '' : ` on ${formatDate(found.at)}`}.`
    case 'expired':
      return `It was good until ${formatDate(found.at)}.`
    case 'to-accept':
      return `It waits for you at ${found.provider}, until you accept it there.`
    case 'coming':
      return `It is on its way to ${found.provider}.`
    case 'held-up':
      return `It could not be issued at ${found.provider} yet; the people who run this site know.`
    case 'signing':
      return 'It is signed in a moment.'
    case 'delayed':
      return 'Signing it takes longer than usual; the people who run this site know.'
  }
}

// What time itself did since it was last verified.
function ofEntry({ state, verdict, statusReason, expiresAt }: ImportedRow, now: Date): Standing {
  if (state === 'waiting') {
    return { status: 'waiting', reason: statusReason ?? waitingReason }
  }
  if (verdict === 'valid' && expiresAt !== null && Date.parse(expiresAt) < now.getTime()) {
    return { status: 'expired', reason: `It was good until ${formatDate(expiresAt)}.` }
  }
  return { status: isStatus(verdict) ? verdict : 'unknown', reason: statusReason }
}

const waitingReason =
  'It was given to an address that you have not confirmed here. Add that address to your account, and it will be yours.'

function because(reason: string | null | undefined): string {
  const text = reason?.trim()
  if (text === undefined || text === '') return '.'
  return /[.!?]$/.test(text) ? `: ${text}` : `: ${text}.`
}
