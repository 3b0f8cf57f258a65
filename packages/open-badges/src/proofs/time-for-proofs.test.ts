import { describe, expect, it } from 'vitest'
import { controllerDocument, generateKeyPair, keyDocument, signDocument } from '../index.js'
import { checkProofs } from './check-proof.js'
import { spendOnProof } from './time-for-proofs.js'

const ISSUER = 'https://badges.example/issuers/1'
const KEY = `${ISSUER}/key`
const now = new Date('2026-06-01T00:00:00Z')
const key = generateKeyPair(new Uint8Array(32).fill(1))
const { publicKeyMultibase } = key
const world = new Map([
  [KEY, { ...keyDocument({ id: KEY, controller: ISSUER, publicKeyMultibase }) }],
  [ISSUER, { ...controllerDocument({ id: ISSUER, keys: [{ id: KEY, publicKeyMultibase }] }) }],
])
const documents = async (url: string) => world.get(url) ?? {}

describe('the time for proofs', () => {
  const document = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: 'https://badges.example/1',
    type: ['VerifiableCredential'],
    issuer: ISSUER,
  }
  const signed = signDocument(document, {
    key,
    verificationMethod: KEY,
    created: '2026-01-01T00:00:00Z',
  })

  it('goes down with each proof, and no proof holds when it is used up', async () => {
    const budget = { proofMs: 1000 }
    const check = async () => {
      const question = { issuerId: ISSUER, documents, now, budget }
      return (await checkProofs(await signed, question)).map(({ code, error = 'OK' }) => [
        code,
        error,
      ])
    }
    const rest = [
      ['key', 'OK'],
      ['issuer', 'OK'],
    ]
    expect(await check()).toEqual([['proof', 'OK'], ...rest])
    expect(budget.proofMs).toBeLessThan(1000)
    budget.proofMs = 0
    expect(await check()).toEqual([['proof', 'ERR_OB_PROOF_UNSUPPORTED'], ...rest])
  })

  it('counts what passes once, however many proofs are checked meanwhile', async () => {
    const start = performance.now()
    const budget = { proofMs: 100_000 }
    const waits = Array.from({ length: 50 }, () =>
      spendOnProof(budget, () => new Promise((resolve) => setTimeout(resolve, 20))),
    )
    await Promise.all(waits)
    const spent = 100_000 - budget.proofMs
    expect(spent).toBeGreaterThan(0)
    expect(spent).toBeLessThanOrEqual(performance.now() - start)
  })

  it('is spent on work that fails, too', async () => {
    const budget = { proofMs: 1000 }
    const failing = spendOnProof(budget, async () => {
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(budget.proofMs).toBeLessThan(1000)
  })
})
