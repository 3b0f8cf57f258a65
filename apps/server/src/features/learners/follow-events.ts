import type { EventTime } from '@rosette/engine'
import type { LearnerData } from '@rosette/openedx-events'
import type { Tx } from '../../db/database.js'
import {
  findByLmsUserIds,
  insertMissing,
  lockLearners,
  type StoredLearner,
  updateLearners,
} from './learner-repository.js'

/** What one event says about its learner. */
export type Sighting = {
  readonly learner: LearnerData
  readonly time: EventTime
  /** Whether a rule matched the event: only then is an unknown learner created. */
  readonly matched: boolean
}

type NewestTimes = (
  tx: Tx,
  lmsUserIds: readonly number[],
) => Promise<ReadonlyMap<number, EventTime>>

/**
 * Brings the learners of a batch up to date, creates those with a match, and locks these. Answers
 * with the learners that are known, by LMS user id.
 */
export async function followEvents(
  tx: Tx,
  sightings: readonly Sighting[],
  newestTimes: NewestTimes,
): Promise<ReadonlyMap<number, StoredLearner>> {
  const newest = newestByLearner(sightings)
  const ids = [...newest.keys()]
  const known = new Map<number, StoredLearner>()
  for (const learner of await findByLmsUserIds(tx, ids)) remember(known, learner)
  const created = sightings.filter((s) => s.matched && !known.has(s.learner.lmsUserId))
  if (created.length > 0) {
    const missing = [...new Set(created.map((s) => s.learner.lmsUserId))]
    await insertMissing(
      tx,
      missing.flatMap((id) => newest.get(id)?.learner ?? []),
    )
    for (const learner of await findByLmsUserIds(tx, missing)) remember(known, learner)
  }
  // Read again under the lock: what another consumer has committed meanwhile counts.
  for (const learner of await lockLearners(tx, idsToLock(sightings, newest, known))) {
    remember(known, learner)
  }
  const changed = await withNewerData(newest, known, (ids) => newestTimes(tx, ids))
  if (changed.length > 0) await updateLearners(tx, changed)
  for (const learner of changed) remember(known, learner)
  return known
}

// Differing data is rare, so the question whether a newer event has spoken already is asked only then.
async function withNewerData(
  newest: ReadonlyMap<number, Sighting>,
  known: ReadonlyMap<number, StoredLearner>,
  timesOf: (lmsUserIds: readonly number[]) => ReturnType<NewestTimes>,
): Promise<StoredLearner[]> {
  const differing = [...newest.values()].filter((sighting) => differs(sighting, known))
  if (differing.length === 0) return []
  const times = await timesOf(differing.map((s) => s.learner.lmsUserId))
  return differing.flatMap(({ learner, time }) => {
    const stored = known.get(learner.lmsUserId)
    const latest = times.get(learner.lmsUserId)
    const isNewest = latest === undefined || time >= latest
    const isLater = time > (stored?.renamedAt ?? Number.NEGATIVE_INFINITY)
    return stored !== undefined && isNewest && isLater ? [{ ...stored, ...learner }] : []
  })
}

function idsToLock(
  sightings: readonly Sighting[],
  newest: ReadonlyMap<number, Sighting>,
  known: ReadonlyMap<number, StoredLearner>,
): number[] {
  const concerned = sightings.filter((s) => s.matched)
  for (const sighting of newest.values()) if (differs(sighting, known)) concerned.push(sighting)
  const ids = concerned.flatMap(({ learner }) => known.get(learner.lmsUserId)?.id ?? [])
  return [...new Set(ids)]
}

function differs({ learner }: Sighting, known: ReadonlyMap<number, StoredLearner>): boolean {
  const stored = known.get(learner.lmsUserId)
  return stored !== undefined && !sameData(stored, learner)
}

function newestByLearner(sightings: readonly Sighting[]): Map<number, Sighting> {
  const newest = new Map<number, Sighting>()
  for (const sighting of sightings) {
    const other = newest.get(sighting.learner.lmsUserId)
    if (other === undefined || sighting.time >= other.time) {
      newest.set(sighting.learner.lmsUserId, sighting)
    }
  }
  return newest
}

function remember(known: Map<number, StoredLearner>, learner: StoredLearner): void {
  if (learner.lmsUserId !== null) known.set(learner.lmsUserId, learner)
}

function sameData(a: StoredLearner, b: LearnerData): boolean {
  return (
    a.username === b.username &&
    a.email === b.email &&
    a.name === b.name &&
    a.isActive === b.isActive
  )
}
