import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  buildCredential,
  buildStatusListCredential,
  controllerDocument,
  createStatusBits,
  encodeStatusList,
  generateKeyPair,
  setStatus,
  signCredentialJwt,
  signDocument,
  statusEntry,
  verifyCredential,
} from '../index.js'
import { signJws } from '../proofs/sign-jwt.js'
import { decodeOlderList, getStatusValue } from './status-bits.js'

const ISSUER = 'https://badges.example/issuers/1'
const KEY = `${ISSUER}#key-1`
const LIST = 'https://badges.example/status/1'
const OTHER = 'https://badges.example/status/2'
const V1 = 'https://www.w3.org/2018/credentials/v1'
const LIST_2021 = 'https://w3id.org/vc/status-list/2021/v1'
const created = '2026-01-01T00:00:00Z'
const now = new Date('2026-06-01T00:00:00Z')
const key = generateKeyPair(new Uint8Array(32).fill(1))
const signer = { key, verificationMethod: KEY, created }
const keys = [{ id: KEY, publicKeyMultibase: key.publicKeyMultibase }]

const badge = buildCredential({
  id: 'https://badges.example/credentials/1',
  issuer: { id: ISSUER, name: 'Example' },
  achievement: {
    id: 'https://badges.example/badges/1',
    name: 'Telemetry',
    description: 'Knows telemetry',
    criteria: { narrative: 'Pass' },
  },
  recipient: { email: 'ana@example.org' },
  validFrom: created,
})

const bitsWith = (...indexes: number[]) => {
  const bits = createStatusBits(MANY)
  for (const index of indexes) setStatus(bits, index, 1)
  return bits
}
const MANY = 131_072 * 4

const listOf = (purpose: string, bits: Uint8Array, more: object = {}) => ({
  ...buildStatusListCredential({
    id: LIST,
    issuer: ISSUER,
    statusPurpose: 'revocation',
    encodedList: encodeStatusList(bits),
    validFrom: created,
  }),
  credentialSubject: {
    type: 'BitstringStatusList',
    statusPurpose: purpose,
    encodedList: encodeStatusList(bits),
    ...more,
  },
})
const entryOf = (index: number, more: object = {}) => ({
  ...statusEntry({ listUrl: LIST, index, purpose: 'revocation' }),
  ...more,
})

async function verify(
  credentialStatus: unknown,
  lists: Record<string, unknown>,
  more: object = {},
) {
  const signed = await signDocument({ ...badge, credentialStatus, ...more }, signer)
  const world: Record<string, unknown> = {
    [ISSUER]: controllerDocument({ id: ISSUER, keys }),
    ...lists,
  }
  const documents = async (url: string) => world[url] ?? Promise.reject(new Error('nothing'))
  const { verdict, checks } = await verifyCredential(signed, { documents, now })
  return { verdict, status: checks.filter(({ code }) => code === 'status') }
}

async function outcome(...args: Parameters<typeof verify>) {
  const { verdict, status } = await verify(...args)
  return [verdict, ...status.flatMap(({ error }) => error ?? [])]
}

describe('a status list of 2021', () => {
  const older = (indexes: number[], changes: object = {}) => ({
    '@context': [V1, LIST_2021, 'https://w3id.org/security/data-integrity/v2'],
    id: LIST,
    type: ['VerifiableCredential', 'StatusList2021Credential'],
    issuer: ISSUER,
    issuanceDate: created,
    credentialSubject: {
      id: `${LIST}#list`,
      type: 'StatusList2021',
      statusPurpose: 'revocation',
      encodedList: encodeStatusList(bitsWith(...indexes)).slice(1),
    },
    ...changes,
  })
  const more = { '@context': [...badge['@context'], LIST_2021] }
  const entry = { ...entryOf(5), type: 'StatusList2021Entry' }

  it('is read, signed in the way of VC 1.1 or as a JWT', async () => {
    for (const [indexes, expected] of [
      [[4], ['valid']],
      [
        [4, 5],
        ['revoked', 'ERR_OB_REVOKED'],
      ],
    ] as const) {
      const list = await signDocument(older([...indexes]), signer)
      expect(await outcome(entry, { [LIST]: list }, more)).toEqual(expected)
      const token = signCredentialJwt(older([...indexes]), signer)
      expect(await outcome(entry, { [LIST]: token }, more)).toEqual(expected)
    }
  })

  it('is not trusted out of its dates, nor when it is a list of another generation', async () => {
    for (const list of [
      older([], { expirationDate: '2026-05-01T00:00:00Z' }),
      older([], { issuanceDate: '2026-07-01T00:00:00Z' }),
      listOf('revocation', bitsWith()),
    ]) {
      const answer = await signDocument(list, signer)
      const expected = ['unknown', 'ERR_OB_STATUS_UNTRUSTED']
      expect(await outcome(entry, { [LIST]: answer }, more)).toEqual(expected)
    }
  })

  it('has the same bits with or without the prefix, in either alphabet', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1000), { maxLength: 20 }), (indexes) => {
        const bits = bitsWith(...indexes)
        const packed = gzipSync(bits)
        const texts = [
          packed.toString('base64url'),
          packed.toString('base64'),
          encodeStatusList(bits),
        ]
        for (const text of texts) expect(Buffer.compare(decodeOlderList(text), bits)).toBe(0)
      }),
      { numRuns: 10 },
    )
  })
})

