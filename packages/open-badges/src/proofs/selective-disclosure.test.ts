/// <reference path="../json-ld/untyped.d.ts" />
/// <reference path="./oracles.d.ts" />
import { generateKeyPairSync } from 'node:crypto'
import { DataIntegrityProof } from '@digitalbazaar/data-integrity'
import * as multikey from '@digitalbazaar/ecdsa-multikey'
import {
  createDiscloseCryptosuite,
  createSignCryptosuite,
  createVerifyCryptosuite,
} from '@digitalbazaar/ecdsa-sd-2023-cryptosuite'
import * as vc from '@digitalbazaar/vc'
import { decode, encode } from 'cborg'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  buildCredential,
  controllerDocument,
  documentLoader,
  generateKeyPair,
  keyDocument,
  verifyCredential,
} from '../index.js'
import type { JsonObject } from '../json/json.js'
import { relabelStatements } from './relabel-statements.js'

const ISSUER = 'https://badges.example/issuers/1'
const KEY = `${ISSUER}#key-1`
const created = '2026-01-01T00:00:00Z'
const now = new Date('2026-06-01T00:00:00Z')

const badge: JsonObject = buildCredential({
  id: 'https://badges.example/credentials/1',
  issuer: { id: ISSUER, name: 'Exämple' },
  achievement: {
    id: 'https://badges.example/badges/1',
    name: 'A name',
    description: 'Knows "telemetry" <x> .',
    criteria: { narrative: 'Pass' },
    tags: ['a', 'b'],
    creditsAvailable: 2.5,
  },
  recipient: { email: 'ana@example.org', salt: 'pepper', name: 'Ana' },
  validFrom: created,
  validUntil: '2027-01-01T00:00:00Z',
  evidence: [
    { id: 'https://badges.example/evidence/1', name: 'Essay 🖋' },
    { name: 'Exam', narrative: '学习' },
  ],
})

const subject = '/credentialSubject'
const mandatoryPointers = ['/issuer', '/validFrom', `${subject}/type`, `${subject}/identifier`]
const needed = ['id', 'type', 'name', 'description', 'criteria'].map(
  (name) => `${subject}/achievement/${name}`,
)
const optional = [
  '/validUntil',
  '/name',
  '/evidence/0',
  '/evidence/1',
  '/evidence/1/name',
  `${subject}/achievement/tag`,
  `${subject}/achievement/tag/1`,
  `${subject}/achievement/creditsAvailable`,
]

let publicKeyMultibase: string
let base: JsonObject
let derived: JsonObject

async function derive(selectivePointers: readonly string[]): Promise<JsonObject> {
  const cryptosuite = createDiscloseCryptosuite({ selectivePointers })
  const suite = new DataIntegrityProof({ cryptosuite })
  return await vc.derive({ verifiableCredential: structuredClone(base), suite, documentLoader })
}

beforeAll(async () => {
  const pair = await multikey.generate({ curve: 'P-256', id: KEY, controller: ISSUER })
  publicKeyMultibase = pair.publicKeyMultibase
  const suite = new DataIntegrityProof({
    signer: pair.signer(),
    date: created,
    cryptosuite: createSignCryptosuite({ mandatoryPointers }),
  })
  const credential = structuredClone(badge)
  base = (await vc.issue({ credential, suite, documentLoader })) as unknown as JsonObject
  derived = await derive([...needed, '/validUntil', '/evidence/1'])
})

async function verify(signed: unknown, key = publicKeyMultibase) {
  const method = { id: KEY, type: 'Multikey', controller: ISSUER, publicKeyMultibase: key }
  const issuer = { id: ISSUER, verificationMethod: [method], assertionMethod: [KEY] }
  const documents = async () => issuer
  const { verdict, checks } = await verifyCredential(signed, { documents, now })
  const problems = checks.flatMap(({ code, error }) => (error ? [`${code} ${error}`] : []))
  const messages = checks.flatMap(({ error, message }) => (error ? [message] : []))
  const remarks = checks.flatMap(({ detail }) => detail?.['remark'] ?? [])
  return { verdict, problems, remarks, message: messages[0] }
}

