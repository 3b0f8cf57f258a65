import type { Db, Tx } from './database.js'

/** One sealed secret: where it is, what it is bound to, and what is stored of it. */
export type SealedRow = { readonly id: string; readonly name: string; readonly sealed: Buffer }

/** A table that keeps sealed secrets, as it looks to whoever changes the master key. */
export type SealedStore = {
  readonly table: 'issuer_key' | 'provider_account' | 'badge_host'
  list(db: Db, most: number): Promise<readonly SealedRow[]>
  replace(tx: Tx, id: string, sealed: Buffer): Promise<void>
}
