import type { Report } from '@rosette/open-badges'
import type { Findings } from '../verifier/verifier.js'
import { isObject, listOf, readBadgeText, textOf } from './badge-document.js'
import type { Given, Prepared } from './given.js'
import { answerOf, type Imported, refused } from './imported.js'

const mostBadges = 100

/** The badges in a learner record, each of which stands for itself; undefined for anything else. */
export function innerBadges(
  { report, served }: Findings,
  { bytes }: Prepared,
): readonly unknown[] | undefined {
  if (report.kind !== 'ClrCredential 2.0') return undefined
  const record = readBadgeText(bytes ?? '', served?.bytes)?.document ?? {}
  const subjects = listOf(record['credentialSubject']).filter(isObject)
  const held = subjects.flatMap((subject) => listOf(subject['verifiableCredential']))
  return held.slice(0, mostBadges).map(unwrapped)
}

// A token inside a document is wrapped as a data URI (VC Data Model 2.0, 4.13).
function unwrapped(badge: unknown): unknown {
  const id = isObject(badge) ? textOf(badge['id']) : undefined
  const [, token] = /^data:application\/vc(?:-ld)?\+jwt[^,]*,(.+)$/s.exec(id ?? '') ?? []
  return token ?? badge
}

/** What became of a learner record: of all badges in it together, and of each. */
export function recordResult(
  results: readonly Imported[],
  { given, report }: { readonly given: Given; readonly report: Report },
): Imported {
  const findings = { report, asked: [], picture: undefined, served: undefined }
  const [best] = outcomes.filter((one) => results.some(({ outcome }) => outcome === one))
  if (best === undefined) return refused(noBadges, { given, findings })
  const first = results.find(({ outcome }) => outcome === best)
  return {
    ...answerOf({ given, findings }, report.badge.name),
    outcome: best,
    message: `This is a learner record with ${countOf(results.length)}. ${inWords(results)}`,
    code: best === 'refused' ? (first?.code ?? null) : null,
    entryId: first?.entryId ?? null,
    awardId: first?.awardId ?? null,
    inside: results,
  }
}

/** The best first. */
const outcomes = ['kept', 'waiting', 'duplicate', 'refused'] as const

const words = {
  kept: 'taken in',
  waiting: 'waiting for an address that you have not confirmed here',
  duplicate: 'in your backpack already',
  refused: 'not taken',
} as const

function inWords(results: readonly Imported[]): string {
  const said = outcomes.flatMap((outcome) => {
    const count = results.filter((result) => result.outcome === outcome).length
    return count === 0 ? [] : [`${count} ${words[outcome]}`]
  })
  const refusal = results.find(({ outcome }) => outcome === 'refused')
  return `${said.join(', ')}.${refusal === undefined ? '' : ` ${refusal.message}`}`
}

function countOf(count: number): string {
  return count === 1 ? 'one badge' : `${count} badges`
}

const noBadges = {
  code: 'ERR_OB_UNSUPPORTED',
  message:
    'This is a learner record in which there is no badge. Give the badges themselves, each as a file or by its link.',
}
