import { type RawBuilder, sql } from 'kysely'

/**
 * The ids of the learners who are this person: those whose address is proven to be theirs, and those as whom an
 * LMS knows them. It is asked anew each time, so that an award waits for whoever proves its address one day.
 *
 * The LMS speaks by its user id; by the user name only where one of both sides knows no id.
 */
export function ownLearners(userId: string): RawBuilder<unknown> {
  return sql`(select l.id from proven_address p
      join learner l on lower(l.email) = lower(p.email) and l.email <> ''
      where p.user_id = ${userId}::uuid and l.erased_at is null
    union
    select l.id from user_identity i join app_user u on u.id = i.user_id
      join learner l on l.lms_user_id = i.lms_user_id
      where i.user_id = ${userId}::uuid and u.disabled_at is null and l.erased_at is null
    union
    select l.id from user_identity i join app_user u on u.id = i.user_id
      join learner l on lower(l.username) = lower(i.lms_username) and l.username <> ''
        and (l.lms_user_id is null or i.lms_user_id is null)
      where i.user_id = ${userId}::uuid and u.disabled_at is null and l.erased_at is null)`
}

/** The ids of those who are a learner, who stands in a table called `l`: the other way round. */
export const ownersOfLearner: RawBuilder<unknown> = sql`(
  select p.user_id from proven_address p where lower(p.email) = lower(l.email) and l.email <> ''
  union
  select i.user_id from user_identity i join app_user u on u.id = i.user_id and u.disabled_at is null
    where i.lms_user_id = l.lms_user_id
      or (lower(i.lms_username) = lower(l.username) and l.username <> ''
        and (l.lms_user_id is null or i.lms_user_id is null)))`
