import type { Report } from '@rosette/open-badges'
import type { Findings } from '../verifier/verifier.js'
import type { Given, Prepared } from './given.js'
import type { Refusal } from './refusals.js'

/** What became of a badge that was handed in. */
export type Imported = {
  readonly outcome: 'kept' | 'waiting' | 'duplicate' | 'refused'
  readonly message: string
  /** Of the check that refused it. */
  readonly code: string | null
  readonly entryId: string | null
  /** When it is one of ours. */
  readonly awardId: string | null
  readonly report: Report | null
  readonly name: string | null
  /** A newer copy took the place of the one that was there. */
  readonly isReplaced: boolean
  /** Of a learner record, what became of each badge in it. */
  readonly inside?: readonly Imported[]
}

/** A badge that was verified. */
export type Arrived = {
  readonly given: Given
  readonly prepared: Prepared
  readonly findings: Findings
}

/** An answer but for its outcome and its words. */
export function answerOf(
  { given, findings }: Pick<Arrived, 'given'> & Partial<Arrived>,
  badgeName?: string | null,
) {
  return {
    code: null,
    entryId: null,
    awardId: null,
    report: findings?.report ?? null,
    name: given.name ?? badgeName ?? null,
    isReplaced: false,
  }
}

export function refused(
  { message, code }: Refusal,
  arrived: Pick<Arrived, 'given'> & Partial<Arrived>,
): Imported {
  const name = arrived.findings?.report.badge.name
  return { ...answerOf(arrived, name?.slice(0, 300)), outcome: 'refused', message, code }
}