type Parts = [Uint8Array, Uint8Array, Uint8Array[], Map<number, Uint8Array>, number[]]

const bytesOf = ({ proof }: JsonObject) =>
  Buffer.from(String((proof as JsonObject)['proofValue']).slice(1), 'base64url')
const withBytes = (signed: JsonObject, bytes: Uint8Array): JsonObject => {
  const proofValue = `u${Buffer.from(bytes).toString('base64url')}`
  return { ...signed, proof: { ...(signed['proof'] as JsonObject), proofValue } }
}
const partsOf = (signed: JsonObject) =>
  decode(bytesOf(signed).subarray(3), { useMaps: true }) as Parts
const header = Buffer.from('d95d01', 'hex')
const withParts = (signed: JsonObject, parts: unknown) =>
  withBytes(signed, Buffer.concat([header, encode(parts)]))

/** The derived badge with one part of its proof made anew. */
function withPart(at: number, change: (part: Parts[number], parts: Parts) => unknown): JsonObject {
  const parts = partsOf(derived)
  const part = parts[at] as Parts[number]
  return withParts(
    derived,
    parts.map((one, index) => (index === at ? change(part, parts) : one)),
  )
}

describe('a badge of which the holder shows a part', () => {
  it('is valid, and says that parts were left out', async () => {
    expect(Object.keys(derived)).not.toContain('name')
    const found = await verify(derived)
    expect(found).toMatchObject({ verdict: 'valid', problems: [] })
    expect(found.remarks).toEqual(['selective-disclosure'])
    expect(await verify(JSON.stringify(derived))).toMatchObject({ verdict: 'valid' })
  })

  it('verifies with the reference implementation, too', async () => {
    const suite = new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() })
    const world = new Map<string, object>([
      [KEY, keyDocument({ id: KEY, controller: ISSUER, publicKeyMultibase })],
      [ISSUER, controllerDocument({ id: ISSUER, keys: [{ id: KEY, publicKeyMultibase }] })],
    ])
    const loader = async (url: string) => {
      const document = world.get(url)
      return document ? { documentUrl: url, document } : await documentLoader(url)
    }
    const options = { suite, documentLoader: loader, now }
    const check = (credential: object) => vc.verifyCredential({ ...options, credential })
    expect(await check(structuredClone(derived))).toMatchObject({ verified: true })
    const changed = { ...structuredClone(derived), validUntil: '2028-01-01T00:00:00Z' }
    expect(await check(changed)).toMatchObject({ verified: false })
  })

  it('is valid whichever optional parts are shown', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(optional), async (chosen) => {
        expect(await verify(await derive([...needed, ...chosen]))).toMatchObject({
          verdict: 'valid',
          problems: [],
        })
      }),
      { numRuns: 15 },
    )
  })

  it('is malformed without a member that an Open Badge must have', async () => {
    const found = await verify(await derive(['/validUntil']))
    expect(found).toMatchObject({ verdict: 'invalid', problems: ['schema ERR_OB_MALFORMED'] })
  })

  it('is unknown with the base proof, which is the holder’s secret', async () => {
    const found = await verify(base)
    expect(found).toMatchObject({ verdict: 'unknown', problems: ['proof ERR_OB_PROOF_BASE'] })
    expect(found.message).toContain('Ask the holder')
  })
})

describe('what is shown of a badge', () => {
  it('cannot be changed anywhere', async () => {
    const paths = leavesOf(derived).filter(([first]) => first !== 'proof' && first !== '@context')
    expect(paths.length).toBeGreaterThan(15)
    for (const path of paths) {
      const { verdict, problems } = await verify(changeAt(derived, path, altered))
      expect([path.join('/'), verdict]).toEqual([path.join('/'), 'invalid'])
      expect(problems.some((problem) => /^(proof|context|key|issuer)/.test(problem))).toBe(true)
    }
  })

  it('cannot be cut further without a new proof', async () => {
    for (const path of leavesOf(derived)) {
      if (path[0] === 'proof' || path[0] === '@context') continue
      const { verdict, problems } = await verify(changeAt(derived, path, () => undefined))
      expect([path.join('/'), verdict]).toEqual([path.join('/'), 'invalid'])
      expect(problems.some((problem) => /^(proof|context|issuer)/.test(problem))).toBe(true)
    }
  })

  it('cannot be more than was signed', async () => {
    for (const more of [{ name: 'Doctor' }, { awardedDate: created }, { evidence: undefined }]) {
      const { problems } = await verify({ ...derived, ...more })
      expect(problems).toContain('proof ERR_OB_SIGNATURE')
    }
    expect((await verify({ ...derived, surprise: 1 })).problems).toContain('proof ERR_OB_UNSAFE')
  })
})

