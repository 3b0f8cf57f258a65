import type { Insertable, Selectable } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import type { Schema } from '../../db/schema.js'

export type EndorsementRow = Selectable<Schema['endorsement']>

export async function insertEndorsement(
  tx: Tx,
  row: Insertable<Schema['endorsement']>,
): Promise<string> {
  const endorsement = tx.insertInto('endorsement').values(row).returning('id')
  return (await endorsement.executeTakeFirstOrThrow()).id
}

/** Whether there is such a template within reach; it is locked until the transaction ends. */
export async function lockTemplate(tx: Tx, id: string, reach: Reach): Promise<boolean> {
  const templates = tx.selectFrom('badge_template').select('id').where('id', '=', id)
  const template = templates.where(within(reach, 'organization_id'))
  return (await template.forNoKeyUpdate().executeTakeFirst()) !== undefined
}

/** Whether there is such an issuer within reach; it is locked until the transaction ends. */
export async function lockSubjectIssuer(tx: Tx, id: string, reach: Reach): Promise<boolean> {
  const issuers = tx.selectFrom('issuer').select('id').where('id', '=', id)
  const issuer = issuers.where(within(reach, 'organization_id'))
  return (await issuer.forNoKeyUpdate().executeTakeFirst()) !== undefined
}

/** The very same text about the same thing, unless it was withdrawn. */
export async function findSame(
  db: Db,
  same: Pick<EndorsementRow, 'subject_template_id' | 'subject_issuer_id'> & {
    readonly text: string
  },
): Promise<Pick<EndorsementRow, 'id'> | undefined> {
  const { subject_template_id: templateId, subject_issuer_id: issuerId } = same
  return await db
    .selectFrom('endorsement')
    .select('id')
    .where('subject_template_id', 'is not distinct from', templateId)
    .where('subject_issuer_id', 'is not distinct from', issuerId)
    .where('withdrawn_at', 'is', null)
    .where('signed_text', '=', same.text)
    .limit(1)
    .executeTakeFirst()
}

export async function findEndorsement(db: Db, id: string): Promise<EndorsementRow | undefined> {
  return await db.selectFrom('endorsement').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Of two who withdraw at once the second finds it withdrawn. */
export async function lockEndorsement(tx: Tx, id: string): Promise<EndorsementRow | undefined> {
  const endorsement = tx.selectFrom('endorsement').selectAll().where('id', '=', id)
  return await endorsement.forUpdate().executeTakeFirst()
}

export async function markWithdrawn(tx: Tx, id: string, at: string): Promise<void> {
  await tx.updateTable('endorsement').set({ withdrawn_at: at }).where('id', '=', id).execute()
}

/** What is said of a badge and of its issuer, the earliest first; what was withdrawn or has ended is not. */
export async function findEndorsementsOf(
  db: Db,
  of: { readonly templateId: string; readonly issuerId: string; readonly at: string },
): Promise<EndorsementRow[]> {
  return await db
    .selectFrom('endorsement')
    .selectAll()
    .where('withdrawn_at', 'is', null)
    .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>', of.at)]))
    .where((eb) =>
      eb.or([
        eb('subject_template_id', '=', of.templateId),
        eb('subject_issuer_id', '=', of.issuerId),
      ]),
    )
    .orderBy('created_at')
    .orderBy('id')
    .limit(maxCarried)
    .execute()
}

/** A badge carries no more than these: each is a signed document of its own. */
const maxCarried = 20
