import { type RawBuilder, sql } from 'kysely'

// Where the signals have the key of a course; a CCX counts under its own key.
const courseIn = (event: RawBuilder<unknown>) => sql`coalesce(
  ${event}.data #>> '{course,course_key}', ${event}.data #>> '{course,ccx_course_key}',
  ${event}.data ->> 'course_key')`

/**
 * The courses behind an award `a`: of the events that its cause names, else those that the rules of its
 * badge name. Where one event fulfilled a requirement its time is known, and the log is asked by its key;
 * where several did, they are looked for among the learner's own.
 */
export const coursesOf = sql`(
  with told as (
    select distinct c.course from (
      select ${courseIn(sql`e`)} as course
      from jsonb_array_elements(a.cause -> 'fulfillments') f
      join event_log e on e.occurred_at = (f ->> 'since')::timestamptz
        and e.id = (f -> 'events' ->> 0)::uuid
      where jsonb_array_length(f -> 'events') = 1
      union all
      select ${courseIn(sql`e`)}
      from jsonb_array_elements(a.cause -> 'fulfillments') f
      join learner l on l.id = a.learner_id
      join event_log e on e.lms_user_id = l.lms_user_id
        and e.occurred_at <= (f ->> 'since')::timestamptz and f -> 'events' ? e.id::text
      where jsonb_array_length(f -> 'events') > 1
    ) c where c.course is not null)
  select course from told
  union
  select v.course from requirement r, jsonb_array_elements(r.data_rules) d,
    lateral (select jsonb_array_elements_text(d -> 'value') as course
      where jsonb_typeof(d -> 'value') = 'array'
      union all select d ->> 'value' where jsonb_typeof(d -> 'value') = 'string') v
  where not exists (select from told) and r.template_id = a.template_id
    and d ->> 'keyPath' ~ 'course_key$' and d ->> 'operator' in ('eq', 'in'))`

/** Whether a course is behind the award `a`. */
export function isBehind(course: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select from ${coursesOf} c where c.course = ${course})`
}
