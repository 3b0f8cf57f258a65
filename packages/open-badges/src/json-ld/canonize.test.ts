import { describe, expect, it } from 'vitest'
import { verifyCredential } from '../verify.js'
import { canonize } from './canonize.js'
import { CREDENTIALS_V2, OPEN_BADGES_V3 } from './contexts.js'

const inherited = Object.getOwnPropertyNames(Object.prototype)
const badge = {
  '@context': [CREDENTIALS_V2, OPEN_BADGES_V3],
  id: 'urn:uuid:0aa9a2d5-3f2c-4b6e-8f6b-0d8f4e0d6c1a',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: 'https://badges.example/issuers/1', type: ['Profile'], name: 'A' },
  credentialSubject: { id: 'did:example:ana', type: ['AchievementSubject'] },
  proof: {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    verificationMethod: 'https://badges.example/keys/1',
    proofPurpose: 'assertionMethod',
    proofValue: 'z1',
  },
}

const options = { documents: async () => undefined, now: new Date('2026-01-01T00:00:00Z') }

/** What all objects have, and what hangs on the functions among it. */
function inheritedByAll() {
  return inherited.map((name) => {
    const value: unknown = name === '__proto__' ? null : Object(Object.prototype)[name]
    return [name, typeof value === 'function' ? Object.keys(value) : []]
  })
}

function enumerableInAll(): string[] {
  const names: string[] = []
  for (const name in {}) names.push(name)
  return names
}

describe('a document that names a thing like what all objects have', () => {
  const before = inheritedByAll()

  it.each(inherited)('is refused and leaves objects alone: %s', async (name) => {
    const named = [
      { ...badge, id: name },
      { ...badge, issuer: name },
      { ...badge, issuer: { ...badge.issuer, id: name } },
      { ...badge, credentialSubject: { ...badge.credentialSubject, id: name } },
      { ...badge, proof: { ...badge.proof, id: name } },
      { ...badge, proof: { ...badge.proof, verificationMethod: name } },
    ]
    try {
      for (const document of named) {
        await expect(canonize(document)).rejects.toMatchObject({ code: 'ERR_OB_UNSAFE' })
        expect((await verifyCredential(document, options)).verdict).not.toBe('valid')
        expect([enumerableInAll(), inheritedByAll()]).toEqual([[], before])
      }
    } finally {
      for (const one of enumerableInAll()) Reflect.deleteProperty(Object.prototype, one)
    }
  })
})
