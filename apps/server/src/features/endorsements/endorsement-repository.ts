import type { Insertable, Selectable } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'

export type EndorsementRow = Selectable<Schema['endorsement']>

export async function insertEndorsement(
  tx: Tx,
  row: Insertable<Schema['endorsement']>,
): Promise<void> {
  await tx.insertInto('endorsement').values(row).execute()
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

/** What is said of a badge and of its issuer, the earliest first; what was withdrawn is not. */
export async function findEndorsementsOf(
  db: Db,
  of: { readonly templateId: string; readonly issuerId: string },
): Promise<EndorsementRow[]> {
  return await db
    .selectFrom('endorsement')
    .selectAll()
    .where('withdrawn_at', 'is', null)
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