describe('several statuses', () => {
  it('are each looked up in their own list, the worse telling', async () => {
    const suspension = { ...listOf('suspension', bitsWith(7)), id: OTHER }
    const lists = {
      [LIST]: await signDocument(listOf('revocation', bitsWith(9)), signer),
      [OTHER]: await signDocument(suspension, signer),
    }
    const both = (revocation: number, index: number) => [
      entryOf(revocation),
      statusEntry({ listUrl: OTHER, index, purpose: 'suspension' }),
    ]
    expect(await outcome(both(1, 1), lists)).toEqual(['valid'])
    expect(await outcome(both(1, 7), lists)).toEqual(['suspended', 'ERR_OB_SUSPENDED'])
    expect(await outcome(both(9, 7), lists)).toEqual([
      'revoked',
      'ERR_OB_REVOKED',
      'ERR_OB_SUSPENDED',
    ])
    expect(await outcome(both(1, 1), { [LIST]: lists[LIST] })).toEqual([
      'unknown',
      'ERR_OB_STATUS_UNREACHABLE',
    ])
  })
})

describe('a list', () => {
  const list = () => signDocument(listOf('revocation', bitsWith(5), { ttl: 300_000 }), signer)

  it('is read from text as from JSON, with an index that is a number', async () => {
    const answer = JSON.stringify(await list())
    const numbered = entryOf(5, { statusListIndex: 5 })
    expect(await outcome(numbered, { [LIST]: answer })).toEqual(['revoked', 'ERR_OB_REVOKED'])
    expect(await outcome(entryOf(4), { [LIST]: answer })).toEqual(['valid'])
  })

  it('inside the claim vc of a JWT is read', async () => {
    const bare = listOf('revocation', bitsWith(5))
    const [, payload = ''] = signCredentialJwt(bare, signer).split('.')
    const { iss, jti, nbf } = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const token = signJws({ alg: 'EdDSA', kid: KEY }, { iss, jti, nbf, vc: bare }, key)
    expect(await outcome(entryOf(5), { [LIST]: token })).toEqual(['revoked', 'ERR_OB_REVOKED'])
  })

  it.each<[string, unknown, unknown, string]>([
    ['text that is not JSON', '<html>Sorry</html>', entryOf(4), 'ERR_OB_STATUS_LIST'],
    ['text that says two things', '{"id":1,"id":2}', entryOf(4), 'ERR_OB_STATUS_LIST'],
    ['nothing', undefined, entryOf(4), 'ERR_OB_STATUS_UNREACHABLE'],
    ['a list that is too short', undefined, entryOf(MANY), 'ERR_OB_STATUS_RANGE'],
    ['two bits', undefined, entryOf(4, { statusSize: 2 }), 'ERR_OB_STATUS_UNSUPPORTED'],
    ['no bits', undefined, entryOf(4, { statusSize: 0 }), 'ERR_OB_STATUS_UNSUPPORTED'],
  ])('answering with %s leaves the status unknown', async (...row) => {
    const [, answer, entry, error] = row
    const isList = error === 'ERR_OB_STATUS_RANGE'
    const found = await outcome(entry, { [LIST]: isList ? await list() : answer })
    expect(found).toEqual(['unknown', error])
  })
})

describe('what a list says beside validity', () => {
  const messages = [
    { status: '0x0', message: 'On its way' },
    { status: '0x2', message: 'Lost in the post' },
  ]
  const entry = (index: number, more: object = {}) =>
    entryOf(index, { statusPurpose: 'message', statusSize: 2, statusMessage: messages, ...more })
  const lists = async (purpose: string) => ({
    // Entries 0 to 3 of two bits: 00, 10, 01, 11.
    [LIST]: await signDocument(listOf(purpose, bitsWith(2, 5, 6, 7)), signer),
  })

  it.each([
    [0, 'On its way'],
    [1, 'Lost in the post'],
    [2, 'status 1, which the badge does not explain'],
    [3, 'status 3, which the badge does not explain'],
  ])('is told as a remark: message %i', async (index, message) => {
    const { verdict, status } = await verify(entry(index), await lists('message'))
    expect(verdict).toBe('valid')
    expect(status).toMatchObject([
      { outcome: 'warning', message: `The issuer says of the badge: ${message}` },
    ])
  })

  it('is that there is a newer form', async () => {
    const newer = (index: number) => entryOf(index, { statusPurpose: 'refresh' })
    const known = await lists('refresh')
    expect((await verify(newer(5), known)).status).toMatchObject([{ outcome: 'warning' }])
    expect((await verify(newer(4), known)).status).toMatchObject([{ outcome: 'passed' }])
  })

  it('does not make the badge unknown when it cannot be had', async () => {
    const { verdict, status } = await verify(entry(1), {})
    expect(verdict).toBe('valid')
    expect(status).toMatchObject([
      { outcome: 'warning', detail: { error: 'ERR_OB_STATUS_UNREACHABLE' } },
    ])
  })

  it('is the number that its bits spell, the first bit being the highest', () => {
    const values = fc.array(fc.nat(7), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(values, (written) => {
        const bits = createStatusBits()
        written.forEach((value, index) => {
          for (const i of [0, 1, 2])
            setStatus(bits, index * 3 + i, ((value >> (2 - i)) & 1) as 0 | 1)
        })
        const read = written.map((_, index) => getStatusValue(bits, { index, size: 3 }))
        expect(read).toEqual(written)
      }),
      { numRuns: 30 },
    )
  })
})
