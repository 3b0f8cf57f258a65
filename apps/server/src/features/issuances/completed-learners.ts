import { sql } from 'kysely'
import type { Db } from '../../db/database.js'

/** Queues what was stopped because the learner had no name or no address, and has one now. */
export async function retryCompleted(db: Db, at: string): Promise<void> {
  await sql`
    with concerned as (
      select i.id from issuance i
      join award a on a.id = i.award_id
      join learner l on l.id = a.learner_id
      where i.state = 'stopped'
        and ((i.reason = 'no-email' and l.email ~ '\\S') or (i.reason = 'no-name' and l.name ~ '\\S'))
      order by i.id for update of i
    )
    update issuance i set state = 'queued', next_try_at = ${at}::timestamptz, attempts = 0,
      reason = null, remedy = null, note = 'The learner has what was missing.', updated_at = ${at}::timestamptz
    from concerned c where i.id = c.id`.execute(db)
}
