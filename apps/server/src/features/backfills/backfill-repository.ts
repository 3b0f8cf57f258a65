import { createHash } from 'node:crypto'
import { type Selectable, sql, type Updateable } from 'kysely'
import { jsonTexts, plainArray } from '../../db/arrays.js'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'
import type { ActiveTemplate } from '../templates/templates.js'
import type { Outcome } from './weigh.js'

export type BackfillRow = Selectable<Schema['backfill']>
export type NewBackfill = Pick<BackfillRow, 'template_id' | 'kind' | 'requested_by'> & {
  readonly requested_at: string
}

/** Of each kind at most so many examples are kept of one backfill. */
const mostExamples = 1000

/** Undefined when one of the kind is under way for the template already. */
export async function insertBackfill(tx: Tx, row: NewBackfill): Promise<BackfillRow | undefined> {
  return await tx
    .insertInto('backfill')
    .values(row)
    .onConflict((c) =>
      c.columns(['template_id', 'kind']).where('state', 'in', ['queued', 'running']).doNothing(),
    )
    .returningAll()
    .executeTakeFirst()
}

export async function findActive(
  db: Db,
  { template_id, kind }: Pick<BackfillRow, 'template_id' | 'kind'>,
): Promise<BackfillRow | undefined> {
  return await db
    .selectFrom('backfill')
    .selectAll()
    .where('template_id', '=', template_id)
    .where('kind', '=', kind)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst()
}

export async function findBackfill(db: Db, id: string): Promise<BackfillRow | undefined> {
  return await db.selectFrom('backfill').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Of two workers at one time the second waits, and sees where the first has come to. */
export async function lockBackfill(tx: Tx, id: string): Promise<BackfillRow | undefined> {
  const row = tx.selectFrom('backfill').selectAll().where('id', '=', id)
  return await row.forNoKeyUpdate().executeTakeFirst()
}

export async function updateBackfill(
  tx: Tx,
  id: string,
  values: Updateable<Schema['backfill']>,
): Promise<void> {
  await tx.updateTable('backfill').set(values).where('id', '=', id).execute()
}

/**
 * Takes the work for so long, unless somebody else has it. Two that work on it at once would harm
 * nothing: only one of them can commit each slice. It is for not doing the work twice.
 */
export async function claimBackfill(
  db: Db,
  id: string,
  { claim, now, until }: { readonly claim: string; readonly now: Date; readonly until: Date },
): Promise<BackfillRow | undefined> {
  return await db
    .updateTable('backfill')
    .set({ claim, claimed_until: until.toISOString() })
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .where((eb) =>
      eb.or([
        eb('claim', 'is', null),
        eb('claim', '=', claim),
        eb('claimed_until', '<', now.toISOString()),
      ]),
    )
    .returningAll()
    .executeTakeFirst()
}

export async function releaseBackfill(db: Db, id: string, claim: string): Promise<void> {
  await db
    .updateTable('backfill')
    .set({ claim: null, claimed_until: null })
    .where('id', '=', id)
    .where('claim', '=', claim)
    .execute()
}

/** Keeps the first examples of each kind of change; `counted` is how many there were before. */
export async function insertChanges(
  tx: Tx,
  backfillId: string,
  {
    outcomes,
    counted,
  }: { outcomes: readonly Outcome[]; counted: Record<Outcome['change'], number> },
): Promise<void> {
  const left = { ...counted }
  const rows = outcomes.filter(({ change }) => left[change]++ < mostExamples)
  if (rows.length === 0) return
  await sql`
    insert into backfill_change (backfill_id, change, template_id, lms_user_id, learner_id, instance, award_id, at, cause)
    select ${backfillId}::uuid, change, template_id, lms_user_id, learner_id, instance, award_id, at, cause::jsonb
    from unnest(
      ${plainArray(rows.map((r) => r.change))}::text[],
      ${plainArray(rows.map((r) => r.templateId))}::uuid[],
      ${plainArray(rows.map((r) => r.learner.lmsUserId))}::bigint[],
      ${plainArray(rows.map((r) => (r.learner.id < 0 ? null : r.learner.id)))}::bigint[],
      ${rows.map((r) => r.instance)}::text[],
      ${plainArray(rows.map((r) => r.awardId))}::uuid[],
      ${plainArray(rows.map((r) => r.at))}::timestamptz[],
      string_to_array(${jsonTexts(rows.map((r) => r.cause))}, e'\\x1e')
    ) as n (change, template_id, lms_user_id, learner_id, instance, award_id, at, cause)`.execute(
    tx,
  )
}

/** Previews are worth little once the log has moved on. */
export async function deleteOldPreviews(tx: Tx, templateId: string, before: string): Promise<void> {
  await tx
    .deleteFrom('backfill')
    .where('template_id', '=', templateId)
    .where('kind', '=', 'preview')
    .where('finished_at', '<', before)
    .execute()
}

export async function deleteChanges(tx: Tx, backfillId: string): Promise<void> {
  await tx.deleteFrom('backfill_change').where('backfill_id', '=', backfillId).execute()
}

/** Tells two states of a template's rules apart. */
export function fingerprintOf({ rules }: ActiveTemplate): string {
  const { name: _, ...decisive } = rules
  return createHash('sha256').update(JSON.stringify(decisive)).digest('hex')
}

/** What became of awards, for telling of those that followed from others. */
export async function awardsById(tx: Tx, ids: readonly string[]) {
  if (ids.length === 0) return []
  const { rows } = await sql<
    Pick<
      Selectable<Schema['award']>,
      | 'id'
      | 'template_id'
      | 'learner_id'
      | 'instance'
      | 'awarded_at'
      | 'revoked_at'
      | 'cause'
      | 'revocation_cause'
    > & { lms_user_id: number | null }
  >`
    select a.id, a.template_id, a.learner_id, a.instance, a.awarded_at, a.revoked_at, a.cause,
      a.revocation_cause, l.lms_user_id
    from unnest(${plainArray(ids)}::uuid[]) as i (id)
    join award a using (id) join learner l on l.id = a.learner_id`.execute(tx)
  return rows
}

/** Marks of learners with ids after the one, up to and with the other. */
export async function deleteMarks(
  tx: Tx,
  requirementIds: readonly number[],
  { after, until }: { readonly after: number; readonly until: number },
): Promise<void> {
  await tx
    .deleteFrom('mark')
    .where('learner_id', '>', after)
    .where('learner_id', '<=', until)
    .where('requirement_id', 'in', [...requirementIds])
    .execute()
}

export async function lastLearner(tx: Tx): Promise<number> {
  const { last } = await tx
    .selectFrom('learner')
    .select((eb) => eb.fn.max<number | null>('id').as('last'))
    .executeTakeFirstOrThrow()
  return last ?? 0
}
