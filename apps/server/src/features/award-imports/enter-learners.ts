import type { Tx } from '../../db/database.js'
import { insertByHand, insertMissing, waitForOthersByHand } from '../learners/learners.js'
import type { FileRow } from './import-repository.js'
import { findPeople } from './people-repository.js'
import type { Asked } from './read-row.js'

/**
 * The learners of these rows, entered where nobody knows them. Asked again after waiting for others who enter
 * somebody by hand: who was entered since the preview, or by a row before, is the same person.
 */
export async function enterLearners(
  tx: Tx,
  rows: readonly FileRow[],
  asked: readonly Asked[],
): Promise<readonly (number | null)[]> {
  const isMissing = rows.map((row) => row.learner_id === null)
  if (!isMissing.includes(true)) return rows.map((row) => row.learner_id)
  await waitForOthersByHand(tx)
  const people = await findPeople(tx, asked)
  await enterAll(
    tx,
    asked.filter((one, i) => isMissing[i] && people.of(one).length === 0),
  )
  const known = await findPeople(tx, asked)
  return rows.map((row, index) => {
    const one = asked[index]
    return row.learner_id ?? (one === undefined ? null : (known.of(one)[0]?.id ?? null))
  })
}

async function enterAll(tx: Tx, missing: readonly Asked[]): Promise<void> {
  const each = new Map(missing.map((one) => [one.lmsUserId ?? one.email?.toLowerCase(), one]))
  const fresh = [...each.values()].map((one) => ({
    lmsUserId: one.lmsUserId,
    username: one.username ?? one.email ?? '',
    email: one.email ?? '',
    name: one.name ?? '',
    isActive: true,
  }))
  const ofLms = fresh.flatMap(({ lmsUserId, ...one }) =>
    lmsUserId === undefined ? [] : [{ ...one, lmsUserId }],
  )
  if (ofLms.length > 0) await insertMissing(tx, ofLms)
  for (const { lmsUserId, ...one } of fresh)
    if (lmsUserId === undefined) await insertByHand(tx, one)
}
