import type { Selectable } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'

export type AppearanceRow = Omit<Selectable<Schema['appearance']>, 'single'>
export type AppearanceValues = {
  readonly name: string | null
  readonly accent: string | null
  readonly footerText: string
  readonly footerLinks: readonly { readonly label: string; readonly url: string }[]
}

export async function findAppearance(db: Db): Promise<AppearanceRow | undefined> {
  return await db.selectFrom('appearance').selectAll().executeTakeFirst()
}

/** The one row, made where there is none: of two who change it at once, the second sees the first's. */
export async function lockAppearance(tx: Tx): Promise<AppearanceRow> {
  const empty = { name: null, logo_id: null, accent: null }
  await tx
    .insertInto('appearance')
    .values(empty)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return await tx.selectFrom('appearance').selectAll().forUpdate().executeTakeFirstOrThrow()
}

export async function storeValues(tx: Tx, values: AppearanceValues, at: string): Promise<void> {
  await tx
    .updateTable('appearance')
    .set({
      name: values.name,
      accent: values.accent,
      footer_text: values.footerText,
      footer_links: JSON.stringify(values.footerLinks),
      updated_at: at,
    })
    .execute()
}

/** Puts a logo in the place of the one before, which nobody needs any more. */
export async function storeLogo(tx: Tx, logoId: string | null, at: string): Promise<void> {
  const { logo_id: before } = await lockAppearance(tx)
  await tx.updateTable('appearance').set({ logo_id: logoId, updated_at: at }).execute()
  if (before !== null) await tx.deleteFrom('image').where('id', '=', before).execute()
}

export async function removeAppearance(tx: Tx): Promise<void> {
  const { logo_id: logoId } = await lockAppearance(tx)
  await tx.deleteFrom('appearance').execute()
  if (logoId !== null) await tx.deleteFrom('image').where('id', '=', logoId).execute()
}
