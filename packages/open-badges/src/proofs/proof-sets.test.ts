import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildCredential, generateKeyPair, verifyCredential } from '../index.js'
import type { JsonObject } from '../json/json.js'
import { encodeMultibase } from '../keys/base58.js'
import { secretKeyOf } from '../keys/keys.js'
import { passed } from '../report/checks.js'
import { hashJson, hashStatements } from './hash-document.js'
import { decisiveOf, holds } from './proof-checks.js'

const ISSUER = 'https://badges.example/issuers/1'
const KEY = `${ISSUER}#key-1`
const created = '2026-01-01T00:00:00Z'
const now = new Date('2026-06-01T00:00:00Z')
const [A, B, C] = ['urn:uuid:a', 'urn:uuid:b', 'urn:uuid:c'] as const

const pairOf = (seed: number) => generateKeyPair(new Uint8Array(32).fill(seed))
const issuer = pairOf(1)
const witness = pairOf(2)
const witnessDid = `did:key:${witness.publicKeyMultibase}`
const WITNESS_KEY = `${witnessDid}#${witness.publicKeyMultibase}`

const badge: JsonObject = buildCredential({
  id: 'https://badges.example/credentials/1',
  issuer: { id: ISSUER, name: 'Exämple' },
  achievement: {
    id: 'https://badges.example/badges/1',
    name: '学习',
    description: 'Knows telemetry',
    criteria: { narrative: 'Pass' },
  },
  recipient: { email: 'ana@example.org', salt: 'pepper', name: 'Ana' },
  validFrom: created,
})

type By = { readonly key: KeyObject; readonly method: string }
const byIssuer: By = { key: secretKeyOf(issuer.secretKeyMultibase), method: KEY }
const byWitness: By = { key: secretKeyOf(witness.secretKeyMultibase), method: WITNESS_KEY }

/** A proof over the badge and the proofs it builds on, with node:crypto alone. */
async function prove(
  by: By,
  more: JsonObject = {},
  previous: readonly JsonObject[] = [],
): Promise<JsonObject> {
  const options: JsonObject = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created,
    verificationMethod: by.method,
    proofPurpose: 'assertionMethod',
    ...more,
  }
  const document = previous.length === 0 ? badge : { ...badge, proof: previous }
  const hash = options['cryptosuite'] === 'eddsa-jcs-2022' ? hashJson : hashStatements
  const data = await hash({ document, options }, 'sha256')
  return { ...options, proofValue: encodeMultibase(sign(null, data, by.key)) }
}

async function verify(proof: readonly JsonObject[], world: Record<string, unknown> = {}) {
  const { publicKeyMultibase } = issuer
  const method = { id: KEY, type: 'Multikey', controller: ISSUER, publicKeyMultibase }
  const known: Record<string, unknown> = {
    [ISSUER]: { id: ISSUER, verificationMethod: [method], assertionMethod: [KEY] },
    ...world,
  }
  const documents = async (url: string) => {
    if (known[url] === undefined) throw new Error(`nothing at ${url}`)
    return known[url]
  }
  const { verdict, checks } = await verifyCredential({ ...badge, proof }, { documents, now })
  const problems = checks.flatMap(({ code, error }) => (error ? [`${code} ${error}`] : []))
  const remarks = checks.flatMap(({ outcome, detail }) =>
    outcome === 'warning' ? [detail?.['error'] ?? detail?.['remark']] : [],
  )
  const text = checks.map(({ message }) => message).join(' ')
  return { verdict, problems, remarks, text }
}
const sound = { verdict: 'valid', problems: [], remarks: [] }

