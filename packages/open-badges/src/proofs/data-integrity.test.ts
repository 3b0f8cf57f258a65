import { describe, expect, it } from 'vitest'
import {
  buildCredential,
  type Cryptosuite,
  controllerDocument,
  generateKeyPair,
  generateSigningKey,
  keyDocument,
  publicKeyMultibaseOf,
  signCredential,
  signCredentialJwt,
  signDocument,
  signingKeyOf,
  verifyCredential,
} from '../index.js'

const ISSUER = 'https://badges.example/issuers/1'
const KEY = 'https://badges.example/keys/1'
const created = '2026-01-01T00:00:00Z'
const now = new Date('2026-06-01T00:00:00Z')
const input = {
  id: 'https://badges.example/credentials/1',
  issuer: { id: ISSUER, name: 'Exämple' },
  achievement: {
    id: 'https://badges.example/badges/1',
    name: '学习',
    description: 'Learning',
    criteria: { narrative: 'Learn' },
  },
  recipient: { email: 'ana@example.org', salt: 'pepper' },
  validFrom: created,
}
const badge = buildCredential(input)
const pair = generateKeyPair(new Uint8Array(32).fill(1))

describe('a signed document', () => {
  it.each<[Cryptosuite, 'Ed25519' | 'P-256' | 'P-384']>([
    ['eddsa-rdfc-2022', 'Ed25519'],
    ['eddsa-jcs-2022', 'Ed25519'],
    ['ecdsa-rdfc-2019', 'P-256'],
    ['ecdsa-rdfc-2019', 'P-384'],
  ])(
    'with a %s proof and a key of kind %s is valid, and not when changed',
    async (cryptosuite, kind) => {
      const key = generateSigningKey(kind)
      const method = { id: KEY, publicKeyMultibase: publicKeyMultibaseOf(key.publicJwk) ?? '' }
      const documents = async (url: string) =>
        url === KEY
          ? keyDocument({ ...method, controller: ISSUER })
          : controllerDocument({ id: ISSUER, keys: [method] })
      const signer = { key, verificationMethod: KEY, created }
      const signed = await signDocument(badge, signer, { cryptosuite })
      expect(signed.proof[0]?.cryptosuite).toBe(cryptosuite)
      expect(await verifyCredential(signed, { documents, now })).toMatchObject({ verdict: 'valid' })
      const changed = await verifyCredential({ ...signed, name: 'x' }, { documents, now })
      expect(changed.verdict).toBe('invalid')
      expect(changed.checks).toContainEqual(
        expect.objectContaining({ code: 'proof', error: 'ERR_OB_SIGNATURE' }),
      )
    },
  )

  it('has the same proof whether its key is written as Multikey or as JSON Web Key', async () => {
    const signer = { verificationMethod: KEY, created }
    const one = await signCredential(badge, { ...signer, key: pair })
    expect(await signCredential(badge, { ...signer, key: signingKeyOf(pair) })).toEqual(one)
  })

  it.each<[Cryptosuite | undefined, 'P-256' | 'RSA']>([
    [undefined, 'RSA'],
    ['eddsa-rdfc-2022', 'P-256'],
    ['eddsa-jcs-2022', 'RSA'],
  ])('cannot have a %s proof of a key of kind %s', async (cryptosuite, kind) => {
    const signer = { key: generateSigningKey(kind), verificationMethod: KEY, created }
    await expect(signDocument(badge, signer, { cryptosuite })).rejects.toMatchObject({
      code: 'ERR_OB_INPUT',
      message: expect.stringContaining(kind),
    })
  })

  // The published contexts of 3.0.3 lack the member, and safe mode lets nothing go unsigned.
  it('carries endorsements that are JWTs inside a JWT only', async () => {
    const signer = { key: pair, verificationMethod: KEY, created }
    const endorsed = buildCredential({
      ...input,
      endorsementJwt: [signCredentialJwt(badge, signer)],
    })
    await expect(signCredential(endorsed, signer)).rejects.toMatchObject({
      code: 'ERR_OB_UNSAFE',
      message: expect.stringContaining('endorsementJwt'),
    })
    expect(signCredentialJwt(endorsed, signer).split('.')).toHaveLength(3)
  })
})
