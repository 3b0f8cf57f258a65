import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildCredential, generateKeyPair, verifyCredential } from '../index.js'
import { canonizeJson } from '../json/jcs.js'
import type { JsonObject } from '../json/json.js'
import { canonize } from '../json-ld/canonize.js'
import { decodeMultibase, encodeMultibase } from '../keys/base58.js'
import { secretKeyOf } from '../keys/keys.js'
import { publicKeyOf } from '../keys/public-keys.js'
import { verifyBytes } from '../keys/verify-bytes.js'
import { hashCanonical, hashJson, hashStatements } from './hash-document.js'

const ISSUER = 'https://badges.example/issuers/1'
const KEY = `${ISSUER}#key-1`
const V1 = 'https://www.w3.org/2018/credentials/v1'
const ED25519_2020 = 'https://w3id.org/security/suites/ed25519-2020/v1'
const created = '2026-01-01T00:00:00Z'
const now = new Date('2026-06-01T00:00:00Z')

const pair = generateKeyPair(new Uint8Array(32).fill(1))
const secret = secretKeyOf(pair.secretKeyMultibase)
const edwards = { secret, key: createPublicKey(secret) }
const elliptic = (namedCurve: 'P-256' | 'P-384') => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
  return { secret: privateKey, key: publicKey }
}
const p256 = elliptic('P-256')
const p384 = elliptic('P-384')
type Pair = typeof edwards

const badge: JsonObject = buildCredential({
  id: 'https://badges.example/credentials/1',
  issuer: { id: ISSUER, name: 'Exämple' },
  achievement: {
    id: 'https://badges.example/badges/1',
    name: '学习',
    description: 'Knows telemetry',
    criteria: { narrative: 'Pass' },
    creditsAvailable: 2.5,
  },
  recipient: { email: 'ana@example.org', salt: 'pepper', name: 'Ana' },
  validFrom: created,
})

/** Signs as each suite prescribes, with node:crypto alone. */
async function prove(document: JsonObject, by: Pair, more: JsonObject = {}) {
  const options: JsonObject = withoutAbsent({
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created,
    verificationMethod: KEY,
    proofPurpose: 'assertionMethod',
    ...more,
  })
  const { asymmetricKeyDetails: details } = by.key
  const digest = details?.namedCurve === 'secp384r1' ? 'sha384' : 'sha256'
  const hash = String(options['cryptosuite']).includes('jcs') ? hashJson : hashStatements
  const data = await hash({ document, options }, digest)
  const isEdwards = by.key.asymmetricKeyType === 'ed25519'
  const value = isEdwards
    ? sign(null, data, by.secret)
    : sign(digest, data, { key: by.secret, dsaEncoding: 'ieee-p1363' })
  return { ...options, proofValue: encodeMultibase(value) }
}

const withoutAbsent = (options: object): JsonObject => JSON.parse(JSON.stringify(options))

const worldOf = (key: KeyObject): Record<string, unknown> => ({
  [ISSUER]: {
    id: ISSUER,
    verificationMethod: [
      {
        id: KEY,
        type: 'JsonWebKey',
        controller: ISSUER,
        publicKeyJwk: key.export({ format: 'jwk' }),
      },
    ],
    assertionMethod: [KEY],
  },
})

async function verify(signed: object, { key }: Pair) {
  const world = worldOf(key)
  const report = await verifyCredential(signed, { documents: async (url) => world[url], now })
  const problems = report.checks.flatMap(({ error }) => error ?? [])
  const remarks = report.checks.flatMap(({ outcome, detail }) =>
    outcome === 'warning' ? [detail?.['remark'] ?? detail?.['error']] : [],
  )
  return { verdict: report.verdict, problems, remarks, checks: report.checks }
}

const legacy = { type: 'Ed25519Signature2020', cryptosuite: undefined }
const context2020 = [...(badge['@context'] as string[]), ED25519_2020]
const { validFrom, ...undated } = badge
const badge11 = { ...undated, issuanceDate: validFrom, '@context': [V1, ...context2020.slice(1)] }

const forms: [string, JsonObject, JsonObject, Pair, string[]][] = [
  ['eddsa-rdfc-2022', badge, {}, edwards, []],
  ['eddsa-jcs-2022', badge, { cryptosuite: 'eddsa-jcs-2022' }, edwards, []],
  [
    'eddsa-jcs-2022 with contexts',
    badge,
    { cryptosuite: 'eddsa-jcs-2022', '@context': badge['@context'] },
    edwards,
    [],
  ],
  ['eddsa-2022', badge, { cryptosuite: 'eddsa-2022' }, edwards, ['outdated-suite']],
  [
    'Ed25519Signature2020',
    { ...badge, '@context': context2020 },
    legacy,
    edwards,
    ['outdated-suite'],
  ],
  ['Ed25519Signature2020 in VC 1.1', badge11, legacy, edwards, ['outdated-suite']],
  ['ecdsa-rdfc-2019 with P-256', badge, { cryptosuite: 'ecdsa-rdfc-2019' }, p256, []],
  ['ecdsa-rdfc-2019 with P-384', badge, { cryptosuite: 'ecdsa-rdfc-2019' }, p384, []],
  ['ecdsa-jcs-2019 with P-256', badge, { cryptosuite: 'ecdsa-jcs-2019' }, p256, []],
  ['ecdsa-jcs-2019 with P-384', badge, { cryptosuite: 'ecdsa-jcs-2019' }, p384, []],
]

