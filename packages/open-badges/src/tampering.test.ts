import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  buildCredential,
  contexts,
  controllerDocument,
  generateKeyPair,
  keyDocument,
  type SignedCredential,
  signCredential,
  statusEntry,
  verifyCredential,
} from './index.js'
import { signDocument } from './proofs/data-integrity.js'
import { createStatusBits, encodeStatusList } from './status/status-bits.js'
import { buildStatusListCredential } from './status/status-list.js'

const ISSUER = 'https://badges.example/issuers/1'
const KEY = 'https://badges.example/keys/1'
const LIST = 'https://badges.example/status/1'
const created = '2026-01-01T00:00:00Z'
const now = new Date('2026-06-01T00:00:00Z')
const key = generateKeyPair(new Uint8Array(32).fill(1))
const { publicKeyMultibase } = key
const signer = { key, verificationMethod: KEY, created }

type Path = readonly (string | number)[]
type Json = Record<string | number, unknown>

let badge: SignedCredential
let paths: { all: Path[]; leaves: Path[]; objects: Path[] }
const world: Record<string, unknown> = {
  [KEY]: keyDocument({ id: KEY, controller: ISSUER, publicKeyMultibase }),
  [ISSUER]: controllerDocument({ id: ISSUER, keys: [{ id: KEY, publicKeyMultibase }] }),
}

beforeAll(async () => {
  const unsigned = buildCredential({
    id: 'https://badges.example/credentials/1',
    issuer: { id: ISSUER, name: 'Example', url: 'https://e.example', email: 'b@e.example' },
    achievement: {
      id: 'https://badges.example/badges/1',
      name: 'Telemetry',
      description: 'Knows telemetry',
      criteria: { id: 'https://badges.example/c', narrative: 'Pass' },
      image: { id: 'https://badges.example/1.png', caption: 'Dish' },
      tags: ['a', 'b'],
      alignment: [{ targetName: 'F', targetUrl: 'https://f.example' }],
      creditsAvailable: 2.5,
      inLanguage: 'en',
    },
    recipient: { email: 'ana@example.org', salt: 'pepper', name: 'Ana' },
    validFrom: created,
    validUntil: '2027-01-01T00:00:00Z',
    awardedDate: created,
    evidence: [{ id: 'https://e.example/1', name: 'Essay' }],
    status: statusEntry({ listUrl: LIST, index: 3, purpose: 'revocation' }),
  })
  badge = await signCredential(unsigned, signer)
  world[LIST] = await signDocument(
    buildStatusListCredential({
      id: LIST,
      issuer: ISSUER,
      statusPurpose: 'revocation',
      encodedList: encodeStatusList(createStatusBits()),
      validFrom: created,
    }),
    signer,
  )
  paths = pathsOf(badge)
})

function pathsOf(
  value: unknown,
  path: Path = [],
): { all: Path[]; leaves: Path[]; objects: Path[] } {
  if (typeof value !== 'object' || value === null)
    return { all: [path], leaves: [path], objects: [] }
  const inner = Object.entries(value).map(([name, member]) =>
    pathsOf(member, [...path, Array.isArray(value) ? Number(name) : name]),
  )
  return {
    all: [...(path.length > 0 ? [path] : []), ...inner.flatMap(({ all }) => all)],
    leaves: inner.flatMap(({ leaves }) => leaves),
    objects: [...(Array.isArray(value) ? [] : [path]), ...inner.flatMap(({ objects }) => objects)],
  }
}

function change(path: Path, edit: (parent: Json, name: string | number) => void): unknown {
  const copy = structuredClone(badge) as unknown as Json
  const parent = path.slice(0, -1).reduce((node, name) => node[name] as Json, copy)
  edit(parent, path.at(-1) ?? '')
  return copy
}

const at = (path: Path, value: unknown) =>
  change(path, (parent, name) => {
    parent[name] = value
  })
const verdictOf = async (tampered: unknown) =>
  (await verifyCredential(tampered, { documents: async (url) => world[url], now })).verdict

// Two official names of one class, and one statement (Open Badges 3.0, AchievementCredential).
const isAlias = (path: Path, value: unknown) =>
  path[0] === 'type' && value === 'AchievementCredential'

