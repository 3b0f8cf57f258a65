import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { ownLearners } from '../../db/own-learners.js'
import { type Reach, within } from '../../db/reach.js'

export type EarnedRow = {
  readonly id: string
  readonly templateId: string
  readonly slug: string | null
  readonly name: string
  readonly courseId: string | null
  readonly description: string
  readonly criteria: string
  readonly awardedAt: string
}

export type Asked = {
  readonly learnerId: number
  /** Where the caller may read awards; beyond it, those that their learner shows to everybody, and by name. */
  readonly reach: Reach
  readonly isOwn: boolean
  /** Null for badges without a course, `any` for all. */
  readonly course: string | null | 'any'
  /** Names by which the badge may have been made; none for all. */
  readonly slugs: readonly string[]
}

export async function findLearnerByName(db: Db, username: string) {
  const { rows } = await sql<{ id: number }>`
    select id from learner where lower(username) = ${username.toLowerCase()} and erased_at is null
    order by lms_user_id is null, id limit 1`.execute(db)
  return rows[0]
}

export async function isOwnLearner(db: Db, userId: string, learnerId: number): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select ${learnerId}::bigint in ${ownLearners(userId)} as found`.execute(db)
  return rows[0]?.found ?? false
}

// The course of a badge is the one that its rules name, when they name a single one.
const course = sql<string | null>`(
  select case when count(distinct rule->>'value') = 1 then min(rule->>'value') end
  from requirement r cross join jsonb_array_elements(r.data_rules) rule
  where r.template_id = t.id and rule->>'operator' = 'eq'
    and rule->>'keyPath' in ('course.course_key', 'course.key', 'course_key'))`

export async function countEarned(db: Db, asked: Asked): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${found(asked)}`.execute(db)
  return Number(rows[0]?.count ?? 0)
}

/** The newest first. */
export async function listEarned(
  db: Db,
  asked: Asked,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<readonly EarnedRow[]> {
  const { rows } = await sql<EarnedRow>`
    select id, "templateId", slug, name, "courseId", description, criteria, "awardedAt" from ${found(asked)}
    order by "awardedAt" desc, number desc limit ${limit} offset ${offset}`.execute(db)
  return rows
}

function found({ learnerId, reach, isOwn, course: wanted, slugs }: Asked): RawBuilder<unknown> {
  const isSeen = isOwn
    ? sql`true`
    : sql`((a.visibility = 'public' and a.shows_name) or (${within(reach, 't.organization_id')}))`
  const ofCourse =
    wanted === 'any'
      ? sql`true`
      : wanted === null
        ? sql`"courseId" is null`
        : sql`"courseId" = ${wanted}`
  const named = slugs.length === 0 ? sql`true` : sql`slug = any(${[...slugs]}::text[])`
  return sql`(select * from (
      select a.id, a.number, a.template_id as "templateId", c.slug, t.name, ${course} as "courseId",
        t.description, t.criteria, a.awarded_at as "awardedAt"
      from award a join badge_template t on t.id = a.template_id
      left join badgr_class c on c.template_id = t.id
      where a.learner_id = ${learnerId} and a.status = 'awarded' and a.acceptance <> 'rejected' and ${isSeen}
    ) each where ${ofCourse} and ${named}) earned`
}
