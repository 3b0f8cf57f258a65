import type { LearnerData } from '@rosette/openedx-events'
import { sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Db, Tx } from '../../db/database.js'
import { demoOrganizationId, firstDemoUserId, lastDemoUserId } from './demo-ids.js'

export type Situation = {
  readonly hasDemo: boolean
  readonly hasOthers: boolean
  readonly wasRemoved: boolean
}

/** What stands in the way of a demo: organizations of somebody's own, or that it was sent away. */
export async function situation(db: Db): Promise<Situation> {
  const { rows } = await sql<Situation>`
    select exists (select from organization where id = ${demoOrganizationId}) as "hasDemo",
      exists (select from organization where not is_demo) as "hasOthers",
      exists (select from audit_log where subject = ${demoSubject} and action = ${removal})
        as "wasRemoved"`.execute(db)
  return rows[0] ?? { hasDemo: false, hasOthers: true, wasRemoved: false }
}

export const demoSubject = `organization/${demoOrganizationId}`
export const removal = 'demo.remove'

/** False when another process has just done so. */
export async function insertDemoOrganization(tx: Tx, name: string): Promise<boolean> {
  const inserted = await tx
    .insertInto('organization')
    .values({ id: demoOrganizationId, slug: 'riverbend-demo', name, is_demo: true })
    .onConflict((oc) => oc.doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

export async function insertDemoLearners(tx: Tx, learners: readonly LearnerData[]): Promise<void> {
  const rows = learners.map(({ lmsUserId, username, email, name }) => {
    return { lms_user_id: lmsUserId, username, email, name, is_demo: true }
  })
  await tx
    .insertInto('learner')
    .values(rows)
    .onConflict((oc) => oc.column('lms_user_id').doNothing())
    .execute()
}

/** Shows the names on new awards: these people are invented, and nobody has to be asked. */
export async function nameDemoAwards(db: Db): Promise<void> {
  await sql`
    update award a set shows_name = true from learner l
    where l.id = a.learner_id and l.is_demo and not a.shows_name`.execute(db)
}

export async function countDemoEvents(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from event_log
    where lms_user_id between ${firstDemoUserId} and ${lastDemoUserId}`.execute(db)
  return rows[0]?.count ?? 0
}

/** The invented learners and everything about them; answers with how many awards and learners went. */
export async function deleteDemoLearners(tx: Tx) {
  const { rows } = await sql<{ id: number }>`
    select id from learner where is_demo order by id for update`.execute(tx)
  const ids = plainArray(rows.map((row) => row.id))
  await sql`delete from mark where learner_id = any(${ids}::bigint[])`.execute(tx)
  await lockIssuances(tx)
  const awards = await sql`delete from award where learner_id = any(${ids}::bigint[])`.execute(tx)
  await sql`delete from learner where id = any(${ids}::bigint[])`.execute(tx)
  return { awards: Number(awards.numAffectedRows ?? 0), learners: rows.length }
}

// A badge that is just being signed is waited for; its job will need the award that is to go.
async function lockIssuances(tx: Tx): Promise<void> {
  await sql`
    select i.id from issuance i
    join award a on a.id = i.award_id
    join learner l on l.id = a.learner_id
    join badge_template t on t.id = a.template_id
    where l.is_demo or t.organization_id = ${demoOrganizationId}
    order by i.id for update of i`.execute(tx)
}

/** What came from and went out about invented learners. */
export async function deleteDemoEvents(db: Db): Promise<number> {
  await sql`
    delete from outbox
    where (data #>> '{badge,user,id}')::bigint between ${firstDemoUserId} and ${lastDemoUserId}
    `.execute(db)
  const events = await sql`
    delete from event_log
    where lms_user_id between ${firstDemoUserId} and ${lastDemoUserId}`.execute(db)
  return Number(events.numAffectedRows ?? 0)
}

/** The organization with its badges and issuers. What others have earned of it goes too. */
export async function deleteDemoOrganization(tx: Tx) {
  const templates = tx
    .selectFrom('badge_template')
    .select('id')
    .where('organization_id', '=', demoOrganizationId)
  const deletedAwards = await tx
    .deleteFrom('award')
    .where('template_id', 'in', templates)
    .executeTakeFirst()
  await tx
    .deleteFrom('mark')
    .where('requirement_id', 'in', (eb) =>
      eb.selectFrom('requirement').select('id').where('template_id', 'in', templates),
    )
    .execute()
  const deletedTemplates = await tx
    .deleteFrom('badge_template')
    .where('organization_id', '=', demoOrganizationId)
    .executeTakeFirst()
  await tx.deleteFrom('organization').where('id', '=', demoOrganizationId).execute()
  const [awards, templateCount] = [deletedAwards, deletedTemplates].map((result) =>
    Number(result.numDeletedRows),
  )
  return { templates: templateCount ?? 0, awards: awards ?? 0 }
}
