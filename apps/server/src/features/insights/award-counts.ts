import type { AwardsByBadge, AwardsByCourse, AwardsOverTime } from '@rosette/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { coursesOf, isBehind } from './courses-behind.js'
import { type Asked, type Bucketed, narrowed, type Period } from './narrowing.js'

type About = Asked & Period & { readonly course?: string | undefined }

/** Awards and revocations, one row for each interval of the period, empty ones included. */
export async function readAwardsOverTime(
  db: Db,
  { interval, timeZone, ...about }: About & Bucketed,
): Promise<AwardsOverTime> {
  const { from, until } = about
  const startOf = (moment: RawBuilder<unknown>) =>
    sql`date_trunc(${interval}, ${moment} at time zone ${timeZone})::date`
  const { rows } = await sql<{ start: string; awarded: number; revoked: number }>`
    with seen as (
      select ${startOf(sql`a.awarded_at`)} as start, 1 as awarded, 0 as revoked
      ${awardsIn(about, sql`a.awarded_at`)}
      union all
      select ${startOf(sql`a.revoked_at`)}, 0, 1 ${awardsIn(about, sql`a.revoked_at`)}),
    counted as (select start, sum(awarded) as awarded, sum(revoked) as revoked from seen group by start)
    select s.start::date::text as start, coalesce(c.awarded, 0)::int as awarded,
      coalesce(c.revoked, 0)::int as revoked
    from generate_series(${startOf(sql`${from}::timestamptz`)}::timestamp,
      (${until}::timestamptz - interval '1 microsecond') at time zone ${timeZone},
      ('1 ' || ${interval})::interval) as s (start)
    left join counted c on c.start = s.start::date order by s.start`.execute(db)
  const sum = (of: (row: (typeof rows)[number]) => number) =>
    rows.reduce((total, row) => total + of(row), 0)
  return { items: rows, awarded: sum((row) => row.awarded), revoked: sum((row) => row.revoked) }
}

function awardsIn(about: About, moment: RawBuilder<unknown>) {
  const { from, until, course } = about
  return sql`from award a join badge_template t on t.id = a.template_id
    where ${moment} >= ${from}::timestamptz and ${moment} < ${until}::timestamptz
      and ${narrowed(about)} and ${course === undefined ? sql`true` : isBehind(course)}`
}

const mostBadges = 200

export async function readAwardsByBadge(db: Db, about: About): Promise<AwardsByBadge> {
  type Row = { id: string; name: string; awarded: number; revoked: number; learners: number }
  const { rows } = await sql<Row>`
    with seen as (
      select a.template_id, a.learner_id, 1 as awarded, 0 as revoked
      ${awardsIn(about, sql`a.awarded_at`)}
      union all
      select a.template_id, null, 0, 1 ${awardsIn(about, sql`a.revoked_at`)})
    select t.id, t.name, sum(s.awarded)::int as awarded, sum(s.revoked)::int as revoked,
      count(distinct s.learner_id) as learners
    from seen s join badge_template t on t.id = s.template_id
    group by t.id order by awarded desc, revoked desc, t.name, t.id limit ${mostBadges}`.execute(db)
  return { items: rows.map(({ id, name, ...counts }) => ({ template: { id, name }, ...counts })) }
}

/** Looking into events has its price, so that it ends with the newest awards. */
const mostLookedAt = 50_000
const mostCourses = 200

export async function readAwardsByCourse(db: Db, about: About): Promise<AwardsByCourse> {
  type Row = { course: string | null; awarded: number; learners: number; looked: number }
  const { rows } = await sql<Row>`
    with newest as materialized (
      select a.id, a.template_id, a.learner_id, a.cause ${awardsIn(about, sql`a.awarded_at`)}
      order by a.awarded_at desc limit ${mostLookedAt + 1}),
    behind as materialized (
      select a.id, a.learner_id, c.course
      from (select * from newest limit ${mostLookedAt}) a left join lateral ${coursesOf} c on true)
    select course, count(*) as awarded, count(distinct learner_id) as learners,
      (select count(*) from newest) as looked
    from behind group by course
    order by course is null, awarded desc, course limit ${mostCourses}`.execute(db)
  const looked = rows[0]?.looked ?? 0
  return {
    items: rows.map(({ course, awarded, learners }) => ({ course, awarded, learners })),
    isPartial: looked > mostLookedAt,
    looked: Math.min(looked, mostLookedAt),
  }
}