describe('a derived proof', () => {
  const signature: fc.Arbitrary<number> = fc.nat(1000)

  it('fails with any two signatures swapped', async () => {
    const count = partsOf(derived)[2].length
    await fc.assert(
      fc.asyncProperty(signature, signature, async (some, other) => {
        const [a, b] = [some % count, other % count]
        fc.pre(a !== b)
        const swapped = withPart(2, (part) => {
          const list = [...(part as Uint8Array[])]
          const [first, second] = [list[a], list[b]] as Uint8Array[]
          return Object.assign(list, { [a]: second, [b]: first })
        })
        const { verdict, problems } = await verify(swapped)
        expect([verdict, ...problems]).toEqual(['invalid', 'proof ERR_OB_SIGNATURE'])
      }),
      { numRuns: 25 },
    )
  })

  it('fails with any mandatory index moved, left out or added', async () => {
    const count = partsOf(derived)[4].length
    await fc.assert(
      fc.asyncProperty(fc.nat(count - 1), fc.nat(60), async (at, to) => {
        fc.pre(!partsOf(derived)[4].includes(to))
        const moved = withPart(4, (part) =>
          (part as number[]).map((one, i) => (i === at ? to : one)),
        )
        const fewer = withPart(4, (part) => (part as number[]).filter((_one, i) => i !== at))
        const more = withPart(4, (part) => [...(part as number[]), to])
        for (const signed of [moved, fewer, more]) {
          const { verdict, problems } = await verify(signed)
          expect([verdict, ...problems]).toEqual(['invalid', 'proof ERR_OB_SIGNATURE'])
        }
      }),
      { numRuns: 20 },
    )
  })

  it('fails with any bit of it turned', async () => {
    const bytes = bytesOf(derived)
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(7), async (at, bit) => {
        const turned = Buffer.from(bytes)
        turned[at] = (turned[at] ?? 0) ^ (1 << bit)
        const { verdict, problems } = await verify(withBytes(derived, turned))
        expect(verdict).not.toBe('valid')
        expect(problems[0]).toMatch(
          /^proof ERR_OB_(SIGNATURE|PROOF_MALFORMED|PROOF_BASE|TOO_LARGE)$/,
        )
      }),
      { numRuns: 150 },
    )
  })

  const random = (length: number) => Buffer.alloc(length, 7)
  const p384 = Buffer.concat([Buffer.from([0x81, 0x24]), random(33)])
  const offCurve = Buffer.concat([Buffer.from([0x80, 0x24, 2]), Buffer.alloc(32, 0xff)])
  const otherKey = () => {
    const { x = '', y = '' } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
    }).publicKey.export({ format: 'jwk' })
    const sign = 2 + ((Buffer.from(y, 'base64url').at(-1) ?? 0) & 1)
    return Buffer.concat([Buffer.from([0x80, 0x24, sign]), Buffer.from(x, 'base64url')])
  }
  const mapOf = (part: unknown) => [...(part as Map<number, Uint8Array>)]
  const MALFORMED = 'ERR_OB_PROOF_MALFORMED'
  const WRONG = 'ERR_OB_SIGNATURE'

  it.each<[string, number, (part: never) => unknown, string, string]>([
    ['another key', 1, otherKey, WRONG, 'another key signed'],
    ['a key of another kind', 1, () => p384, MALFORMED, 'its own key'],
    ['a key off the curve', 1, () => offCurve, MALFORMED, 'its own key'],
    ['a short key', 1, () => random(34), MALFORMED, 'its own key'],
    ['a text for a key', 1, () => 'key', MALFORMED, 'its own key'],
    ['no base signature', 0, () => random(0), MALFORMED, 'signature of the issuer'],
    ['another base signature', 0, () => random(64), WRONG, 'must be shown'],
    ['a DER signature', 0, () => random(71), MALFORMED, 'signature of the issuer'],
    ['too few signatures', 2, (p: never[]) => p.slice(1), WRONG, 'more than was signed'],
    ['no signatures', 2, () => [], WRONG, 'more than was signed'],
    ['too many signatures', 2, (p: never[]) => [...p, p[0]], WRONG, 'less than the proof'],
    ['a short signature', 2, (p: never[]) => [random(63), ...p.slice(1)], MALFORMED, '64 bytes'],
    ['an object of signatures', 2, () => new Map(), MALFORMED, 'no list of signatures'],
    ['no labels', 3, () => new Map(), WRONG, 'no label'],
    ['a label less', 3, (p) => new Map(mapOf(p).slice(1)), WRONG, 'no label'],
    ['a label more', 3, (p) => new Map([...mapOf(p), [99, random(32)]]), WRONG, 'not shown'],
    [
      'one label twice',
      3,
      (p) => new Map(mapOf(p).map(([at]) => [at, random(32)])),
      MALFORMED,
      'one label to two',
    ],
    ['a short label', 3, () => new Map([[0, random(31)]]), MALFORMED, 'map of labels'],
    ['a text for a label', 3, () => new Map([['c14n0', random(32)]]), MALFORMED, 'map of labels'],
    ['a negative label', 3, () => new Map([[-1, random(32)]]), MALFORMED, 'map of labels'],
    ['a list of labels', 3, () => [], MALFORMED, 'map of labels'],
    ['an index twice', 4, (p: never[]) => [...p, p[0]], MALFORMED, 'twice'],
    ['an index out of range', 4, (p: never[]) => [...p, 5000], WRONG, 'than are shown'],
    ['a negative index', 4, () => [-1], MALFORMED, 'mandatory statements'],
    ['a broken index', 4, () => [0.5], MALFORMED, 'mandatory statements'],
    ['no indexes', 4, () => [], WRONG, 'must be shown'],
  ])('is refused with %s', async (_name, ...[at, change, code, words]) => {
    const found = await verify(withPart(at, change as () => unknown))
    expect(found).toMatchObject({ verdict: 'invalid', problems: [`proof ${code}`] })
    expect(found.message).toContain(words)
  })

  it('is bounded in the number of its statements', async () => {
    for (const signed of [
      withPart(2, () => new Array(1001).fill(random(64))),
      withPart(4, () => Array.from({ length: 1001 }, (_one, at) => at)),
      withPart(2, () => new Array(4000).fill(random(64))),
    ]) {
      expect((await verify(signed)).problems).toEqual(['proof ERR_OB_TOO_LARGE'])
    }
  })

  const cbor = (hex: string) => Buffer.concat([header, Buffer.from(hex, 'hex')])
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['only a header', header],
    ['a header of something else', Buffer.from('d95d0280', 'hex')],
    ['another type', cbor('01')],
    ['four parts', cbor('8480808080')],
    ['no list', cbor('a0')],
    ['lists in lists without end', cbor('81'.repeat(50_000))],
    ['an endless list', cbor('9fff')],
    ['a list longer than the proof', cbor('9b7fffffffffffffff')],
    ['tags', cbor('d84040')],
  ])('is refused as %s', async (_name, bytes) => {
    const { verdict, problems } = await verify(withBytes(derived, bytes))
    expect([verdict, ...problems]).toEqual(['invalid', `proof ${MALFORMED}`])
  })

  it('has one spelling', async () => {
    const { proofValue } = derived['proof'] as JsonObject
    const spellings = [
      `${proofValue}=`,
      `U${String(proofValue).slice(1)}`,
      `u ${String(proofValue).slice(1)}`,
      '',
    ]
    for (const value of spellings) {
      const proof = { ...(derived['proof'] as JsonObject), proofValue: value }
      expect((await verify({ ...derived, proof })).problems).toEqual([`proof ${MALFORMED}`])
    }
    const trailing = Buffer.concat([bytesOf(derived), Buffer.from([0])])
    expect((await verify(withBytes(derived, trailing))).problems).toEqual([`proof ${MALFORMED}`])
    const tail = bytesOf(derived)
      .toString('hex')
      .replace(/^d95d0185/, 'd95d01980500')
    const long = Buffer.from(tail.replace('980500', '9805'), 'hex')
    expect((await verify(withBytes(derived, long))).problems).toEqual([`proof ${MALFORMED}`])
  })

  it('needs a P-256 key of the issuer', async () => {
    const { publicKeyMultibase: edwards } = generateKeyPair()
    expect((await verify(derived, edwards)).problems).toEqual(['proof ERR_OB_KEY_MATERIAL'])
    const other = await multikey.generate({ curve: 'P-256', id: KEY, controller: ISSUER })
    expect((await verify(derived, other.publicKeyMultibase)).problems).toEqual([`proof ${WRONG}`])
    const large = await multikey.generate({ curve: 'P-384', id: KEY, controller: ISSUER })
    expect((await verify(derived, large.publicKeyMultibase)).problems).toEqual([
      'proof ERR_OB_KEY_MATERIAL',
    ])
  })

  it('signs its own options along', async () => {
    const proof = derived['proof'] as JsonObject
    for (const more of [{ created: '2026-01-02T00:00:00Z' }, { domain: 'x.example' }]) {
      expect((await verify({ ...derived, proof: { ...proof, ...more } })).problems).toEqual([
        `proof ${WRONG}`,
      ])
    }
    const own = { ...derived, proof: { ...proof, '@context': derived['@context'] } }
    expect((await verify(own)).verdict).toBe('invalid')
  })
})

