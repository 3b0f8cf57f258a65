import { sql } from 'kysely'
import type { Db } from '#src/db/database.js'
import { passingType } from '../../proofs/shared/grades.js'

/** Grades of a year in ten courses, one in ten a failure, in a partition for each month. */
export async function fillLog(
  db: Db,
  { events, learners }: { readonly events: number; readonly learners: number },
): Promise<void> {
  for (let month = 0; month < 12; month++) {
    const day = (of: number) => new Date(Date.UTC(2026, of, 1)).toISOString().slice(0, 10)
    await sql`create table ${sql.id(`event_log_${day(month).slice(0, 7).replace('-', '_')}`)} partition of event_log
      for values from (${sql.lit(day(month))}) to (${sql.lit(day(month + 1))})`.execute(db)
  }
  const step = 100_000
  for (let from = 0; from < events; from += step) {
    await sql`
      insert into event_log (occurred_at, id, event_type, source, lms_user_id, data)
      select timestamptz '2026-01-01' + n * interval '11 months' / ${sql.lit(events)}, gen_random_uuid(),
        ${passingType}, 'openedx/lms/web', learner,
        json_build_object('course_passing_status', json_build_object(
          'is_passing', abs(hashint8(n + 20000000000)) % 10 <> 0,
          'course', json_build_object('course_key',
            'course-v1:Bench+C' || abs(hashint8(n + 10000000000)) % 10 || '+2026',
            'display_name', 'A course of the bench', 'start', null, 'end', null),
          'user', json_build_object('id', learner, 'is_active', true, 'pii', json_build_object(
            'username', 'learner' || learner, 'email', 'learner' || learner || '@example.com',
            'name', 'Learner ' || learner))))
      from (select n, 1 + abs(hashint8(n)::bigint) % ${sql.lit(learners)} as learner
        from generate_series(${sql.lit(from)}::bigint, ${sql.lit(Math.min(events, from + step) - 1)}::bigint) n) g`.execute(
      db,
    )
  }
  await sql`vacuum analyze event_log`.execute(db)
}
