import { sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Tx } from '../../db/database.js'
import { addJobs } from '../../workers/jobs.js'

export const issueTask = 'issue-award'

/** An award's life at its target. Here: our own signing. */
export function createIssuances() {
  /** Queues new awards for issuing, in the transaction that granted them. */
  async function granted(tx: Tx, awardIds: readonly string[]): Promise<void> {
    await sql`insert into issuance (award_id) select * from unnest(${plainArray(awardIds)}::uuid[])`.execute(
      tx,
    )
    await addJobs(
      tx,
      awardIds.map((awardId) => ({ task: issueTask, payload: { awardId } })),
    )
  }

  return { granted }
}

export type Issuances = ReturnType<typeof createIssuances>