describe('statements under their signed labels', () => {
  it('keep every text as it is', () => {
    const text = fc.stringMatching(/^[ -!#-[\]-~]{0,30}(_:c14n0 ?\.?)?[ -!#-[\]-~]{0,9}$/)
    fc.assert(
      fc.property(text, fc.constantFrom('', '@en', '^^<urn:x>'), (value, tail) => {
        const line = `_:c14n0 <urn:p> "${value}"${tail} .\n`
        const graph = `<urn:s> <urn:p> "${value}"${tail} _:c14n0 .\n`
        const both = `_:c14n0 <urn:p> _:c14n0 _:c14n0 .\n`
        const labels = new Map([['c14n0', 'uX']])
        expect(relabelStatements(line, labels)).toEqual([`_:uX <urn:p> "${value}"${tail} .\n`])
        expect(relabelStatements(graph, labels)).toEqual([
          `<urn:s> <urn:p> "${value}"${tail} _:uX .\n`,
        ])
        expect(relabelStatements(both, labels)).toEqual(['_:uX <urn:p> _:uX _:uX .\n'])
      }),
    )
  })
})

type Path = readonly (string | number)[]

/** The ways to every value of a document that is not an object or a list. */
function leavesOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const isList = Array.isArray(value)
  return Object.entries(value).flatMap(([name, inner]) =>
    leavesOf(inner, [...path, isList ? Number(name) : name]),
  )
}

function changeAt(value: unknown, [first, ...rest]: Path, change: (leaf: unknown) => unknown) {
  if (first === undefined) return change(value)
  const copy = structuredClone(value) as Record<string | number, unknown>
  const inner = changeAt(copy[first], rest, change)
  if (inner === undefined && Array.isArray(copy)) copy.splice(Number(first), 1)
  else if (inner === undefined) delete copy[first]
  else copy[first] = inner
  return copy as unknown
}

function altered(leaf: unknown): unknown {
  if (typeof leaf === 'string') return leaf.endsWith('Z') ? leaf.replace('0Z', '1Z') : `${leaf}x`
  return typeof leaf === 'number' ? leaf + 1 : !leaf
}