describe('a chain of proofs', () => {
  it.each(['eddsa-rdfc-2022', 'eddsa-jcs-2022'])(
    'is valid when the issuer signs over the proofs of others with %s',
    async (cryptosuite) => {
      const first = await prove(byWitness, { id: A, cryptosuite })
      const second = await prove(byWitness, { id: B, cryptosuite, nonce: '2' })
      const one = await prove(byIssuer, { previousProof: A, cryptosuite }, [first])
      const both = await prove(byIssuer, { previousProof: [A, B], cryptosuite }, [first, second])
      expect(await verify([first, one])).toMatchObject({ verdict: 'valid', problems: [] })
      expect(await verify([one, first])).toMatchObject({ verdict: 'valid', problems: [] })
      expect(await verify([first, second, both])).toMatchObject({ verdict: 'valid', problems: [] })
    },
  )

  it('is valid over three proofs of the issuer, and each is told', async () => {
    const first = await prove(byIssuer, { id: A })
    const second = await prove(byIssuer, { id: B, previousProof: A }, [first])
    const third = await prove(byIssuer, { previousProof: [B] }, [second])
    expect(await verify([first, second, third])).toMatchObject(sound)
  })

  it('leaves a badge valid that its issuer signed before a stranger did', async () => {
    const first = await prove(byIssuer, { id: A })
    const second = await prove(byWitness, { previousProof: A }, [first])
    expect(await verify([first, second])).toMatchObject({
      verdict: 'valid',
      remarks: ['ERR_OB_KEY_NOT_BOUND'],
    })
  })

  it('does not make a stranger of the issuer', async () => {
    const first = await prove(byWitness, { id: A })
    const second = await prove(byWitness, { previousProof: A }, [first])
    expect(await verify([first, second])).toMatchObject({
      verdict: 'invalid',
      problems: ['issuer ERR_OB_KEY_NOT_BOUND'],
    })
  })

  it('is broken when a proof it builds on does not hold, is changed, or unreadable', async () => {
    const first = await prove(byWitness, { id: A })
    const last = await prove(byIssuer, { previousProof: A }, [first])
    const forged = { ...first, proofValue: encodeMultibase(Buffer.alloc(64)) }
    const overForged = await prove(byIssuer, { previousProof: A }, [forged])
    expect(await verify([forged, overForged])).toMatchObject({
      verdict: 'invalid',
      problems: ['proof ERR_OB_SIGNATURE'],
    })
    expect((await verify([forged, overForged])).text).toContain('builds on does not hold')
    const again = { ...(await prove(byWitness, { created: '2026-01-02T00:00:00Z' })), id: A }
    const replaced = await prove(byWitness, { id: A, created: '2026-01-02T00:00:00Z' })
    for (const other of [again, replaced]) {
      expect(await verify([other, last])).toMatchObject({ verdict: 'invalid' })
    }
    const unread = { ...first, cryptosuite: 'bbs-2023' }
    const overUnread = await prove(byIssuer, { previousProof: A }, [unread])
    expect(await verify([unread, overUnread])).toMatchObject({
      verdict: 'unknown',
      problems: ['proof ERR_OB_PROOF_UNSUPPORTED'],
    })
    const lost = await prove({ ...byWitness, method: 'https://x.example/key' }, { id: A })
    const overLost = await prove(byIssuer, { previousProof: A }, [lost])
    expect(await verify([lost, overLost])).toMatchObject({
      verdict: 'unknown',
      problems: ['proof ERR_OB_KEY_UNREACHABLE'],
    })
    const late = await prove(byIssuer, { id: A, expires: '2026-05-01T00:00:00Z' })
    const overLate = await prove(byIssuer, { previousProof: A }, [late])
    expect((await verify([late, overLate])).verdict).toBe('expired')
  })

  it('is broken without its links: missing, shared, circular or misnamed', async () => {
    const first = await prove(byWitness, { id: A })
    const twin = await prove(byWitness, { id: A, nonce: '2' })
    const over = (previousProof: unknown, previous: JsonObject[] = []) =>
      prove(byIssuer, { previousProof }, previous)
    const self = await prove(byIssuer, { id: B, previousProof: B })
    const left = await prove(byIssuer, { id: A, previousProof: B })
    const right = await prove(byIssuer, { id: B, previousProof: A }, [left])
    const onto = await prove(byIssuer, { id: C, previousProof: A }, [left])
    const cases: [string, readonly JsonObject[], string][] = [
      ['missing', [await over(A)], 'lacks the previous proof "urn:uuid:a"'],
      ['one missing', [first, await over([A, B], [first])], 'lacks the previous proof'],
      ['shared', [first, twin, await over(A, [first])], '2 proofs are named "urn:uuid:a"'],
      ['shared', [first, twin, await over(A, [first, twin])], '2 proofs are named'],
      ['own', [self], 'builds on itself'],
      ['circular', [left, right], 'builds on itself'],
      ['onto a circle', [left, right, onto], 'builds on itself'],
      ['twice', [first, { ...(await over(A, [first])), previousProof: [A, A] }], 'twice'],
      ['number', [first, { ...(await over(A, [first])), previousProof: 7 }], 'than an id'],
      ['object', [first, { ...(await over(A, [first])), previousProof: { id: A } }], 'than an id'],
      ['long', [await over(`urn:${'x'.repeat(5000)}`)], 'lacks the previous proof'],
    ]
    for (const [name, proofs, words] of cases) {
      const { verdict, problems, remarks, text } = await verify(proofs)
      expect([name, verdict]).toEqual([name, 'invalid'])
      expect([...problems, ...remarks].join()).toContain('ERR_OB_PROOF_CHAIN')
      expect(text).toContain(words)
    }
    for (const previousProof of [[], null, '']) {
      const proof = { ...(await over(A, [first])), previousProof }
      expect((await verify([first, proof])).verdict).toBe('invalid')
    }
  })

  it('is not loosened by leaving the link out, or putting one in', async () => {
    const first = await prove(byWitness, { id: A })
    const last = await prove(byIssuer, { previousProof: A }, [first])
    const { previousProof: _link, ...loose } = last
    expect(await verify([first, loose])).toMatchObject({ verdict: 'invalid' })
    expect(await verify([loose])).toMatchObject({ problems: ['proof ERR_OB_SIGNATURE'] })
    const alone = await prove(byIssuer)
    expect(await verify([first, { ...alone, previousProof: A }])).toMatchObject({
      verdict: 'invalid',
    })
  })
})