describe.each(forms)('a badge proven by %s', (_name, ...[document, options, by, remarks]) => {
  it('is valid, and says so when the suite is outdated', async () => {
    const signed = { ...document, proof: [await prove(document, by, options)] }
    expect(await verify(signed, by)).toMatchObject({ verdict: 'valid', problems: [], remarks })
  })

  it('is not valid with a changed member, proof, key, or suite', async () => {
    const proof = await prove(document, by, options)
    const other = by.key.asymmetricKeyType === 'ec' ? edwards : p256
    const sister = { ...edwards, key: publicKeyOf(generateKeyPair().publicKeyMultibase) }
    const refused: [object, Pair, string][] = [
      [{ ...document, name: 'Doctor', proof }, by, 'ERR_OB_SIGNATURE'],
      [{ ...document, proof: { ...proof, created: '2026-01-02T00:00:00Z' } }, by, ''],
      [{ ...document, proof: { ...proof, proofValue: encodeMultibase(Buffer.alloc(64)) } }, by, ''],
      [{ ...document, proof: { ...proof, proofValue: 'z1' } }, by, 'ERR_OB_SIGNATURE'],
      [{ ...document, proof }, other, 'ERR_OB_KEY_MATERIAL'],
      [{ ...document, proof }, sister, ''],
      [{ ...document, proof: { ...proof, cryptosuite: 'none' } }, by, ''],
      [{ ...document, proof: { ...proof, previousProof: 'urn:x' } }, by, ''],
      [{ ...document, surprise: 1, proof }, by, 'ERR_OB_UNSAFE'],
    ]
    for (const [signed, key, problem] of refused) {
      const { verdict, problems } = await verify(signed, key)
      expect(verdict).not.toBe('valid')
      if (problem !== '') expect(problems).toContain(problem)
    }
  })
})

describe('a badge with several proofs', () => {
  it('is valid when one of them holds, and the others are told', async () => {
    const good = await prove(badge, edwards)
    const jcs = await prove(badge, edwards, { cryptosuite: 'eddsa-jcs-2022' })
    const bad = { ...good, proofValue: encodeMultibase(Buffer.alloc(64)) }
    const unknown = { ...good, cryptosuite: 'bbs-2023' }
    const outcome = await verify({ ...badge, proof: [unknown, bad, good, jcs] }, edwards)
    expect(outcome).toMatchObject({
      verdict: 'valid',
      remarks: ['ERR_OB_PROOF_UNSUPPORTED', 'ERR_OB_SIGNATURE'],
    })
    expect((await verify({ ...badge, proof: [bad, unknown] }, edwards)).verdict).not.toBe('valid')
  })

  it('is told which specification each proof was checked by', async () => {
    const proof = await prove(badge, p256, { cryptosuite: 'ecdsa-rdfc-2019' })
    const { checks } = await verify({ ...badge, proof }, p256)
    expect(checks.find(({ code }) => code === 'proof')?.clause).toContain('ECDSA')
  })

  it('is not valid after the day its proof names', async () => {
    const proof = await prove(badge, edwards, { expires: '2026-05-31T00:00:00Z' })
    expect(await verify({ ...badge, proof }, edwards)).toMatchObject({
      verdict: 'expired',
      problems: ['ERR_OB_PROOF_EXPIRED'],
    })
  })

  it('may name a domain and a challenge of another reader', async () => {
    const proof = await prove(badge, edwards, { domain: 'example.org', challenge: 'é' })
    expect(await verify({ ...badge, proof }, edwards)).toMatchObject({ verdict: 'valid' })
  })

  it('is not valid under contexts that were not signed, unless they follow those', async () => {
    const cryptosuite = 'eddsa-jcs-2022'
    const proof = await prove(badge, edwards, { cryptosuite, '@context': badge['@context'] })
    const more = { ...badge, '@context': context2020, proof }
    expect(await verify(more, edwards)).toMatchObject({ verdict: 'valid' })
    const [first, ...rest] = context2020
    const mixed = { ...more, '@context': [first, ...rest.toReversed()] }
    expect((await verify(mixed, edwards)).problems).toContain('ERR_OB_SIGNATURE')
  })
})