describe('a signed badge', () => {
  it('is valid as it was signed, whatever the order of its members', async () => {
    expect(await verdictOf(badge)).toBe('valid')
    expect(await verdictOf(Object.fromEntries(Object.entries(badge).reverse()))).toBe('valid')
  })

  it('is not valid with any value changed', async () => {
    const values = fc.oneof(
      fc.string(),
      fc.jsonValue(),
      fc.constantFrom('Telemetry', created, ISSUER, KEY, 'true', true, 3, '3', null, [], {}),
    )
    await fc.assert(
      fc.asyncProperty(fc.nat(), values, async (pick, value) => {
        const path = paths.leaves[pick % paths.leaves.length] ?? []
        const before = path.reduce<unknown>((node, name) => (node as Json)[name], badge)
        fc.pre(JSON.stringify(before) !== JSON.stringify(value) && !isAlias(path, value))
        expect(await verdictOf(at(path, value))).not.toBe('valid')
      }),
      { numRuns: 250 },
    )
  })

  it('is not valid with any character of any text changed', async () => {
    for (const path of paths.leaves) {
      const before = path.reduce<unknown>((node, name) => (node as Json)[name], badge)
      for (const after of [`${before}x`, `x${before}`, `${before} `, String(before).slice(1)]) {
        expect([path, await verdictOf(at(path, after))]).not.toEqual([path, 'valid'])
      }
    }
  })

  it('is not valid with any member removed, nulled, emptied or wrapped twice', async () => {
    for (const path of paths.all) {
      const before = path.reduce<unknown>((node, name) => (node as Json)[name], badge)
      const removed = change(path, (parent, name) => {
        if (Array.isArray(parent)) parent.splice(Number(name), 1)
        else delete parent[name]
      })
      for (const tampered of [removed, at(path, null), at(path, []), at(path, [[before]])]) {
        expect([path, await verdictOf(tampered)]).not.toEqual([path, 'valid'])
      }
    }
  })

  it('is not valid with any member spelled as JSON-LD would also read it', async () => {
    const spellings = (before: unknown) => [
      { '@value': before },
      { '@id': before },
      { '@set': [before] },
    ]
    for (const path of paths.leaves) {
      const before = path.reduce<unknown>((node, name) => (node as Json)[name], badge)
      for (const spelling of spellings(before)) {
        expect([path, await verdictOf(at(path, spelling))]).not.toEqual([path, 'valid'])
      }
    }
  })

  it('is not valid with a member hidden under its full name', async () => {
    const { credentialStatus, validUntil, ...rest } = badge as unknown as Json
    const vocabulary = 'https://www.w3.org/2018/credentials#'
    const date = { '@value': validUntil, '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' }
    for (const hidden of [
      { ...rest, validUntil, [`${vocabulary}credentialStatus`]: credentialStatus },
      { ...rest, credentialStatus, [`${vocabulary}validUntil`]: date },
      { ...rest, validUntil, '@included': [{ credentialStatus }] },
    ]) {
      expect(await verdictOf(hidden)).not.toBe('valid')
    }
  })

  it('is not valid with anything added anywhere', async () => {
    const additions: Json = {
      surprise: 'x',
      id: '_:b0',
      '@index': 'x',
      '@id': 'https://e.example/x',
      '@type': 'Image',
      '@context': 'https://www.w3.org/ns/credentials/v2',
      '@graph': [],
      '@reverse': {},
      '@nest': {},
      __proto__x: 1,
      description: 'x',
      narrative: null,
      image: [],
      proof: {},
      expires: '2030-01-01T00:00:00Z',
      'https://schema.org/name': 'x',
    }
    for (const path of paths.objects) {
      for (const [name, value] of Object.entries(additions)) {
        const parent = path.reduce<unknown>((node, part) => (node as Json)[part], badge) as Json
        if (name in parent) continue
        const tampered = at([...path, name], value)
        expect([path, name, await verdictOf(tampered)]).not.toEqual([path, name, 'valid'])
      }
    }
  })

  it('is not valid under any other choice or order of two known contexts', async () => {
    const [first, second] = badge['@context']
    for (const url of contexts.keys()) {
      if (url === first || url === second) continue
      for (const choice of [[url], [url, second], [first, url], [url, first], [second, first]]) {
        expect([choice, await verdictOf({ ...badge, '@context': choice })]).not.toEqual([
          choice,
          'valid',
        ])
      }
    }
  })
})
