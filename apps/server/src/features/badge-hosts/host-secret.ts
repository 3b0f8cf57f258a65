import { z } from 'zod'
import { seal, unseal } from '../../db/sealed.js'
import type { SealedStore } from '../../db/sealed-store.js'

const secret = z.object({
  clientSecret: z.string(),
  /** Of the question under way. */
  verifier: z.string().optional(),
  accessToken: z.string().optional(),
  refreshToken: z.string().optional(),
  /** When the access token ends. */
  until: z.number().optional(),
})

/** What is known of a host and of nobody else's business. */
export type HostSecret = z.output<typeof secret>

export function sealHostSecret(id: string, value: HostSecret, masterKey: Buffer): Buffer {
  return seal(JSON.stringify(value), secretName(id), masterKey)
}

export function openHostSecret(id: string, sealed: Buffer, masterKey: Buffer): HostSecret {
  return secret.parse(JSON.parse(unseal(sealed, secretName(id), masterKey)))
}

function secretName(id: string): string {
  return `badge host ${id}`
}

/** The secrets of connections to other hosts, for whoever changes the master key. */
export const sealedBadgeHosts: SealedStore = {
  table: 'badge_host',

  async list(db, most) {
    const rows = db.selectFrom('badge_host').select(['id', 'sealed_secret'])
    const found = await rows.orderBy('created_at', 'desc').orderBy('id').limit(most).execute()
    return found.map(({ id, sealed_secret: sealed }) => ({ id, name: secretName(id), sealed }))
  },

  async replace(tx, id, sealed) {
    const host = tx.updateTable('badge_host').set({ sealed_secret: sealed })
    await host.where('id', '=', id).execute()
  },
}
