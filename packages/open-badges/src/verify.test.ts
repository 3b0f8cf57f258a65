import { deflateSync, gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  bake,
  buildCredential,
  buildStatusListCredential,
  type CredentialInput,
  controllerDocument,
  createStatusBits,
  encodeStatusList,
  generateKeyPair,
  keyDocument,
  type SignedCredential,
  setStatus,
  signCredential,
  signDocument,
  statusEntry,
  verifyCredential,
} from './index.js'

const ISSUER = 'https://badges.example/issuers/1'
const KEY = 'https://badges.example/keys/1'
const LIST = 'https://badges.example/status/1'
const NOW = new Date('2026-06-01T00:00:00Z')

const key = generateKeyPair(new Uint8Array(32).fill(1))
const thief = generateKeyPair(new Uint8Array(32).fill(2))
const created = '2026-01-01T00:00:00Z'
const signer = { key, verificationMethod: KEY, created }

const input: CredentialInput = {
  id: 'https://badges.example/credentials/1',
  issuer: { id: ISSUER, name: 'Example' },
  achievement: {
    id: 'https://badges.example/badges/1',
    name: 'Telemetry',
    description: 'Knows telemetry',
    criteria: { narrative: 'Pass' },
  },
  recipient: { email: 'ana@example.org', salt: 'pepper', name: 'Ana' },
  validFrom: created,
  validUntil: '2027-01-01T00:00:00Z',
}
const withStatus = (index: number, purpose: 'revocation' | 'suspension' = 'revocation') => ({
  ...input,
  status: statusEntry({ listUrl: LIST, index, purpose }),
})

type World = Record<string, unknown>

async function listOf(indexes: number[], more: object = {}, by = signer) {
  const bits = createStatusBits()
  for (const index of indexes) setStatus(bits, index, 1)
  const list = buildStatusListCredential({
    id: LIST,
    issuer: ISSUER,
    statusPurpose: 'revocation',
    encodedList: encodeStatusList(bits),
    validFrom: created,
    ...more,
  })
  return await signDocument(list, by)
}

function worldOf(changes: World = {}): World {
  return {
    [KEY]: keyDocument({ id: KEY, controller: ISSUER, publicKeyMultibase: key.publicKeyMultibase }),
    [ISSUER]: controllerDocument({
      id: ISSUER,
      keys: [{ id: KEY, publicKeyMultibase: key.publicKeyMultibase }],
    }),
    ...changes,
  }
}

const documentsOf = (world: World) => async (url: string) => {
  if (world[url] === undefined) throw new Error(`nothing at ${url}`)
  return world[url]
}

async function verify(badge: unknown, world: World = worldOf(), more: object = {}) {
  return await verifyCredential(badge, { documents: documentsOf(world), now: NOW, ...more })
}

async function outcome(badge: unknown, world: World = worldOf(), more: object = {}) {
  const { verdict, checks } = await verify(badge, world, more)
  const errors = checks.flatMap(({ code, error }) => (error ? [`${code} ${error}`] : []))
  return [verdict, ...errors]
}

let badge: SignedCredential
beforeAll(async () => {
  badge = await signCredential(buildCredential(input), signer)
})

