import type { SealedStore } from '../../db/sealed-store.js'
import { secretName } from './account-secret.js'

/** The secrets of accounts at providers, for whoever changes the master key. */
export const sealedAccounts: SealedStore = {
  table: 'provider_account',

  async list(db, most) {
    const rows = await db
      .selectFrom('provider_account')
      .select(['id', 'sealed_secret'])
      .orderBy('number', 'desc')
      .where('sealed_secret', 'is not', null)
      .limit(most)
      .$narrowType<{ sealed_secret: Buffer }>()
      .execute()
    return rows.map(({ id, sealed_secret: sealed }) => ({ id, name: secretName(id), sealed }))
  },

  async replace(tx, id, sealed) {
    const account = tx.updateTable('provider_account').set({ sealed_secret: sealed })
    await account.where('id', '=', id).execute()
  },
}