describe('canonical JSON', () => {
  it('is the same however members are ordered, and says the same', () => {
    const json = fc.jsonValue({ stringUnit: 'binary', maxDepth: 2 })
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), (value) => {
        const text = canonizeJson(value)
        expect(canonizeJson(Object.fromEntries(Object.entries(value).reverse()))).toBe(text)
        expect(canonizeJson(JSON.parse(text))).toBe(text)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('spells as RFC 8785 does', () => {
    const numbers = [1 / 3, 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0]
    expect(canonizeJson(numbers)).toBe('[0.3333333333333333,1e+30,4.5,0.002,1e-27,0]')
    const names = {
      '\u20ac': 1,
      '\r': 2,
      '\ufb33': 3,
      '1': 4,
      '\ud83d\ude00': 5,
      '\u0080': 6,
      ö: 7,
    }
    expect(Object.values(JSON.parse(canonizeJson(names)))).toHaveLength(7)
    expect(canonizeJson(names)).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    )
    expect(canonizeJson('\u20ac$\u000f\nA\'B"\\\\"/')).toBe(
      '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"',
    )
  })

  it.each([['\ud800'], [Number.NaN], [undefined], [{ '\udc00': 1 }]])('has no %j', (value) => {
    expect(() => canonizeJson(value)).toThrow(expect.objectContaining({ code: 'ERR_OB_UNSAFE' }))
  })
})

const data =
  process.env['ROSETTE_SHARED_DATA'] ??
  fileURLToPath(new URL('../../../../../shared/data/', import.meta.url))
const w3c = `${data}/w3c`

describe.skipIf(!existsSync(w3c))(
  'the W3C vectors (skipped when the shared data folder is missing)',
  () => {
    const text = (path: string) => readFileSync(`${w3c}/${path}`, 'utf8')
    const json = (path: string) => JSON.parse(text(path)) as JsonObject
    const eddsa = 'vc-di-eddsa/TestVectors'
    const ecdsa = 'vc-di-ecdsa/TestVectors'

    it.each([
      [`${eddsa}/Ed25519Signature2020`, 'EdSig', 'sha256'],
      [`${eddsa}/eddsa-jcs-2022`, 'JCS', 'sha256'],
      [`${ecdsa}/ecdsa-rdfc-2019-p256`, 'ECDSAP256', 'sha256'],
      [`${ecdsa}/ecdsa-rdfc-2019-p256/employ`, 'ECDSAP256', 'sha256'],
      [`${ecdsa}/ecdsa-rdfc-2019-p384`, 'ECDSAP384', 'sha384'],
      [`${ecdsa}/ecdsa-rdfc-2019-p384/employ`, 'ECDSAP384', 'sha384'],
      [`${ecdsa}/ecdsa-jcs-2019-p256`, 'JCSECDSAP256', 'sha256'],
      [`${ecdsa}/ecdsa-jcs-2019-p384`, 'JCSECDSAP384', 'sha384'],
    ] as const)('of %s are hashed and verified as published', async (folder, suffix, digest) => {
      const read = (name: string) => text(`${folder}/${name}${suffix}.txt`)
      const signed = json(`${folder}/signed${suffix}.json`)
      const { proof, ...document } = signed
      const { proofValue, verificationMethod, ...rest } = proof as JsonObject
      const canonical = { options: read('proofCanon'), document: read('canonDoc') }
      const hashed = hashCanonical(canonical, digest)
      expect(Buffer.from(hashed).toString('hex')).toBe(read('combinedHash').trim())
      const key = publicKeyOf(String(verificationMethod).split('#')[1] ?? '')
      expect(verifyBytes(hashed, key, decodeMultibase(String(proofValue)))).toBe(true)
      expect(verifyBytes(hashed.subarray(1), key, decodeMultibase(String(proofValue)))).toBe(false)
      if (folder.includes('jcs')) {
        expect(canonizeJson(document)).toBe(canonical.document)
        expect(canonizeJson({ ...rest, verificationMethod })).toBe(canonical.options)
      } else {
        const contexts = (document['@context'] as string[]).filter((url) => !isUnknown(url))
        const config = { ...rest, verificationMethod, '@context': contexts }
        expect(await canonize(config, digest)).toBe(canonical.options)
      }
    })

    it('read the published keys', () => {
      for (const name of ['p256KeyPair', 'p384KeyPair']) {
        const { publicKeyMultibase } = json(`${ecdsa}/${name}.json`)
        expect(publicKeyOf(String(publicKeyMultibase)).asymmetricKeyType).toBe('ec')
      }
    })
  },
)

// Contexts of the vectors that no badge uses and that say nothing about proofs.
function isUnknown(url: string): boolean {
  return url.includes('/examples/') || url.includes('/citizenship/')
}