describe('verifying a badge', () => {
  it('speaks of keys and issuers in sentences, with the addresses beside them', async () => {
    const worlds = [
      worldOf(),
      worldOf({ [ISSUER]: undefined }),
      worldOf({ [ISSUER]: { id: ISSUER, assertionMethod: [] } }),
      worldOf({ [KEY]: undefined }),
      worldOf({ [KEY]: { ...Object(worldOf()[KEY]), controller: LIST } }),
    ]
    for (const world of worlds) {
      const { checks } = await verify(badge, world)
      const about = checks.filter(({ code }) => code === 'key' || code === 'issuer')
      expect(about.map(({ message }) => message).join()).not.toContain('http')
      expect(JSON.stringify(about.map(({ detail }) => detail))).toContain(KEY)
    }
  })

  it('answers one entry per check, all passed for a sound badge', async () => {
    const report = await verify(badge, worldOf(), { recipient: 'ANA@example.org' })
    expect(report).toMatchObject({
      verdict: 'valid',
      kind: 'OpenBadgeCredential 3.0',
      badge: { name: 'Telemetry', issuerName: 'Example', recipient: 'Ana', validFrom: created },
    })
    expect(report.checks.map(({ code, outcome }) => `${code} ${outcome}`)).toEqual([
      'parse passed',
      'context passed',
      'schema passed',
      'proof passed',
      'key passed',
      'issuer passed',
      'status skipped',
      'dates passed',
      'recipient passed',
    ])
  })

  it('reads text, bytes and baked images alike', async () => {
    const text = JSON.stringify(badge)
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')
    for (const form of [text, Buffer.from(text), bake(svg, text), badge]) {
      expect(await outcome(form)).toEqual(['valid'])
    }
  })

  it('accepts a key that is a fragment of the issuer document', async () => {
    const method = `${ISSUER}#key-1`
    const keys = [{ id: method, publicKeyMultibase: key.publicKeyMultibase }]
    const signed = await signCredential(buildCredential(input), {
      ...signer,
      verificationMethod: method,
    })
    const world = { [ISSUER]: controllerDocument({ id: ISSUER, keys }) }
    expect(await outcome(signed, world)).toEqual(['valid'])
  })

  it('accepts did:web and did:key issuers', async () => {
    const did = 'did:web:badges.example:issuers:1'
    const didKey = `did:key:${key.publicKeyMultibase}`
    const keys = [{ id: `${did}#1`, publicKeyMultibase: key.publicKeyMultibase }]
    const world = {
      'https://badges.example/issuers/1/did.json': controllerDocument({ id: did, keys }),
    }
    for (const [id, method] of [
      [did, `${did}#1`],
      [didKey, `${didKey}#${key.publicKeyMultibase}`],
    ] as const) {
      const unsigned = buildCredential({ ...input, issuer: { id, name: 'Example' } })
      const signed = await signCredential(unsigned, { ...signer, verificationMethod: method })
      expect(await outcome(signed, world)).toEqual(['valid'])
    }
  })

  it('asks each address once', async () => {
    const asked: string[] = []
    const signed = await signCredential(buildCredential(withStatus(3)), signer)
    const world = worldOf({ [LIST]: await listOf([]) })
    await verifyCredential(signed, {
      now: NOW,
      documents: async (url) => {
        asked.push(url)
        return world[url]
      },
    })
    expect(asked.toSorted()).toEqual([ISSUER, KEY, LIST].toSorted())
  })
})

describe('a badge that is not sound is told apart', () => {
  const proofWith = (changes: object) => ({ ...badge, proof: [{ ...badge.proof[0], ...changes }] })

  it.each<[string, () => unknown, string[]]>([
    ['not JSON', () => 'hello', ['invalid', 'parse ERR_OB_JSON']],
    ['JSON of something else', () => '{"a":1}', ['invalid', 'parse ERR_OB_MALFORMED']],
    ['a number', () => 7, ['invalid', 'parse ERR_OB_JSON']],
    ['nothing', () => undefined, ['invalid', 'parse ERR_OB_JSON']],
    ['a JWT of nothing', () => 'eyJh.eyJi.c2ln', ['invalid', 'parse ERR_OB_JSON']],
    [
      'an unknown context',
      () => ({ ...badge, '@context': [...badge['@context'], 'https://evil.example/context'] }),
      ['unknown', 'context ERR_OB_CONTEXT_UNKNOWN'],
    ],
    [
      'a context written into the badge',
      () => ({ ...badge, '@context': [...badge['@context'], { extra: 'https://e.example/#x' }] }),
      ['invalid', 'context ERR_OB_UNSAFE'],
    ],
    [
      'a member no context defines',
      () => ({ ...badge, surprise: 'unsigned' }),
      ['invalid', 'proof ERR_OB_UNSAFE'],
    ],
    [
      'a changed member',
      () => ({ ...badge, name: 'Doctor' }),
      ['invalid', 'proof ERR_OB_SIGNATURE'],
    ],
    ['no proof', () => ({ ...badge, proof: undefined }), ['invalid', 'proof ERR_OB_PROOF_MISSING']],
    [
      'another purpose',
      () => proofWith({ proofPurpose: 'authentication' }),
      ['invalid', 'proof ERR_OB_PROOF_PURPOSE'],
    ],
    [
      'a suite that is not read yet',
      () => proofWith({ cryptosuite: 'bbs-2023' }),
      ['unknown', 'proof ERR_OB_PROOF_UNSUPPORTED'],
    ],
    [
      'a suite that does not exist',
      () => proofWith({ cryptosuite: 'none' }),
      ['invalid', 'proof ERR_OB_PROOF_SUITE'],
    ],
    [
      'a proof from the future',
      () => proofWith({ created: '2026-06-01T00:02:00Z' }),
      ['invalid', 'proof ERR_OB_PROOF_FUTURE'],
    ],
    [
      'a proof with contexts of its own',
      () => proofWith({ '@context': badge['@context'] }),
      ['invalid', 'context ERR_OB_UNSAFE'],
    ],
    [
      'a proof value that is no signature',
      () => proofWith({ proofValue: 'z111' }),
      ['invalid', 'proof ERR_OB_SIGNATURE'],
    ],
    [
      'a key nobody publishes',
      () => proofWith({ verificationMethod: `${KEY}#other` }),
      ['invalid', 'key ERR_OB_KEY_NOT_FOUND'],
    ],
    [
      'a key that does not answer',
      () => proofWith({ verificationMethod: 'https://gone.example/key' }),
      ['unknown', 'key ERR_OB_KEY_UNREACHABLE'],
    ],
    [
      'a missing description',
      () => {
        const { achievement } = badge.credentialSubject as { achievement: object }
        const bare = { ...achievement, description: undefined }
        return { ...badge, credentialSubject: { ...badge.credentialSubject, achievement: bare } }
      },
      ['invalid', 'schema ERR_OB_MALFORMED', 'proof ERR_OB_SIGNATURE'],
    ],
  ])('%s', async (_name, make, expected) => {
    expect(await outcome(make())).toEqual(expected)
  })

  it('expired, not yet valid and somebody else’s', async () => {
    const at = (now: string) => ({ now: new Date(now) })
    expect(await outcome(badge, worldOf(), at('2027-01-01T00:00:01Z'))).toEqual([
      'expired',
      'dates ERR_OB_EXPIRED',
    ])
    const later = buildCredential({ ...input, validFrom: '2026-07-01T00:00:00Z' })
    expect(await outcome(await signCredential(later, signer))).toEqual([
      'not-yet-valid',
      'dates ERR_OB_NOT_YET_VALID',
    ])
    // Asked about a moment before it was issued, when its proof had not been made either.
    expect(await outcome(badge, worldOf(), at('2020-01-01T00:00:00Z'))).toEqual([
      'not-yet-valid',
      'dates ERR_OB_NOT_YET_VALID',
    ])
    for (const recipient of ['bob@example.org', 'Ana', 'sha256$00', '']) {
      expect(await outcome(badge, worldOf(), { recipient })).toEqual([
        'invalid',
        'recipient ERR_OB_RECIPIENT',
      ])
    }
  })

  it('two members of one name in the text', async () => {
    const text = JSON.stringify(badge)
    const twice = text.replace('{', '{"na\\u006de":"Doctor",')
    expect(await outcome(twice)).toEqual(['invalid', 'parse ERR_OB_JSON_DUPLICATE'])
  })
})

