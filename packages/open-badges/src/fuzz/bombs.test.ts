import { crc32, deflateSync, gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  controllerDocument,
  generateKeyPair,
  keyDocument,
  signDocument,
  statusEntry,
  verifyCredential,
} from '../index.js'

const ISSUER = 'https://badges.example/issuers/1'
const KEY = 'https://badges.example/keys/1'
const LIST = 'https://badges.example/status/1'
const V2 = 'https://w3id.org/openbadges/v2'
const VC2 = 'https://www.w3.org/ns/credentials/v2'
const OB3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const created = '2026-01-01T00:00:00Z'
const now = new Date('2026-06-01T00:00:00Z')
const key = generateKeyPair(new Uint8Array(32).fill(1))
const { publicKeyMultibase } = key
const signer = { key, verificationMethod: KEY, created }
const MB = 1024 * 1024

const world: Record<string, unknown> = {
  [KEY]: keyDocument({ id: KEY, controller: ISSUER, publicKeyMultibase }),
  [ISSUER]: controllerDocument({ id: ISSUER, keys: [{ id: KEY, publicKeyMultibase }] }),
}

/** A report in short, and how many questions it took: the work that a stranger can make others do. */
async function verify(input: unknown, more: Record<string, unknown> = {}) {
  let asked = 0
  const documents = async (url: string) => {
    asked += 1
    const found = more[url] ?? world[url]
    if (found === undefined) throw new Error('nothing')
    return typeof found === 'function' ? found(url) : found
  }
  const { verdict, checks } = await verifyCredential(input, { documents, now })
  const errors = checks.flatMap(({ code, error }) => (error ? [`${code} ${error}`] : []))
  return { verdict, errors, asked }
}

const credential = (more: object = {}) => ({
  '@context': [VC2, OB3],
  id: 'https://badges.example/credentials/1',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: ISSUER, type: ['Profile'], name: 'Example' },
  validFrom: created,
  name: 'Telemetry',
  credentialSubject: {
    id: 'did:example:ana',
    type: ['AchievementSubject'],
    achievement: {
      id: 'https://badges.example/badges/1',
      type: ['Achievement'],
      name: 'Telemetry',
      description: 'Knows telemetry',
      criteria: { narrative: 'Pass' },
    },
  },
  ...more,
})

let signed: Awaited<ReturnType<typeof sign>>
const sign = (more: object = {}) => signDocument(credential(more), signer)
beforeAll(async () => {
  signed = await sign()
  expect((await verify(signed)).verdict).toBe('valid')
})

function chunk(type: string, ...data: (string | Uint8Array)[]): Buffer {
  const body = Buffer.concat([type, ...data].map((part) => Buffer.from(part)))
  const frame = Buffer.alloc(body.length + 8)
  frame.writeUInt32BE(body.length - 4, 0)
  body.copy(frame, 4)
  frame.writeUInt32BE(crc32(body), body.length + 4)
  return frame
}
const signature = Buffer.from('89504e470d0a1a0a', 'hex')
const header = chunk('IHDR', Buffer.alloc(13))
const png = (...chunks: Uint8Array[]) =>
  Buffer.concat([signature, header, ...chunks, chunk('IEND')])
const bomb = deflateSync(Buffer.alloc(64 * MB, 0x20))
const laughs = ['<!DOCTYPE svg [<!ENTITY a0 "ha">']
  .concat(Array.from({ length: 30 }, (_, i) => `<!ENTITY a${i + 1} "&a${i};&a${i};">`))
  .join('')
const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
const deepObject = () => {
  let value: unknown = 1
  for (let i = 0; i < 100_000; i++) value = { a: value }
  return value
}
const circle: Record<string, unknown> = credential()
circle['evidence'] = { type: ['Evidence'], of: circle }
const names = (count: number) => Array.from({ length: count }, (_, i) => `"m${i}":0`).join()

const unread = (error: string) => ['invalid', `parse ${error}`]

