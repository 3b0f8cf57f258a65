import type { Insertable, Selectable } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { KeyAlgorithm, Schema } from '../../db/schema.js'

export type IssuerRow = Selectable<Schema['issuer']>
export type IssuerKeyRow = Selectable<Schema['issuer_key']>

export async function insertIssuer(tx: Tx, row: Insertable<Schema['issuer']>): Promise<IssuerRow> {
  return await tx.insertInto('issuer').values(row).returningAll().executeTakeFirstOrThrow()
}

export async function findIssuer(db: Db, id: string): Promise<IssuerRow | undefined> {
  return await db.selectFrom('issuer').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The issuer that was there first; it also answers for the host as a whole. */
export async function findOldestIssuer(db: Db): Promise<IssuerRow | undefined> {
  const issuers = db.selectFrom('issuer').selectAll().orderBy('created_at').orderBy('id')
  return await issuers.limit(1).executeTakeFirst()
}

/** Two rotations at once wait here for each other, so that one key at most is in use. */
export async function lockIssuer(tx: Tx, id: string): Promise<IssuerRow | undefined> {
  const issuer = tx.selectFrom('issuer').selectAll().where('id', '=', id)
  return await issuer.forNoKeyUpdate().executeTakeFirst()
}

/** Every key, the newest first; retired ones too, which stay published. */
export async function findKeys(db: Db, issuerId: string): Promise<IssuerKeyRow[]> {
  const keys = db.selectFrom('issuer_key').selectAll().where('issuer_id', '=', issuerId)
  return await keys.orderBy('created_at', 'desc').orderBy('kid').execute()
}

export async function findKey(db: Db, kid: string): Promise<IssuerKeyRow | undefined> {
  return await db.selectFrom('issuer_key').selectAll().where('kid', '=', kid).executeTakeFirst()
}

/** Which of an issuer's keys: one of each kind at most is in use. */
type KeyInUse = { readonly issuerId: string; readonly algorithm: KeyAlgorithm }

/** The key that signs now. */
export async function findSigningKey(db: Db, key: KeyInUse): Promise<IssuerKeyRow | undefined> {
  return await keyInUse(db, key).executeTakeFirst()
}

/**
 * The key that signs now, held until the transaction ends: whoever takes it out of use waits, and
 * then knows every badge that it has signed.
 */
export async function holdSigningKey(tx: Tx, key: KeyInUse): Promise<IssuerKeyRow | undefined> {
  return await keyInUse(tx, key).forShare().executeTakeFirst()
}

function keyInUse(db: Db, { issuerId, algorithm }: KeyInUse) {
  return db
    .selectFrom('issuer_key')
    .selectAll()
    .where('issuer_id', '=', issuerId)
    .where('algorithm', '=', algorithm)
    .where('retired_at', 'is', null)
    .orderBy('created_at', 'desc')
    .limit(1)
}

/** A published key and the names of its issuer, for the list of the whole host. */
export type HostKeyRow = Pick<IssuerKeyRow, 'kid' | 'public_jwk' | 'issuer_id'> &
  Pick<IssuerRow, 'identifier'>

/** The newest keys of the host that JWTs may name, without those that were stolen. */
export async function findHostKeys(db: Db, most: number): Promise<HostKeyRow[]> {
  return await db
    .selectFrom('issuer_key as k')
    .innerJoin('issuer as i', 'i.id', 'k.issuer_id')
    .select(['k.kid', 'k.public_jwk', 'k.issuer_id', 'i.identifier'])
    .where('k.public_jwk', 'is not', null)
    .where('k.revoked_at', 'is', null)
    .orderBy('k.created_at', 'desc')
    .orderBy('k.kid')
    .limit(most)
    .execute()
}

export async function insertKey(tx: Tx, row: Insertable<Schema['issuer_key']>): Promise<void> {
  await tx.insertInto('issuer_key').values(row).execute()
}

export async function retireKeys(tx: Tx, keys: KeyInUse & { readonly at: string }): Promise<void> {
  await tx
    .updateTable('issuer_key')
    .set({ retired_at: keys.at })
    .where('issuer_id', '=', keys.issuerId)
    .where('algorithm', '=', keys.algorithm)
    .where('retired_at', 'is', null)
    .execute()
}

export async function markKeyRevoked(
  tx: Tx,
  key: { readonly kid: string; readonly at: string; readonly reason: string },
): Promise<void> {
  await tx
    .updateTable('issuer_key')
    .set((eb) => ({
      revoked_at: key.at,
      revocation_reason: key.reason,
      retired_at: eb.fn.coalesce('retired_at', eb.val(key.at)),
    }))
    .where('kid', '=', key.kid)
    .execute()
}