describe('the key must be the issuer’s', () => {
  it('refuses a key that another party controls', async () => {
    const evil = 'https://evil.example/key'
    const signed = await signCredential(buildCredential(input), {
      key: thief,
      verificationMethod: evil,
      created,
    })
    const published = { id: evil, publicKeyMultibase: thief.publicKeyMultibase }
    for (const controller of ['https://evil.example', ISSUER]) {
      const world = worldOf({ [evil]: keyDocument({ ...published, controller }) })
      expect(await outcome(signed, world)).toEqual(['invalid', 'issuer ERR_OB_KEY_NOT_BOUND'])
    }
  })

  it('refuses a key that the issuer lists with other bytes', async () => {
    const signed = await signCredential(buildCredential(input), { ...signer, key: thief })
    const { publicKeyMultibase } = thief
    const world = worldOf({
      [KEY]: keyDocument({ id: KEY, controller: ISSUER, publicKeyMultibase }),
    })
    expect(await outcome(signed, world)).toEqual(['invalid', 'issuer ERR_OB_KEY_NOT_BOUND'])
  })

  it('refuses a revoked key, also when only the issuer says so', async () => {
    const { publicKeyMultibase } = key
    const revoked = { id: KEY, publicKeyMultibase, revoked: '2026-05-01T00:00:00Z' }
    const own = worldOf({ [KEY]: keyDocument({ ...revoked, controller: ISSUER }) })
    expect(await outcome(badge, own)).toEqual(['invalid', 'key ERR_OB_KEY_REVOKED'])
    const listed = worldOf({ [ISSUER]: controllerDocument({ id: ISSUER, keys: [revoked] }) })
    expect(await outcome(badge, listed)).toEqual(['invalid', 'issuer ERR_OB_KEY_NOT_BOUND'])
  })

  it('leaves open what an issuer that does not answer would say', async () => {
    expect(await outcome(badge, worldOf({ [ISSUER]: undefined }))).toEqual([
      'unknown',
      'issuer ERR_OB_ISSUER_UNREACHABLE',
    ])
  })
})

