import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Db } from '../../db/database.js'
import { spendNonce } from './wallet-repository.js'

type Deps = { readonly db: Db; readonly masterKey: Buffer; readonly now: () => Date }

const lifetimeSeconds = 300

/** Nonces for proofs: anybody may have as many as they like, because only those that were used are kept. */
export function createWalletNonces({ db, masterKey, now }: Deps) {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'rosette wallet nonce', 32))
  const sealOf = (text: string) => createHmac('sha256', key).update(text).digest()
  const seconds = () => Math.floor(now().getTime() / 1000)

  function make(): string {
    const text = `${randomBytes(16).toString('base64url')}.${seconds() + lifetimeSeconds}`
    return `${text}.${sealOf(text).toString('base64url')}`
  }

  /** Whether it is one of ours, still good, and was not used before; it is used from now on. */
  async function spend(nonce: string): Promise<boolean> {
    const [random = '', until = '', seal = ''] = nonce.split('.')
    const expected = sealOf(`${random}.${until}`)
    const given = Buffer.from(seal, 'base64url')
    const isOurs = given.length === expected.length && timingSafeEqual(given, expected)
    if (!isOurs || Number(until) <= seconds()) return false
    const expiresAt = new Date(Number(until) * 1000).toISOString()
    return await spendNonce(db, createHash('sha256').update(random).digest(), expiresAt)
  }

  return { make, spend }
}
