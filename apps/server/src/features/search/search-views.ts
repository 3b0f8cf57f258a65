import type { Found } from '@rosette/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import { likeText } from '../../http/paging.js'
import { tellsOfForeignBadge } from '../events/events.js'
import { madeWithin, type Query } from './read-query.js'

/** Of each kind; whoever needs more has the list of that kind. */
const most = 8
/** A log that takes longer is not searched for an id whose time is not known. */
const patienceMs = 1500

type Org = { organization_id: string; slug: string; organization: string }

/** By user name, e-mail, name or last name from their beginnings, or by the id at the LMS or here. */
export async function findLearners(db: Db, { text, id, lmsUserId }: Query): Promise<Found[]> {
  const begins = `${likeText(text.toLowerCase())}%`
  const like = (what: RawBuilder<unknown>) => sql`
    (select id from learner where erased_at is null and ${what} like ${begins} order by ${what} using ~<~ limit ${most})`
  const { rows } = await sql<{ public_id: string; name: string; username: string; email: string }>`
    select l.public_id, l.name, l.username, l.email from (
      select id, min(place) as place from (
        select id, 0 as place from learner where lms_user_id = ${lmsUserId ?? null}::bigint
        union all select id, 0 from learner where public_id = ${id ?? null}::uuid
        union all select id, 1 from ${like(sql`lower(username)`)} a
        union all select id, 2 from ${like(sql`lower(name)`)} b
        union all select id, 3 from ${like(sql`lower(substring(name from '[^ ]+$'))`)} c
        union all select id, 4 from ${like(sql`lower(email)`)} d
      ) every group by id
    ) best join learner l on l.id = best.id
    where l.erased_at is null order by best.place, lower(l.username), l.id limit ${most}`.execute(
    db,
  )
  return rows.map((row) => ({
    kind: 'learner',
    id: row.public_id,
    title: row.name || row.username,
    detail: [row.username, row.email].filter(Boolean).join(' · '),
    templateId: null,
    organization: null,
    at: null,
  }))
}

/** By a part of the name, which there are few enough of, or by the id. */
export async function findTemplates(db: Db, { text, id }: Query, reach: Reach): Promise<Found[]> {
  const holds = `%${likeText(text.toLowerCase())}%`
  const begins = `${likeText(text.toLowerCase())}%`
  const { rows } = await sql<Org & { id: string; name: string; state: string }>`
    select t.id, t.name, t.state, o.id as organization_id, o.slug, o.name as organization
    from badge_template t join organization o on o.id = t.organization_id
    where ${within(reach, 't.organization_id')}
      and (lower(t.name) like ${holds} or t.id = ${id ?? null}::uuid)
    order by lower(t.name) like ${begins} desc, t.state = 'archived', lower(t.name), t.id
    limit ${most}`.execute(db)
  return rows.map((row) => ({
    kind: 'template',
    id: row.id,
    title: row.name,
    detail: row.state,
    templateId: row.id,
    organization: organizationOf(row),
    at: null,
  }))
}

/** One award, by the id that stands in its public address; also by an id of its issuance. */
export async function findAwards(db: Db, { id }: Query, reach: Reach): Promise<Found[]> {
  if (id === undefined) return []
  const { rows } = await sql<
    Org & { id: string; template_id: string; name: string; learner: string; status: string }
  >`
    select a.id, t.id as template_id, t.name, coalesce(nullif(l.name, ''), l.username) as learner,
      a.status, o.id as organization_id, o.slug, o.name as organization
    from award a join badge_template t on t.id = a.template_id
      join organization o on o.id = t.organization_id join learner l on l.id = a.learner_id
    where a.id = ${id}::uuid and ${within(reach, 't.organization_id')}`.execute(db)
  return rows.map((row) => ({
    kind: 'award',
    id: row.id,
    title: row.name,
    detail: row.learner,
    templateId: row.template_id,
    organization: organizationOf(row),
    at: null,
  }))
}

/** By its id here or at the provider. */
export async function findIssuances(db: Db, { id, text }: Query, reach: Reach): Promise<Found[]> {
  const { rows } = await sql<
    Org & { id: string; template_id: string; name: string; learner: string; account: string | null }
  >`
    select i.id, t.id as template_id, t.name, coalesce(nullif(l.name, ''), l.username) as learner,
      p.name as account, o.id as organization_id, o.slug, o.name as organization
    from (
      select id from issuance where id = ${id ?? null}::uuid
      union select id from issuance where external_id = ${text}
    ) wanted join issuance i on i.id = wanted.id
      join award a on a.id = i.award_id join badge_template t on t.id = a.template_id
      join organization o on o.id = t.organization_id join learner l on l.id = a.learner_id
      left join provider_account p on p.id = i.account_id
    where ${within(reach, 't.organization_id')}
    order by i.updated_at desc limit ${most}`.execute(db)
  return rows.map((row) => ({
    kind: 'issuance',
    id: row.id,
    title: row.name,
    detail: [row.learner, row.account].filter(Boolean).join(' · '),
    templateId: row.template_id,
    organization: organizationOf(row),
    at: null,
  }))
}

/** By its id: at once where the id tells its time, else within the patience of a reader. */
export async function findEvents(db: Db, { id }: Query, reach: Reach) {
  if (id === undefined) return { events: [], isWhole: true }
  const window = madeWithin(id)
  const near = window === undefined ? [] : await eventsWith(db, { id, ...window }, reach)
  if (near.length > 0) return { events: near, isWhole: true }
  try {
    return { events: await inTime(db, id, reach), isWhole: true }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '57014') {
      return { events: [], isWhole: false }
    }
    throw error
  }
}

async function inTime(db: Db, id: string, reach: Reach): Promise<Found[]> {
  return await db.transaction().execute(async (tx) => {
    await sql`set local statement_timeout = ${sql.lit(patienceMs)}`.execute(tx)
    return await eventsWith(tx, { id, from: '-infinity', until: 'infinity' }, reach)
  })
}

type Window = { readonly id: string; readonly from: string; readonly until: string }

async function eventsWith(db: Db, { id, from, until }: Window, reach: Reach): Promise<Found[]> {
  const { rows } = await sql<{
    id: string
    event_type: string
    occurred_at: string
    source: string
  }>`
    select id, event_type, occurred_at, source from event_log
    where not ${tellsOfForeignBadge(reach)}
      and id = ${id}::uuid and occurred_at >= ${from}::timestamptz and occurred_at < ${until}::timestamptz
    order by occurred_at limit ${most}`.execute(db)
  return rows.map((row) => ({
    kind: 'event',
    id: row.id,
    title: row.event_type,
    detail: row.source,
    templateId: null,
    organization: null,
    at: row.occurred_at,
  }))
}

function organizationOf({ organization_id: id, slug, organization: name }: Org) {
  return { id, slug, name }
}
