import { type RawBuilder, sql } from 'kysely'

/**
 * The ids of the learners who are this person: those whose address is proven to be theirs. It is asked anew each
 * time, so that an award waits for whoever proves its address one day.
 */
export function ownLearners(userId: string): RawBuilder<unknown> {
  return sql`(select l.id from proven_address p
    join learner l on lower(l.email) = lower(p.email) and l.email <> ''
    where p.user_id = ${userId}::uuid and l.erased_at is null)`
}
