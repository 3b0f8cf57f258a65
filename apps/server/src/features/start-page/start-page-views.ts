import { sql } from 'kysely'
import type { Db } from '../../db/database.js'

/** How many there are; above some thousands only about. */
export type Count = { readonly count: number; readonly isExact: boolean }

export type Figures = {
  readonly events: Count
  readonly learners: Count
  readonly awards: Count
  /** Badges that are not signed yet, and signals that are not sent yet. */
  readonly waiting: Count
}

export type ListedBadge = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly issuer: string
  readonly is_demo: boolean
  readonly earned: number
}

/** An award to an invented learner, who may be named. */
export type LatestAward = {
  readonly id: string
  readonly template_id: string
  readonly badge: string
  readonly learner: string
  readonly status: 'awarded' | 'revoked'
  readonly changed_at: string
}

/** Counting stops here: the start page of a large installation must not be slow. */
const mostCounted = 20_000
const mostBadges = 24

export async function readFigures(db: Db): Promise<Figures> {
  const [events, learners, awards, issuances, signals] = await Promise.all([
    countSome(db, sql`event_log`),
    countSome(db, sql`learner`),
    countSome(db, sql`award where status = 'awarded'`),
    countSome(db, sql`issuance where state in ('queued', 'issuing', 'failed', 'stopped')`),
    countSome(db, sql`outbox where state = 'waiting'`),
  ])
  const isExact = issuances.isExact && signals.isExact
  const waiting = { count: issuances.count + signals.count, isExact }
  return { events, learners, awards, waiting }
}

async function countSome(db: Db, from: ReturnType<typeof sql>): Promise<Count> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from (select from ${from} limit ${mostCounted + 1}) as counted`.execute(db)
  const count = rows[0]?.count ?? 0
  return count <= mostCounted ? { count, isExact: true } : { count: mostCounted, isExact: false }
}

/** The badges that can be earned. Who has earned them is not told, how many have is. */
export async function readBadges(db: Db): Promise<ListedBadge[]> {
  const { rows } = await sql<ListedBadge>`
    select t.id, t.name, t.description, i.name as issuer, o.is_demo,
      (select count(*) from award a where a.template_id = t.id and a.status = 'awarded') as earned
    from badge_template t
    join organization o on o.id = t.organization_id
    join issuer i on i.id = t.issuer_id
    where t.state = 'active'
    order by o.is_demo, t.activated_at, t.name, t.id
    limit ${mostBadges}`.execute(db)
  return rows
}

export async function readLatestDemoAwards(db: Db, most: number): Promise<LatestAward[]> {
  const { rows } = await sql<LatestAward>`
    select a.id, a.template_id, t.name as badge, l.name as learner, a.status,
      coalesce(a.revoked_at, a.awarded_at) as changed_at
    from award a
    join badge_template t on t.id = a.template_id
    join organization o on o.id = t.organization_id and o.is_demo
    join learner l on l.id = a.learner_id and l.is_demo
    order by changed_at desc, a.number desc
    limit ${most}`.execute(db)
  return rows
}

/** The public ids of the invented learners. */
export async function readDemoLearners(db: Db): Promise<ReadonlySet<string>> {
  const learners = db.selectFrom('learner').select('public_id').where('is_demo', '=', true)
  return new Set((await learners.execute()).map((row) => row.public_id))
}