describe('a set of which no proof holds', () => {
  const bad = (proof: JsonObject) => ({ ...proof, proofValue: encodeMultibase(Buffer.alloc(64)) })
  const unreadable = { cryptosuite: 'bbs-2023' }

  it('is invalid when one refusal is certain, whatever stands before or behind it', async () => {
    const good = await prove(byIssuer)
    const junk: readonly JsonObject[] = [
      { ...good, ...unreadable },
      await prove({ ...byIssuer, method: 'https://x.example/key' }),
      await prove(byIssuer, { expires: '2026-05-01T00:00:00Z' }),
    ]
    const alone = await Promise.all(junk.map(async (one) => (await verify([one])).verdict))
    expect(alone).toEqual(['unknown', 'unknown', 'expired'])
    for (const one of junk) {
      for (const set of [
        [bad(good), one],
        [one, bad(good)],
      ]) {
        expect(await verify(set)).toMatchObject({
          verdict: 'invalid',
          problems: ['proof ERR_OB_SIGNATURE'],
        })
      }
      expect((await verify([one, good])).verdict).toBe('valid')
    }
  })

  it('is told by the proof that got furthest', async () => {
    const good = await prove(byIssuer)
    const nothing: JsonObject = { type: 'Nonsense' }
    for (const set of [
      [nothing, bad(good)],
      [bad(good), nothing],
    ]) {
      expect(await verify(set)).toMatchObject({
        problems: ['proof ERR_OB_SIGNATURE'],
        remarks: ['ERR_OB_PROOF_SUITE'],
      })
    }
    const foreign = await prove(byWitness)
    expect((await verify([nothing, foreign])).problems).toEqual(['issuer ERR_OB_KEY_NOT_BOUND'])
  })

  it('is never valid, and never better for one proof more', async () => {
    const good = await prove(byIssuer)
    const pool: readonly JsonObject[] = [
      bad(good),
      { ...good, ...unreadable },
      { type: 'Nonsense' },
      await prove(byWitness),
      await prove(byIssuer, { previousProof: A }),
      await prove(byIssuer, { expires: '2026-05-01T00:00:00Z' }),
      { ...good, proofPurpose: 'authentication' },
      await prove({ ...byIssuer, method: 'https://x.example/key' }),
    ]
    const order = ['unknown', 'expired', 'invalid']
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.nat(pool.length - 1), { minLength: 2, maxLength: 4 }),
        async (picked) => {
          const proofs = picked.map((at) => pool[at] ?? {})
          const all = await verify(proofs)
          const fewer = await verify(proofs.slice(1))
          const other = await verify(proofs.slice(0, -1))
          expect(order).toContain(all.verdict)
          expect(order.indexOf(all.verdict)).toBeGreaterThanOrEqual(order.indexOf(fewer.verdict))
          expect(order.indexOf(all.verdict)).toBeGreaterThanOrEqual(order.indexOf(other.verdict))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('has no more than four proofs', async () => {
    const good = await prove(byIssuer)
    const problems = ['proof ERR_OB_PROOF_MISSING']
    expect(await verify(new Array(5).fill(good))).toMatchObject({ verdict: 'invalid', problems })
    expect(await verify([])).toMatchObject({ verdict: 'invalid' })
  })
})

describe('the checks of a proof', () => {
  it('hold only when the proof itself was checked', () => {
    expect(holds([])).toBe(false)
    expect(holds([passed('key', 'x'), passed('issuer', 'x')])).toBe(false)
    expect(holds([passed('proof', 'x')])).toBe(true)
    expect(decisiveOf([])).toEqual([])
  })
})

describe('a proof by a key of another kind', () => {
  it('is refused', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const proof = await prove(byIssuer)
    for (const key of [publicKey, createPublicKey(generateRsa())]) {
      const publicKeyJwk = key.export({ format: 'jwk' })
      const method = { id: KEY, type: 'JsonWebKey', controller: ISSUER, publicKeyJwk }
      const document = { id: ISSUER, verificationMethod: [method], assertionMethod: [KEY] }
      expect((await verify([proof], { [ISSUER]: document })).problems).toEqual([
        'proof ERR_OB_KEY_MATERIAL',
      ])
    }
  })
})

function generateRsa(): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
}
