import type { BadgeTemplate } from './badge-template.js'
import type { EventTime } from './event-time.js'
import { latest, type Moment } from './marks.js'
import type { Fulfillment, Lost, Progress } from './progress.js'

/** What became of a badge so far; `source` is who granted it, `at` the moment of the latest change. */
export type AwardState =
  | { readonly status: 'none' }
  | {
      readonly status: 'awarded' | 'revoked'
      readonly source: 'rules' | 'hand'
      readonly at?: Moment | null
    }

/** One transition of an award and why; `at` of a revocation is null when the rules, not events, changed. */
export type AwardChange =
  | {
      readonly change: 'grant'
      readonly at: Moment
      readonly fulfillments: readonly Fulfillment[]
    }
  | { readonly change: 'revoke'; readonly at: Moment | null; readonly lost: readonly Lost[] }

/** What the rules do to an award now: one change per transition, null when it already fits the progress. */
export function decideAward({
  template,
  progress,
  award,
}: {
  readonly template: Pick<BadgeTemplate, 'reaward'>
  readonly progress: Progress
  readonly award: AwardState
}): AwardChange | null {
  if (award.status === 'awarded') {
    return progress.complete || award.source === 'hand' ? null : revoke(progress, award.at ?? null)
  }
  if (!progress.complete || progress.since === null) return null
  if (award.status === 'none') return grant(progress, progress.since)
  return template.reaward === 'never'
    ? null
    : grant(progress, after(award.at ?? null, progress.since))
}

function grant({ fulfillments }: Progress, at: Moment): AwardChange {
  return { change: 'grant', at, fulfillments }
}

/** Late events may carry a reset older than the award; a revocation is never dated before its award. */
function revoke({ lost }: Progress, awardedAt: Moment | null): AwardChange {
  const at = lost.map(({ resetAt }) => resetAt).reduce(latest, awardedAt)
  return { change: 'revoke', at, lost }
}

/**
 * A renewed grant is dated after the revocation before it, by a microsecond if need be: badges that build on
 * this one see both as events, and at equal times the penalty would win.
 */
function after(revokedAt: Moment | null, since: Moment): Moment {
  if (revokedAt === null || since.time > revokedAt.time) return since
  const time: EventTime = revokedAt.time + 1
  return { ...since, time }
}
