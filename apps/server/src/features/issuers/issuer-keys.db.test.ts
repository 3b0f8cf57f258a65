import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../../db/database.js'
import { createPublicUrls } from '../../http/public-urls.js'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
import { anotherSigned, aSignedBadge, createStranger } from '../../testing/signed-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { reseal } from '../master-key/rotate-master-key.js'
import { createIssuers } from './issuers.js'

let app: TestApp
let api: ApiClient
let stranger: ReturnType<typeof createStranger>
const time = new Date('2026-06-01T12:00:00.500Z')
beforeAll(async () => {
  app = await createTestApp({}, { now: () => time })
  api = await createApiClient(app)
  stranger = createStranger(api.server, () => time)
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

type Key = { kid: string; algorithm: string; retiredAt: string | null; revokedAt: string | null }

async function keysOf(issuerId: string, algorithm: string): Promise<Key[]> {
  const { keys } = (await api.get(`issuers/${issuerId}`)).body
  return keys.filter((key: Key) => key.algorithm === algorithm)
}
const asJson = async (awardId: string) => (await stranger.get(`/credentials/${awardId}`)).body
const asJwt = async (awardId: string) =>
  (await stranger.get(`/credentials/${awardId}?format=jwt`)).body
const verdictOf = async (text: string) => (await stranger.verify(text)).verdict

async function revoke(issuerId: string, kid: string) {
  return await api.post(`issuers/${issuerId}/keys/${kid}/revocation`, { reason: 'Laptop stolen' })
}

describe('keys of several kinds', () => {
  it('are made when first needed, and published as JSON Web Keys', async () => {
    const { issuerId, awardId } = await aSignedBadge(app)
    expect(await keysOf(issuerId, 'P-256')).toEqual([])
    await asJwt(awardId)
    const [key] = await keysOf(issuerId, 'P-256')
    const id = `https://badges.example/keys/${key?.kid}`
    expect(key?.kid).toMatch(/^[\w-]{43}$/)
    const jwk = (await stranger.get(`/keys/${key?.kid}`)).json()
    expect(jwk).toMatchObject({ kty: 'EC', crv: 'P-256', kid: id, alg: 'ES256', use: 'sig' })
    const controller = (await stranger.get(`/issuers/${issuerId}`)).json()
    expect(controller.assertionMethod).toContain(id)
    expect(controller.verificationMethod).toContainEqual(
      expect.objectContaining({ id, type: 'JsonWebKey', controller: controller.id }),
    )
    const set = await stranger.get('/.well-known/jwks.json')
    expect(set.headers['content-type']).toBe('application/jwk-set+json')
    expect(set.json().keys).toContainEqual({ ...jwk, iss: controller.id })
  })

  it.each(['Ed25519', 'P-256'])('keep what they signed valid when %s is rotated', async (kind) => {
    const { issuerId, templateId, awardId } = await aSignedBadge(app)
    const old = [await asJson(awardId), await asJwt(awardId)]
    const answer = await api.post(`issuers/${issuerId}/keys`, { algorithm: kind })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    const keys = await keysOf(issuerId, kind)
    expect(keys.filter(({ retiredAt }) => retiredAt === null)).toHaveLength(1)
    expect(keys).toHaveLength(2)
    const newer = await anotherSigned(app, { templateId })
    for (const text of [...old, await asJson(newer), await asJwt(newer)]) {
      expect(await verdictOf(text)).toBe('valid')
    }
    expect(await asJwt(awardId)).toBe(old[1])
  })

  it('are refused when nobody knows them', async () => {
    const { issuerId } = await aSignedBadge(app)
    expect((await api.post(`issuers/${issuerId}/keys`, { algorithm: 'P-521' })).status).toBe(400)
  })

  it('show no secret half in any answer, and none in the database', async () => {
    const { issuerId, awardId } = await aSignedBadge(app)
    await asJwt(awardId)
    await api.post(`issuers/${issuerId}/keys`, { algorithm: 'RSA' })
    const issuer = await api.get(`issuers/${issuerId}`)
    const kids: string[] = issuer.body.keys.map(({ kid }: Key) => kid)
    const addresses = [
      `/issuers/${issuerId}`,
      `/issuers/${issuerId}/did.json`,
      '/.well-known/did.json',
      '/.well-known/jwks.json',
      ...kids.map((kid) => `/keys/${kid}`),
      ...kids.map((kid) => `/public/keys/${kid}`),
      `/public/issuers/${issuerId}`,
    ]
    const answers = await Promise.all(addresses.map((url) => stranger.get(url)))
    const audit = await api.get('audit-log')
    const texts = [
      ...answers.map(({ body }) => body),
      ...[issuer, audit].map((a) => JSON.stringify(a.body)),
    ]
    for (const text of texts) {
      expect(text).not.toMatch(/"(d|p|q|dp|dq|qi)":|privateJwk|secretKey|PRIVATE|z3u2/)
    }
    const rows = await app.db.selectFrom('issuer_key').selectAll().execute()
    for (const { public_jwk, sealed_secret } of rows) {
      expect(JSON.stringify(public_jwk)).not.toMatch(/"(d|p|q|dp|dq|qi)":/)
      expect(sealed_secret.toString('latin1')).not.toMatch(/"kty"|z3u2/)
    }
  })
})

describe('keys under another master key', () => {
  it('all sign on once they are sealed anew, and not with the old one', async () => {
    const from = randomBytes(32)
    const to = randomBytes(32)
    const own = await createTestApp({ ROSETTE_MASTER_KEY: from.toString('base64') })
    try {
      const { issuerId } = await aSignedBadge(own)
      const issuer = { id: issuerId, identifier: 'url' as const, name: 'University' }
      const urls = createPublicUrls('https://badges.example')
      const issuersWith = (masterKey: Buffer) => createIssuers({ urls, masterKey, now: () => time })
      const sign = (masterKey: Buffer, kind: 'P-256' | 'RSA') =>
        inTransaction(own.db, (tx) => issuersWith(masterKey).holdFormSigner(tx, issuer, kind))
      const before = [await sign(from, 'P-256'), await sign(from, 'RSA')]
      await inTransaction(own.db, (tx) => reseal(tx, { from, to }, 'test'))
      expect([await sign(to, 'P-256'), await sign(to, 'RSA')]).toEqual(before)
      await expect(sign(from, 'RSA')).rejects.toThrow('cannot be unsealed')
    } finally {
      await own.drop()
    }
  })
})

describe('a stolen key', () => {
  it('is believed no more, whatever it signed, and is followed by another', async () => {
    const { issuerId, templateId, awardId } = await aSignedBadge(app)
    const text = await asJson(awardId)
    const [stolen] = await keysOf(issuerId, 'Ed25519')
    const answer = await revoke(issuerId, stolen?.kid ?? '')
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    expect(answer.body.badges).toBe(1)
    expect(answer.body.issuer.keys).toContainEqual(
      expect.objectContaining({
        kid: stolen?.kid,
        revokedAt: '2026-06-01T12:00:00.5Z',
        revocationReason: 'Laptop stolen',
      }),
    )
    const report = await stranger.verify(text)
    expect(report.verdict).toBe('invalid')
    expect(report.checks).toContainEqual(
      expect.objectContaining({ code: 'key', outcome: 'failed', error: 'ERR_OB_KEY_REVOKED' }),
    )
    // Its list was signed by the stolen key too, and is signed anew: a new badge verifies.
    expect(await verdictOf(await asJson(await anotherSigned(app, { templateId })))).toBe('valid')
  })

  it('stays published as revoked, and leaves those that may sign', async () => {
    const { issuerId, awardId } = await aSignedBadge(app)
    const text = await asJwt(awardId)
    const [stolen] = await keysOf(issuerId, 'P-256')
    expect((await revoke(issuerId, stolen?.kid ?? '')).body.badges).toBe(1)
    expect(await verdictOf(text)).toBe('invalid')
    const id = `https://badges.example/keys/${stolen?.kid}`
    const controller = (await stranger.get(`/issuers/${issuerId}`)).json()
    expect(controller.assertionMethod).not.toContain(id)
    expect(controller.verificationMethod).toContainEqual(
      expect.objectContaining({ id, revoked: '2026-06-01T12:00:00Z' }),
    )
    expect((await stranger.get(`/keys/${stolen?.kid}`)).json().revoked).toMatchObject({
      reason: 'Laptop stolen',
    })
    const set = (await stranger.get('/.well-known/jwks.json')).json()
    expect(set.keys.map(({ kid }: { kid: string }) => kid)).not.toContain(id)
    // The badge itself was signed by another key.
    expect(await verdictOf(await asJson(awardId))).toBe('valid')
  })

  it('that was retired before is not followed by a further one', async () => {
    const { issuerId } = await aSignedBadge(app)
    const [old] = await keysOf(issuerId, 'Ed25519')
    await api.post(`issuers/${issuerId}/keys`)
    await revoke(issuerId, old?.kid ?? '')
    expect(await keysOf(issuerId, 'Ed25519')).toHaveLength(2)
  })

  it('is revoked once, by its own issuer, and with a reason', async () => {
    const { issuerId } = await aSignedBadge(app)
    const other = await aSignedBadge(app)
    const [key] = await keysOf(issuerId, 'Ed25519')
    const kid = key?.kid ?? ''
    expect((await revoke(other.issuerId, kid)).body).toMatchObject({ code: 'key-not-found' })
    const empty = await api.post(`issuers/${issuerId}/keys/${kid}/revocation`, { reason: ' ' })
    expect(empty.status).toBe(400)
    expect((await revoke(issuerId, kid)).status).toBe(200)
    const again = await revoke(issuerId, kid)
    expect(again.status).toBe(409)
    expect(again.body).toMatchObject({ code: 'key-revoked' })
    const audit = await api.get('audit-log')
    expect(audit.body.items).toContainEqual(
      expect.objectContaining({ action: 'issuer.revoke-key', subject: `issuer/${issuerId}` }),
    )
  })

  it('knows of badges that are being signed with it at the very moment', async () => {
    const { issuerId, templateId } = await aSignedBadge(app)
    const [key] = await keysOf(issuerId, 'Ed25519')
    const kid = key?.kid ?? ''
    const [, answer] = await Promise.all([
      Promise.all(Array.from({ length: 6 }, () => anotherSigned(app, { templateId }))),
      revoke(issuerId, kid),
    ])
    const credentials = app.db.selectFrom('credential').select('award_id')
    const signed = await credentials.where('issuer_key_kid', '=', kid).execute()
    expect(answer.body.badges).toBe(signed.length)
  })
})
