import type { SealedStore } from '../../db/sealed-store.js'

/** The secrets of signing keys, for whoever changes the master key. */
export const sealedIssuerKeys: SealedStore = {
  table: 'issuer_key',

  async list(db, most) {
    const keys = db.selectFrom('issuer_key').select(['kid', 'sealed_secret'])
    const rows = await keys.orderBy('created_at', 'desc').orderBy('kid').limit(most).execute()
    return rows.map((row) => ({ id: row.kid, name: keyName(row.kid), sealed: row.sealed_secret }))
  },

  async replace(tx, kid, sealed) {
    const key = tx.updateTable('issuer_key').set({ sealed_secret: sealed })
    await key.where('kid', '=', kid).execute()
  },
}

/** What its sealed secret is bound to. */
export function keyName(kid: string): string {
  return `issuer key ${kid}`
}
