import type { Dashboard } from '@rosette/contract'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'

/** Issuances of an organization that are under way or stuck, by state. */
export async function waitingIssuances(
  db: Db,
  organizationId: string,
): Promise<Dashboard['waiting']> {
  const { rows } = await sql<{ state: keyof Dashboard['waiting']; count: string }>`
    select i.state, count(*)
    from issuance i join award a on a.id = i.award_id join badge_template t on t.id = a.template_id
    where i.state in ('queued', 'issuing', 'failed', 'stopped', 'revoking')
      and t.organization_id = ${organizationId}::uuid
    group by i.state`.execute(db)
  const counts = new Map(rows.map(({ state, count }) => [state, Number(count)]))
  const at = (state: keyof Dashboard['waiting']) => counts.get(state) ?? 0
  return {
    queued: at('queued'),
    issuing: at('issuing'),
    failed: at('failed'),
    stopped: at('stopped'),
    revoking: at('revoking'),
    issued: 0,
    revoked: 0,
  }
}

type Latest = {
  id: string
  status: 'awarded' | 'revoked'
  awarded_at: string
  template_id: string
  template: string
  updated_at: string
  learner_id: string
  username: string
  name: string
  email: string
}

/** The last of each badge first, and of these the last: so each badge is asked for a few rows only. */
export async function latestAwards(
  db: Db,
  organizationId: string,
  most: number,
): Promise<Dashboard['latestAwards']> {
  const { rows } = await sql<Latest>`
    select a.id, a.status, a.awarded_at, t.id as template_id, t.name as template, t.updated_at,
      l.public_id as learner_id, l.username, l.name, l.email
    from badge_template t
    cross join lateral (
      select * from award where template_id = t.id order by number desc limit ${most}
    ) a
    join learner l on l.id = a.learner_id
    where t.organization_id = ${organizationId}::uuid
    order by a.number desc limit ${most}`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    template: { id: row.template_id, name: row.template, updatedAt: row.updated_at },
    learner: {
      id: row.learner_id,
      username: row.username,
      name: row.name,
      email: row.email,
    },
    status: row.status,
    awardedAt: row.awarded_at,
  }))
}

/** How far newcomers have come, by what is there and not by what they clicked. */
export async function firstSteps(db: Db, organizationId: string): Promise<Dashboard['firstSteps']> {
  const own = sql`select from badge_template t where t.organization_id = ${organizationId}::uuid`
  const { rows } = await sql<Dashboard['firstSteps']>`
    select exists (${own}) as badge,
      exists (select from backfill b join badge_template t on t.id = b.template_id
        where t.organization_id = ${organizationId}::uuid) as preview,
      exists (${own} and t.activated_at is not null) as activation,
      exists (select from learner where not is_demo and lms_user_id is not null) as events,
      (select count(*) from membership where organization_id = ${organizationId}::uuid) > 1
        or exists (select from one_time_link where organization_id = ${organizationId}::uuid
          and kind = 'invitation' and withdrawn_at is null) as colleague`.execute(db)
  const none = { badge: false, preview: false, activation: false, events: false, colleague: false }
  return rows[0] ?? none
}
