import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonize } from '../json-ld/canonize.js'
import { CREDENTIALS_V2, OPEN_BADGES_V3 } from '../json-ld/contexts.js'
import { canonizeOptions } from './proof-options.js'

const context = [CREDENTIALS_V2, OPEN_BADGES_V3]
const plain = {
  type: 'DataIntegrityProof',
  cryptosuite: 'eddsa-rdfc-2022',
  created: '2026-01-01T00:00:00Z',
  verificationMethod: 'https://badges.example/keys/1',
  proofPurpose: 'assertionMethod',
}

async function bothWays(options: object) {
  const settle = async (text: Promise<string>) => text.catch((error) => error.code)
  return [
    await settle(canonizeOptions({ ...options }, context)),
    await settle(canonize({ ...options, '@context': context })),
  ]
}

describe('canonical proof options', () => {
  it('are those of JSON-LD, whatever key is named', async () => {
    const names = fc.oneof(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.string({ unit: 'binary' }).map((name) => `did:web:${name}`),
      fc.string().map((name) => `https://badges.example/${name}`),
      fc.string(),
    )
    await fc.assert(
      fc.asyncProperty(names, async (verificationMethod) => {
        const [ours, theirs] = await bothWays({ ...plain, verificationMethod })
        expect(ours).toBe(theirs)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    { ...plain, cryptosuite: 'ecdsa-rdfc-2019' },
    { ...plain, cryptosuite: 'eddsa-2022' },
    { ...plain, cryptosuite: 'a"b' },
    { ...plain, created: '2026-01-01T00:00:00.123456+05:30' },
    { ...plain, expires: '2027-01-01T00:00:00Z' },
    { ...plain, domain: 'example.org', challenge: 'é"\n' },
    { ...plain, id: 'urn:uuid:1' },
    { ...plain, created: undefined },
    { ...plain, created: ['2026-01-01T00:00:00Z'] },
    { ...plain, surprise: 1 },
  ])('are those of JSON-LD for %j', async (options) => {
    const [ours, theirs] = await bothWays(JSON.parse(JSON.stringify(options)))
    expect(ours).toBe(theirs)
  })
})