describe('a bomb', () => {
  it.each<[string, () => unknown, string]>([
    [
      'a compressed iTXt of 64 MB',
      () => png(chunk('iTXt', 'openbadges\0\x01\0\0\0', bomb)),
      'ERR_OB_PNG',
    ],
    ['a zTXt of 64 MB', () => png(chunk('zTXt', 'openbadges\0\0', bomb)), 'ERR_OB_PNG'],
    ['a million empty chunks', () => png(Buffer.alloc(12 * MB, chunk('teSt'))), 'ERR_OB_TOO_LARGE'],
    ['a PNG of 33 MB', () => png(chunk('tEXt', Buffer.alloc(33 * MB))), 'ERR_OB_TOO_LARGE'],
    [
      'a badge of 5 MB in a PNG',
      () => png(chunk('iTXt', 'openbadges\0\0\0\0\0', Buffer.alloc(5 * MB, 0x20))),
      'ERR_OB_TOO_LARGE',
    ],
    ['entities that grow', () => `${laughs}]><svg>&a30;</svg>`, 'ERR_OB_SVG'],
    [
      'an SVG of 17 MB',
      () => Buffer.concat([Buffer.from('<svg>'), Buffer.alloc(17 * MB, 0x61)]),
      'ERR_OB_TOO_LARGE',
    ],
    ['an SVG nested 100,000 deep', () => `<svg>${'<g>'.repeat(100_000)}`, 'ERR_OB_SVG'],
    ['JSON nested 100,000 deep', () => deep(100_000), 'ERR_OB_TOO_LARGE'],
    ['brackets nested 100,000 deep', () => '['.repeat(100_000), 'ERR_OB_TOO_LARGE'],
    ['an object nested 100,000 deep', deepObject, 'ERR_OB_JSON'],
    [
      'a JWS nested 100,000 deep',
      () => `e30.${Buffer.from(deep(100_000)).toString('base64url')}.AA`,
      'ERR_OB_TOO_LARGE',
    ],
    ['a million members', () => `{${names(1_000_000)}}`, 'ERR_OB_TOO_LARGE'],
    ['300,000 members', () => `{${names(300_000)}}`, 'ERR_OB_MALFORMED'],
    ['32 MB of spaces', () => Buffer.alloc(32 * MB, 0x20), 'ERR_OB_JSON'],
    ['32 MB of brackets', () => '['.repeat(32 * MB), 'ERR_OB_TOO_LARGE'],
    ['32 MB of quotes', () => '"'.repeat(32 * MB), 'ERR_OB_TOO_LARGE'],
    ['a data URI of 33 MB', () => `data:,${'a'.repeat(33 * MB)}`, 'ERR_OB_TOO_LARGE'],
    ['4 MB of backslashes', () => `"${'\\'.repeat(4 * MB - 8)}`, 'ERR_OB_JSON'],
    ['an object that contains itself', () => circle, 'ERR_OB_JSON'],
    [
      'an object that throws when it is read',
      () => ({
        get badge() {
          throw new Error('boo')
        },
      }),
      'ERR_OB_JSON',
    ],
  ])('of %s is refused', async (_name, make, error) => {
    const { verdict, errors, asked } = await verify(make())
    expect([verdict, ...errors]).toEqual(unread(error))
    expect(asked).toBe(0)
  })
})

