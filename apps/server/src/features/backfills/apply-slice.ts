import { learnerOf, signalOf } from '@rosette/openedx-events'
import type { Tx } from '../../db/database.js'
import {
  findByLmsUserIds,
  insertMissing,
  lockLearners,
  type StoredLearner,
} from '../learners/learners.js'
import {
  carryOutAndReact,
  type Judged,
  judge,
  mergeMatches,
  type RuleRun,
  standingOf,
} from '../progress/progress.js'
import { awardsById } from './backfill-repository.js'
import { newestEventsOf } from './past-repository.js'
import { awardsAsEvents, type PastRules, type Slice } from './read-slice.js'
import { changesIn, type Outcome, shown, touchedOf, weigh } from './weigh.js'

type Applying = {
  readonly rules: PastRules
  readonly run: RuleRun
  readonly logBeginsAt: string | null
}

/**
 * Decides about the learners of the slice as if their whole past had just come in. It is merged and
 * decided in one transaction under their locks, so nobody ever sees half of a learner's past.
 */
export async function applySlice(
  tx: Tx,
  slice: Slice,
  { rules, run, logBeginsAt }: Applying,
): Promise<{ readonly judged: readonly Judged[]; readonly outcomes: readonly Outcome[] }> {
  const learners = await lockedLearners(tx, slice)
  const byLmsId = new Map(learners.map((learner) => [learner.lmsUserId, learner]))
  const past = [...slice.past].flatMap(([lmsUserId, changes]) => {
    const learner = byLmsId.get(lmsUserId)
    return learner === undefined ? [] : changes.map((change) => ({ learner, change }))
  })
  await mergeMatches(tx, [...past, ...(await awardsAsEvents(tx, rules, learners))])
  const { template } = rules
  const standing = await standingOf(tx, touchedOf(template, learners, { awards: [] }))
  const judged = judge(touchedOf(template, learners, standing), standing, run.now())
  const { decided, outcomes } = weigh(judged, logBeginsAt)
  const events = await carryOutAndReact(tx, changesIn(decided), run)
  const followed = events.slice(decided.length).map(({ awardId, event }) => ({
    awardId,
    change: event.type.includes('.awarded.') ? ('gain' as const) : ('lose' as const),
  }))
  return { judged, outcomes: [...outcomes, ...(await tellOfFollowed(tx, followed))] }
}

/** Creates those whom only the log knows, then locks all in the order of their ids. */
async function lockedLearners(tx: Tx, { past, concerned }: Slice) {
  const matching = [...past].flatMap(([id, changes]) => (changes.length > 0 ? [id] : []))
  const found = await findByLmsUserIds(tx, matching)
  const known = new Set(found.map(({ lmsUserId }) => lmsUserId))
  const missing = matching.filter((id) => !known.has(id))
  const created = missing.length === 0 ? [] : await createFromLog(tx, missing)
  const ids = [...found, ...created, ...concerned].map(({ id }) => id)
  return await lockLearners(tx, [...new Set(ids)])
}

// As the newest event names them, which need not be one that matched. Those who are known already
// keep their data: what the log says of them was followed when it came in.
async function createFromLog(tx: Tx, missing: readonly number[]): Promise<StoredLearner[]> {
  const newest = new Map<number, NonNullable<ReturnType<typeof learnerOf>>>()
  for (const { lms_user_id, event_type, data } of await newestEventsOf(tx, missing)) {
    const signal = signalOf(event_type)
    const learner = signal === undefined ? null : learnerOf(signal, data)
    if (learner !== null && !newest.has(lms_user_id)) newest.set(lms_user_id, learner)
  }
  await insertMissing(tx, [...newest.values()])
  return await findByLmsUserIds(tx, missing)
}

async function tellOfFollowed(
  tx: Tx,
  followed: readonly { readonly awardId: string; readonly change: 'gain' | 'lose' }[],
): Promise<readonly Outcome[]> {
  const awards = await awardsById(
    tx,
    followed.map(({ awardId }) => awardId),
  )
  const byId = new Map(awards.map((award) => [award.id, award]))
  return followed.flatMap(({ awardId, change }): Outcome[] => {
    const award = byId.get(awardId)
    if (award === undefined) return []
    const learner = { id: award.learner_id, lmsUserId: award.lms_user_id }
    const { template_id: templateId, instance } = award
    const cause = shown({ ...award.cause, lost: award.revocation_cause?.lost ?? [] })
    const at = change === 'gain' ? award.awarded_at : award.revoked_at
    return [{ change, templateId, learner, instance, awardId, at, cause }]
  })
}
