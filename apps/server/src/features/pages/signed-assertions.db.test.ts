import { crc32 } from 'node:zlib'
import { unbakeAll } from '@rosette/open-badges'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../../db/database.js'
import { takeBack } from '../../testing/sample-awards.js'
import { aSignedBadge, createStranger } from '../../testing/signed-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let stranger: ReturnType<typeof createStranger>
const time = new Date('2026-06-01T12:00:00.500Z')
beforeAll(async () => {
  app = await createTestApp({}, { now: () => time })
  stranger = createStranger(app.createServer(), () => time)
})
afterAll(() => app.drop())

async function aSignedAssertion() {
  const badge = await aSignedBadge(app, {}, { evidence: [{ name: 'Essay', narrative: 'Good.' }] })
  const url = `/public/assertions/${badge.awardId}/signed`
  const answer = await stranger.get(url)
  expect(answer.statusCode).toBe(200)
  return { ...badge, url, answer, text: answer.body }
}

const part = (text: string, index: number) =>
  JSON.parse(Buffer.from(text.split('.')[index] ?? '', 'base64url').toString())

describe('an award that is signed in Open Badges 2.0', () => {
  it('verifies with the documents that the issuer publishes', async () => {
    const { text, answer, issuerId } = await aSignedAssertion()
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(part(text, 0).alg).toBe('RS256')
    const { id, verification, evidence } = part(text, 1)
    expect(id).toMatch(/^https:\/\/badges\.example\/public\/assertions\/[\w-]{22}\/signed$/)
    expect(evidence).toEqual([{ type: 'Evidence', name: 'Essay', narrative: 'Good.' }])
    const issuer = (await stranger.get(`/public/issuers/${issuerId}`)).json()
    expect(issuer).toMatchObject({
      publicKey: [verification.creator],
      revocationList: `${issuer.id}/revocations`,
    })
    expect(await stranger.fetch(verification.creator)).toMatchObject({
      type: 'CryptographicKey',
      owner: issuer.id,
      publicKeyPem: expect.stringMatching(/^-----BEGIN PUBLIC KEY-----/),
    })
    const report = await stranger.verify(text)
    expect(report.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
    expect(report.verdict).toBe('valid')
  })

  it('is the same bytes for all who ask', async () => {
    const { awardId } = await aSignedBadge(app)
    const ask = () => stranger.get(`/public/assertions/${awardId}/signed`)
    const texts = (await Promise.all([ask(), ask(), ask()])).map(({ body }) => body)
    expect(new Set(texts).size).toBe(1)
  })

  it('is on the list of its issuer once it is taken back, with the reason', async () => {
    const { awardId, text, url, issuerId } = await aSignedAssertion()
    const list = async () => (await stranger.get(`/public/issuers/${issuerId}/revocations`)).json()
    expect(await list()).toMatchObject({ type: 'RevocationList', revokedAssertions: [] })
    await takeBack(app, awardId, 'Somebody else wrote it.')
    const entry = { id: part(text, 1).id, revocationReason: 'Somebody else wrote it.' }
    const { revokedAssertions } = await list()
    expect(revokedAssertions.length).toBeGreaterThan(0)
    for (const revoked of revokedAssertions) expect(revoked).toEqual(entry)
    const report = await stranger.verify(text)
    expect(report.verdict).toBe('revoked')
    expect((await stranger.get(url)).body).toBe(text)
  })

  it('is not made of an award that was taken back before', async () => {
    const { awardId, issuerId } = await aSignedBadge(app)
    await takeBack(app, awardId, null)
    const answer = await stranger.get(`/public/assertions/${awardId}/signed`)
    expect(answer.statusCode).toBe(404)
    expect(answer.json().title).toContain('taken back before it was signed in this form')
    const list = await stranger.get(`/public/issuers/${issuerId}/revocations`)
    expect(list.json().revokedAssertions).toEqual([])
  })

  it('is believed after its key was rotated, and not after it was stolen', async () => {
    const { text, issuerId } = await aSignedAssertion()
    const { kid } = await inTransaction(app.db, (tx) => app.issuers.rotateKey(tx, issuerId, 'RSA'))
    expect((await stranger.verify(text)).verdict).toBe('valid')
    const old = part(text, 1).verification.creator.split('/').at(-1)
    expect(old).not.toBe(kid)
    await inTransaction(app.db, (tx) =>
      app.issuers.revokeKey(tx, { issuerId, kid: old, reason: 'stolen' }),
    )
    const report = await stranger.verify(text)
    expect(report.verdict).toBe('invalid')
    expect(report.checks).toContainEqual(
      expect.objectContaining({ code: 'issuer', error: 'ERR_OB_KEY_NOT_BOUND' }),
    )
  })

  it.each(['A'.repeat(43), 'x', '%00'])('has no key %s', async (kid) => {
    expect((await stranger.get(`/public/keys/${kid}`)).statusCode).toBe(404)
  })
})

describe('a picture with badges inside', () => {
  const baked = async (awardId: string, query: string) => {
    const answer = await stranger.get(`/public/assertions/${awardId}/baked?${query}`)
    expect(answer.statusCode, answer.body).toBe(200)
    return unbakeAll(answer.rawPayload).map(({ version, text }) => ({ version, text }))
  }

  it.each(['png', 'svg'])('holds both versions side by side when asked, as %s', async (format) => {
    const { awardId, text: signed } = await aSignedAssertion()
    const json = (await stranger.get(`/credentials/${awardId}`)).body
    const jwt = (await stranger.get(`/credentials/${awardId}?format=jwt`)).body
    const hosted = (await stranger.get(`/public/assertions/${awardId}`)).body
    expect(await baked(awardId, `format=${format}&v=2,3`)).toEqual([
      { version: '3.0', text: json },
      { version: '2.0', text: hosted },
    ])
    expect(await baked(awardId, `format=${format}&v=3,2&as=jwt`)).toEqual([
      { version: '3.0', text: jwt },
      { version: '2.0', text: signed },
    ])
    expect(await baked(awardId, `format=${format}&as=jwt`)).toEqual([{ version: '3.0', text: jwt }])
    expect(await baked(awardId, `format=${format}&v=2&as=jwt`)).toEqual([
      { version: '2.0', text: signed },
    ])
  })

  it.each(['v=2,2', 'v=1', 'v=', 'as=xml'])('refuses ?%s', async (query) => {
    const { awardId } = await aSignedBadge(app)
    const answer = await stranger.get(`/public/assertions/${awardId}/baked?${query}`)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().code).toBe('request-invalid')
  })

  it('keeps the other chunks of a picture that was uploaded', async () => {
    const { awardId, templateId } = await aSignedBadge(app)
    const plain = await stranger.get(`/public/badges/${templateId}/image`)
    const png = withDensity(plain.rawPayload)
    await inTransaction(app.db, async (tx) => {
      const { id } = await app.images.store(tx, png)
      await tx
        .updateTable('badge_template')
        .set({ image_id: id })
        .where('id', '=', templateId)
        .execute()
    })
    const answer = await stranger.get(`/public/assertions/${awardId}/baked?v=2,3`)
    expect(answer.rawPayload.includes(density)).toBe(true)
    expect(unbakeAll(answer.rawPayload)).toHaveLength(2)
  })
})

/** 72 dots per inch, with the name of its chunk. */
const density = Buffer.from('pHYs\0\0\x0b\x13\0\0\x0b\x13\x01', 'latin1')

/** The picture with a further chunk after its header. */
function withDensity(png: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(density.length - 4)
  const crc = Buffer.alloc(4)
  crc.writeUInt32BE(crc32(density))
  const headerEnd = 8 + 25
  return Buffer.concat([png.subarray(0, headerEnd), length, density, crc, png.subarray(headerEnd)])
}