describe('a badge of excess', () => {
  const many = <Value>(count: number, value: Value) => new Array<Value>(count).fill(value)

  it.each<[string, () => Promise<object> | object, string]>([
    [
      '10,000 proofs',
      () => ({ ...signed, proof: many(10_000, signed.proof[0]) }),
      'context ERR_OB_TOO_LARGE',
    ],
    ['100 contexts', () => ({ ...signed, '@context': many(100, VC2) }), 'context ERR_OB_UNSAFE'],
    [
      '30,000 values',
      () => ({ ...signed, evidence: many(30_000, { type: ['Evidence'] }) }),
      'context ERR_OB_TOO_LARGE',
    ],
    [
      'a depth of 50',
      () => ({ ...signed, evidence: JSON.parse(deep(50)) }),
      'context ERR_OB_TOO_LARGE',
    ],
  ])('of %s is refused without asking anybody', async (_name, make, error) => {
    const { verdict, errors, asked } = await verify(await make())
    expect(verdict).toBe('invalid')
    expect(errors).toContain(error)
    expect(asked).toBe(0)
  })

  it('of 10,000 statuses asks for none of their lists', async () => {
    const entry = statusEntry({ listUrl: LIST, index: 1, purpose: 'revocation' })
    const statuses = many(500, 0).map((_, i) => ({
      ...entry,
      id: `${LIST}#${i}`,
      statusListCredential: `${LIST}${i}`,
    }))
    const badge = await sign({ credentialStatus: statuses })
    const { verdict, errors, asked } = await verify(badge)
    expect({ verdict, errors }).toEqual({
      verdict: 'unknown',
      errors: ['status ERR_OB_STATUS_UNSUPPORTED'],
    })
    expect(asked).toBeLessThan(5)
    const more = { ...signed, credentialStatus: many(10_000, entry) }
    expect((await verify(more)).errors).toContain('context ERR_OB_TOO_LARGE')
  })

  it('of nameless things that look alike is refused, not compared for ever', async () => {
    // Each is told from the others by its neighbours only, all of which look alike, too.
    const alike = (depth: number): object => ({
      type: ['Profile'],
      name: 'x',
      ...(depth > 0 ? { parentOrg: alike(depth - 1) } : {}),
    })
    const evidence = many(700, 0).map(() => ({ type: ['Evidence'], name: 'x', audience: 'x' }))
    const tangled = { ...signed, evidence, issuer: { ...signed.issuer, parentOrg: alike(20) } }
    expect((await verify(tangled)).verdict).toBe('invalid')
  })

  it('with a status list of 64 MB is of unknown status', async () => {
    const listed = await sign({
      credentialStatus: statusEntry({ listUrl: LIST, index: 1, purpose: 'revocation' }),
    })
    const list = await signDocument(
      {
        '@context': [VC2],
        id: LIST,
        type: ['VerifiableCredential', 'BitstringStatusListCredential'],
        issuer: ISSUER,
        validFrom: created,
        credentialSubject: {
          id: `${LIST}#list`,
          type: 'BitstringStatusList',
          statusPurpose: 'revocation',
          encodedList: `u${gzipSync(Buffer.alloc(64 * MB)).toString('base64url')}`,
        },
      },
      signer,
    )
    expect(await verify(listed, { [LIST]: list })).toMatchObject({
      verdict: 'unknown',
      errors: ['status ERR_OB_STATUS_LIST'],
    })
  })
})

describe('documents that lead astray', () => {
  const HOST = 'https://older.example'
  const hosted = {
    '@context': V2,
    id: `${HOST}/1`,
    type: 'Assertion',
    badge: `${HOST}/1`,
    recipient: { type: 'email', hashed: false, identity: 'a@example.com' },
    issuedOn: created,
    verification: { type: 'hosted' },
  }

  it('in a circle are followed once each', async () => {
    const { verdict, asked } = await verify(hosted, {
      [hosted.id]: { ...hosted, issuer: hosted.id },
    })
    expect(verdict).not.toBe('valid')
    expect(asked).toBeLessThan(5)
  })

  it('to ever other addresses are followed a few times', async () => {
    let next = 0
    const anywhere = () => ({
      ...hosted,
      id: `${HOST}/${next++}`,
      endorsement: many(hosted.id),
      publicKey: many(hosted.id),
    })
    const answers = new Proxy<Record<string, unknown>>({}, { get: () => anywhere })
    for (const input of [hosted, `${HOST}/9`, signed]) {
      const { verdict, asked } = await verify(input, answers)
      expect(verdict).not.toBe('valid')
      expect(asked).toBeLessThan(20)
    }
  })

  function many(value: string): readonly string[] {
    return new Array(5000).fill(value)
  }

  it.each<[string, () => unknown]>([
    ['too long', () => ({ id: hosted.id, name: 'x'.repeat(5 * MB) })],
    ['too deep', deepObject],
    ['in a circle', () => circle],
    ['bytes', () => Buffer.alloc(5 * MB)],
    ['nothing at all', () => null],
    ['a promise of nothing', () => Promise.reject(new Error('no'))],
  ])('or are %s leave the badge unproven', async (_name, make) => {
    const answers = new Proxy<Record<string, unknown>>({}, { get: () => make })
    for (const input of [hosted, hosted.id, signed]) {
      const { verdict, asked } = await verify(input, answers)
      expect(['unknown', 'invalid']).toContain(verdict)
      expect(asked).toBeLessThan(20)
    }
  })
})
