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

const ISSUER = 'https://badges.example/issuers/1'
const KEY = `${ISSUER}#key-1`
const LIST = 'https://badges.example/status/1'
const ID = 'https://badges.example/credentials/1'
const created = '2026-01-01T00:00:00Z'
const now = new Date('2026-06-01T00:00:00Z')
const key = generateKeyPair(new Uint8Array(32).fill(1))
const signer = { key, verificationMethod: KEY, created }
const keys = [{ id: KEY, publicKeyMultibase: key.publicKeyMultibase }]

const badge = buildCredential({
  id: ID,
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

async function outcome(signed: unknown, list: unknown) {
  const world: Record<string, unknown> = {
    [ISSUER]: controllerDocument({ id: ISSUER, keys }),
    [LIST]: list,
  }
  const { verdict, checks } = await verifyCredential(signed, {
    documents: async (url) => world[url],
    now,
  })
  return [verdict, ...checks.flatMap(({ error }) => error ?? [])]
}

describe('the plain revocation list of an issuer', () => {
  const listed = {
    ...badge,
    '@context': [...badge['@context'], 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'],
    credentialStatus: { id: LIST, type: '1EdTechRevocationList' },
  }
  const list = { id: LIST, issuer: ISSUER }
  it.each<[string, unknown, string[]]>([
    ['nobody', list, ['valid']],
    ['others', { ...list, revokedCredential: [{ id: `${ID}0` }] }, ['valid']],
    ['it', { ...list, revokedCredential: [{ id: ID }] }, ['revoked', 'ERR_OB_REVOKED']],
    [
      'it, in the plural',
      { ...list, revokedCredentials: [{ id: ` ${ID.replace('/1', '/%31')}`, revoked: true }] },
      ['revoked', 'ERR_OB_REVOKED'],
    ],
    ['it no longer', { ...list, revokedCredential: [{ id: ID, revoked: false }] }, ['valid']],
    ['things', { ...list, revokedCredential: [ID] }, ['unknown', 'ERR_OB_STATUS_LIST']],
    [
      'for another issuer',
      { id: LIST, issuer: 'https://x.example' },
      ['unknown', 'ERR_OB_STATUS_UNTRUSTED'],
    ],
    ['under another id', { ...list, id: ISSUER }, ['unknown', 'ERR_OB_STATUS_UNTRUSTED']],
    ['nothing', undefined, ['unknown', 'ERR_OB_STATUS_UNREACHABLE']],
  ])('is read when it revokes %s', async (_name, answer, expected) => {
    const signed = await signDocument(listed, signer)
    expect(await outcome(signed, answer)).toEqual(expected)
    expect(await outcome(signCredentialJwt(listed, signer), answer)).toEqual(expected)
  })
})

describe('a bitstring list that is a JWT', () => {
  const bits = createStatusBits()
  setStatus(bits, 5, 1)
  const list = buildStatusListCredential({
    id: LIST,
    issuer: ISSUER,
    statusPurpose: 'revocation',
    encodedList: encodeStatusList(bits),
    validFrom: created,
  })
  const withStatus = (index: number) =>
    signDocument(
      { ...badge, credentialStatus: statusEntry({ listUrl: LIST, index, purpose: 'revocation' }) },
      signer,
    )

  it('is read as one with an embedded proof', async () => {
    const token = signCredentialJwt(list, signer)
    expect(await outcome(await withStatus(4), token)).toEqual(['valid'])
    expect(await outcome(await withStatus(5), `${token}\n`)).toEqual(['revoked', 'ERR_OB_REVOKED'])
  })

  it('is not trusted when another signed it, when it is another list, or none', async () => {
    const thief = { ...signer, key: generateKeyPair() }
    for (const token of [
      signCredentialJwt(list, thief),
      signCredentialJwt({ ...list, id: `${LIST}0` }, signer),
      signCredentialJwt({ ...list, issuer: 'https://x.example' }, signer),
      signCredentialJwt({ ...list, vc: list }, signer),
      'bm8.bm8.bm8',
      { jwt: 'hello' },
    ]) {
      expect(await outcome(await withStatus(4), token)).toEqual([
        'unknown',
        'ERR_OB_STATUS_UNTRUSTED',
      ])
    }
  })
})
