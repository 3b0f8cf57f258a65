import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'

export type CredentialRow = Selectable<Schema['credential']>

export async function findCredential(db: Db, awardId: string): Promise<CredentialRow | undefined> {
  const credentials = db.selectFrom('credential').selectAll().where('award_id', '=', awardId)
  return await credentials.executeTakeFirst()
}

/** How many badges in force a key has signed, in any form. */
export async function countSignedBy(db: Db, kid: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from credential c join award a on a.id = c.award_id
    where a.status = 'awarded'
      and (c.issuer_key_kid = ${kid} or c.jwt_key_kid = ${kid} or c.assertion_key_kid = ${kid})
  `.execute(db)
  return rows[0]?.count ?? 0
}

/** Whoever signs another form of the badge, or issues it again, waits here for the other. */
export async function lockCredential(tx: Tx, awardId: string): Promise<CredentialRow | undefined> {
  const credential = tx.selectFrom('credential').selectAll().where('award_id', '=', awardId)
  return await credential.forNoKeyUpdate().executeTakeFirst()
}

/** Puts a new text in the place of the old one, which is kept aside with its further forms. */
export async function replaceCredential(
  tx: Tx,
  awardId: string,
  { kid, text, at }: { readonly kid: string; readonly text: string; readonly at: string },
): Promise<void> {
  await keepReplaced(tx, awardId, at)
  await tx
    .updateTable('credential')
    .set({ issuer_key_kid: kid, signed_text: text, reissued_at: at })
    .set({ signed_jwt: null, jwt_key_kid: null, signed_assertion: null, assertion_key_kid: null })
    .where('award_id', '=', awardId)
    .execute()
}

/** Keeps aside what was signed so far, before some of it is replaced. */
export async function keepReplaced(tx: Tx, awardId: string, at: string): Promise<void> {
  await sql`
    insert into replaced_credential
      (award_id, issuer_key_kid, signed_text, signed_jwt, signed_assertion, replaced_at)
    select award_id, issuer_key_kid, signed_text, signed_jwt, signed_assertion, ${at}
    from credential where award_id = ${awardId}`.execute(tx)
}

/** The id of the issuer whose key it is. */
export async function findSigner(db: Db, kid: string): Promise<string> {
  const key = db.selectFrom('issuer_key').select('issuer_id').where('kid', '=', kid)
  return (await key.executeTakeFirstOrThrow()).issuer_id
}

/** The id of the template that was awarded. */
export async function findTemplateOf(db: Db, awardId: string): Promise<string> {
  const award = db.selectFrom('award').select('template_id').where('id', '=', awardId)
  return (await award.executeTakeFirstOrThrow()).template_id
}

export async function storeJwt(
  tx: Tx,
  awardId: string,
  { text, kid }: { readonly text: string; readonly kid: string },
): Promise<void> {
  const credential = tx.updateTable('credential').set({ signed_jwt: text, jwt_key_kid: kid })
  await credential.where('award_id', '=', awardId).execute()
}

export async function storeAssertion(
  tx: Tx,
  awardId: string,
  { text, kid }: { readonly text: string; readonly kid: string },
): Promise<void> {
  const signed = { signed_assertion: text, assertion_key_kid: kid }
  await tx.updateTable('credential').set(signed).where('award_id', '=', awardId).execute()
}

/** Whether the award is taken back; whoever is about to do so waits until the transaction ends. */
export async function isRevoked(tx: Tx, awardId: string): Promise<boolean> {
  const award = tx.selectFrom('award').select('status').where('id', '=', awardId).forShare()
  return (await award.executeTakeFirst())?.status !== 'awarded'
}