describe('the status of a badge', () => {
  it.each([
    ['revocation', 'revoked', 'ERR_OB_REVOKED'],
    ['suspension', 'suspended', 'ERR_OB_SUSPENDED'],
  ] as const)('is read from a %s list', async (purpose, verdict, error) => {
    const signed = await signCredential(buildCredential(withStatus(5, purpose)), signer)
    const clean = worldOf({ [LIST]: await listOf([4, 6], { statusPurpose: purpose }) })
    const marked = worldOf({ [LIST]: await listOf([5], { statusPurpose: purpose }) })
    expect(await outcome(signed, clean)).toEqual(['valid'])
    expect(await outcome(signed, marked)).toEqual([verdict, `status ${error}`])
  })

  const foreign = { ...signer, key: thief }
  const bomb = `u${gzipSync(Buffer.alloc(64 * 1024 * 1024)).toString('base64url')}`
  it.each<[string, () => Promise<unknown>, string]>([
    ['does not answer', async () => undefined, 'ERR_OB_STATUS_UNREACHABLE'],
    ['is no JSON', async () => 'list', 'ERR_OB_STATUS_LIST'],
    ['is another key’s', () => listOf([], {}, foreign), 'ERR_OB_STATUS_UNTRUSTED'],
    [
      'is another issuer’s',
      () => listOf([], { issuer: 'https://x.example' }),
      'ERR_OB_STATUS_UNTRUSTED',
    ],
    ['is another list', () => listOf([], { id: `${LIST}0` }), 'ERR_OB_STATUS_UNTRUSTED'],
    [
      'is out of date',
      () => listOf([], { validUntil: '2026-02-01T00:00:00Z' }),
      'ERR_OB_STATUS_UNTRUSTED',
    ],
    [
      'was tampered with',
      async () => ({ ...(await listOf([])), validFrom: '2026-01-02T00:00:00Z' }),
      'ERR_OB_STATUS_UNTRUSTED',
    ],
    [
      'has no proof',
      async () => ({ ...(await listOf([])), proof: undefined }),
      'ERR_OB_STATUS_UNTRUSTED',
    ],
    [
      'is for another purpose',
      () => listOf([], { statusPurpose: 'suspension' }),
      'ERR_OB_STATUS_LIST',
    ],
    ['is not a list', () => listOf([], { encodedList: 'uAAAA' }), 'ERR_OB_STATUS_LIST'],
    ['is a gzip bomb', () => listOf([], { encodedList: bomb }), 'ERR_OB_STATUS_LIST'],
  ])('is unknown when the list %s', async (_name, make, error) => {
    const signed = await signCredential(buildCredential(withStatus(5)), signer)
    const world = worldOf({ [LIST]: await make() })
    expect(await outcome(signed, world)).toEqual(['unknown', `status ${error}`])
  })

  it('is unknown when its place is outside the list', async () => {
    const signed = await signCredential(buildCredential(withStatus(131_072)), signer)
    expect(await outcome(signed, worldOf({ [LIST]: await listOf([]) }))).toEqual([
      'unknown',
      'status ERR_OB_STATUS_RANGE',
    ])
  })

  it('counts a revocation also when the badge has expired', async () => {
    const signed = await signCredential(buildCredential(withStatus(5)), signer)
    const later = { now: new Date('2028-01-01T00:00:00Z') }
    const [verdict] = await outcome(signed, worldOf({ [LIST]: await listOf([5]) }), later)
    expect(verdict).toBe('revoked')
  })
})

describe('hostile input ends in a report', () => {
  const circle: Record<string, unknown> = {}
  circle['self'] = circle
  const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`

  const throwing = {
    get a() {
      throw new Error('no')
    },
  }

  it.each<[string, unknown]>([
    ['a circle', circle],
    ['100,000 levels', deep],
    ['100,000 brackets', '['.repeat(100_000)],
    ['5 MB of text', JSON.stringify({ a: 'x'.repeat(5_000_000) })],
    ['bytes of nothing', new Uint8Array(100)],
    ['a getter that throws', throwing],
    ['a PNG of nothing', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), deflateSync('x')])],
  ])('%s', async (_name, hostile) => {
    expect(await verify(hostile)).toMatchObject({ verdict: 'invalid', checks: [{ code: 'parse' }] })
  })

  it('thousands of proofs, contexts and tangled nodes', async () => {
    const proof = badge.proof[0]
    const many = { ...badge, proof: new Array(2000).fill(proof) }
    expect(await outcome(many)).toEqual(['invalid', 'proof ERR_OB_PROOF_MISSING'])
    const contexts = { ...badge, '@context': new Array(2000).fill(badge['@context'][0]) }
    expect((await verify(contexts)).verdict).toBe('invalid')
    const evidence = new Array(3000).fill({ type: ['Evidence'], narrative: 'same' })
    expect((await verify({ ...badge, evidence })).verdict).toBe('invalid')
  })
})
