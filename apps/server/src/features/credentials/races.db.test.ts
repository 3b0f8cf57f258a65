import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
import { takeBack } from '../../testing/sample-awards.js'
import { anotherSigned, aSignedBadge, createStranger } from '../../testing/signed-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

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

const textOf = async (awardId: string) => (await stranger.get(`/credentials/${awardId}`)).body
const jwtOf = async (awardId: string) =>
  (await stranger.get(`/credentials/${awardId}?format=jwt`)).body
const signedOf = (awardId: string) => stranger.get(`/public/assertions/${awardId}/signed`)
const isValid = async (text: string) => (await stranger.verify(text)).verdict

async function someSigned(count: number) {
  const badge = await aSignedBadge(app)
  const ids = [badge.awardId]
  while (ids.length < count) ids.push(await anotherSigned(app, badge))
  return { ...badge, ids }
}

describe('at the same time', () => {
  it('taken back and issued again, a badge is never valid in any form, and keeps its entry', async () => {
    const { ids } = await someSigned(8)
    const entries = await Promise.all(
      ids.map(async (id) => JSON.parse(await textOf(id)).credentialStatus),
    )
    await Promise.all(
      ids.flatMap((id) => [
        api.post(`awards/${id}/reissue`),
        takeBack(app, id, null),
        jwtOf(id),
        signedOf(id),
      ]),
    )
    for (const [n, id] of ids.entries()) {
      const text = await textOf(id)
      expect(JSON.parse(text).credentialStatus).toEqual(entries[n])
      expect(await isValid(text)).toBe('revoked')
      expect(await isValid(await jwtOf(id))).toBe('revoked')
      const signed = await signedOf(id)
      if (signed.statusCode === 200) expect(await isValid(signed.body)).toBe('revoked')
    }
  })

  it('its key stolen and issued again, a badge is valid or found by its key', async () => {
    const { ids, issuerId } = await someSigned(8)
    const { keys } = (await api.get(`issuers/${issuerId}`)).body
    const [{ kid }] = keys
    const [revocation] = await Promise.all([
      api.post(`issuers/${issuerId}/keys/${kid}/revocation`, { reason: 'stolen' }),
      ...ids.map((id) => api.post(`awards/${id}/reissue`)),
    ])
    const texts = await Promise.all(ids.map(textOf))
    const old = texts.filter((text) => text.includes(kid))
    expect(revocation.body.badges).toBeGreaterThanOrEqual(old.length)
    for (const text of texts) {
      expect(await isValid(text)).toBe(old.includes(text) ? 'invalid' : 'valid')
    }
  })

  it('its key rotated and issued again, every badge stays valid', async () => {
    const { ids, issuerId } = await someSigned(6)
    await Promise.all([
      api.post(`issuers/${issuerId}/keys`),
      ...ids.map((id) => api.post(`awards/${id}/reissue`)),
      ...ids.map(jwtOf),
      api.post(`issuers/${issuerId}/keys`, { algorithm: 'P-256' }),
    ])
    for (const id of ids) {
      const [text, jwt] = [await textOf(id), await jwtOf(id)]
      expect([await isValid(text), await isValid(jwt)]).toEqual(['valid', 'valid'])
      const payload = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())
      expect(payload.validFrom).toBe(JSON.parse(text).validFrom)
    }
  })

  it('issued again many times, a badge keeps each text that it replaced once', async () => {
    const { awardId } = await aSignedBadge(app)
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => api.post(`awards/${awardId}/reissue`)),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    const replaced = await app.db
      .selectFrom('replaced_credential')
      .select('signed_text')
      .where('award_id', '=', awardId)
      .execute()
    const starts = [...replaced.map((row) => row.signed_text), await textOf(awardId)].map(
      (text) => JSON.parse(text).validFrom,
    )
    expect(new Set(starts).size).toBe(6)
  })
})

describe('a badge whose template went to another issuer', () => {
  it('stays valid in every form in which it was handed out, and is taken back in all of them', async () => {
    const { awardId, templateId } = await aSignedBadge(app)
    const other = await aSignedBadge(app)
    const before = [await textOf(awardId), await jwtOf(awardId), (await signedOf(awardId)).body]
    const moved = app.db.updateTable('badge_template').set({ issuer_id: other.issuerId })
    await moved.where('id', '=', templateId).execute()
    const verdicts = async (texts: string[]) => await Promise.all(texts.map(isValid))
    const after = [await textOf(awardId), await jwtOf(awardId), (await signedOf(awardId)).body]
    expect(await verdicts(before)).toEqual(['valid', 'valid', 'invalid'])
    expect(await verdicts(after)).toEqual(['valid', 'valid', 'valid'])
    await takeBack(app, awardId, null)
    expect(await verdicts(after)).toEqual(['revoked', 'revoked', 'revoked'])
  })
})
