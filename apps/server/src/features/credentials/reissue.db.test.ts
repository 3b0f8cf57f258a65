import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
import { runTask } from '../../testing/run-task.js'
import { aBadge, anAward, takeBack } from '../../testing/sample-awards.js'
import { anotherSigned, aSignedBadge, createStranger } from '../../testing/signed-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let api: ApiClient
let stranger: ReturnType<typeof createStranger>
let time = new Date('2026-06-01T12:00:00.500Z')
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
const later = (ms: number) => {
  time = new Date(time.getTime() + ms)
}
const stolenKeyOf = async (issuerId: string) => {
  const { keys } = (await api.get(`issuers/${issuerId}`)).body
  const { kid } = keys.find((key: { algorithm: string }) => key.algorithm === 'Ed25519')
  await api.post(`issuers/${issuerId}/keys/${kid}/revocation`, { reason: 'stolen' })
  return String(kid)
}

describe('a badge that is issued again', () => {
  it('is the same badge with what is current, and begins later', async () => {
    const { awardId, templateId, issuerId } = await aSignedBadge(app)
    const before = JSON.parse(await textOf(awardId))
    const oldJwt = await jwtOf(awardId)
    later(60_000)
    await api.patch(`badge-templates/${templateId}`, { name: 'Data Analysis I' })
    await api.patch(`issuers/${issuerId}`, { name: 'The University' })
    const answer = await api.post(`awards/${awardId}/reissue`)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    const text = await textOf(awardId)
    const after = JSON.parse(text)
    expect(after).toMatchObject({
      id: before.id,
      name: 'Data Analysis I',
      issuer: { id: before.issuer.id, name: 'The University' },
      awardedDate: '2026-03-12T08:30:00Z',
      credentialStatus: before.credentialStatus,
    })
    expect(before.validFrom).toBe('2026-03-12T08:30:00Z')
    expect(after.validFrom).toBe(`${time.toISOString().slice(0, 19)}Z`)
    expect(after.credentialSubject.identifier).toEqual(before.credentialSubject.identifier)
    expect((await stranger.verify(text)).verdict).toBe('valid')
    const jwt = await jwtOf(awardId)
    expect(jwt).not.toBe(oldJwt)
    expect((await stranger.verify(jwt)).verdict).toBe('valid')
    const replaced = app.db.selectFrom('replaced_credential').selectAll()
    const [kept] = await replaced.where('award_id', '=', awardId).execute()
    expect(kept).toMatchObject({ signed_text: JSON.stringify(before), signed_jwt: oldJwt })
    const audit = await api.get('audit-log')
    expect(audit.body.items).toContainEqual(
      expect.objectContaining({ action: 'award.reissue', subject: `award/${awardId}` }),
    )
  })

  it('is what the refresh service of the old one answers, which verifiers find', async () => {
    const { awardId } = await aSignedBadge(app)
    const old = await textOf(awardId)
    const { refreshService } = JSON.parse(old)
    expect(refreshService).toEqual({
      id: expect.stringMatching(/^https:\/\/badges\.example\/credentials\/[\w-]{22}\/refresh$/),
      type: '1EdTechCredentialRefresh',
    })
    const url = new URL(refreshService.id).pathname
    expect((await stranger.get(url)).body).toBe(old)
    later(60_000)
    await api.post(`awards/${awardId}/reissue`)
    expect((await stranger.get(url)).body).toBe(await textOf(awardId))
    expect((await stranger.get(url, 'application/vc+jwt')).body).toBe(await jwtOf(awardId))
    const report = await stranger.verify(old)
    expect(report.verdict).toBe('valid')
    expect(report.checks).toContainEqual(
      expect.objectContaining({ code: 'refresh', outcome: 'passed' }),
    )
  })

  it('begins later each time, even within one second', async () => {
    const { awardId } = await aSignedBadge(app)
    const starts: string[] = []
    for (let n = 0; n < 3; n += 1) {
      await api.post(`awards/${awardId}/reissue`)
      starts.push(JSON.parse(await textOf(awardId)).validFrom)
    }
    expect(new Set(starts).size).toBe(3)
    expect([...starts].sort()).toEqual(starts)
  })

  it('verifies again after its key was stolen', async () => {
    const { awardId, issuerId } = await aSignedBadge(app)
    const old = await textOf(awardId)
    await stolenKeyOf(issuerId)
    expect((await stranger.verify(old)).verdict).toBe('invalid')
    later(60_000)
    await api.post(`awards/${awardId}/reissue`)
    expect((await stranger.verify(await textOf(awardId))).verdict).toBe('valid')
    await takeBack(app, awardId, null)
    expect((await stranger.verify(await textOf(awardId))).verdict).toBe('revoked')
  })

  it('keeps the name of its issuer when that goes by another, or the template changes hands', async () => {
    const { awardId, issuerId, templateId } = await aSignedBadge(app)
    const other = await aBadge(app)
    await app.db
      .updateTable('issuer')
      .set({ identifier: 'did:web' })
      .where('id', '=', issuerId)
      .execute()
    await app.db
      .updateTable('badge_template')
      .set({ issuer_id: other.issuerId })
      .where('id', '=', templateId)
      .execute()
    const before = JSON.parse(await textOf(awardId))
    later(60_000)
    await api.post(`awards/${awardId}/reissue`)
    const text = await textOf(awardId)
    expect(JSON.parse(text).issuer.id).toBe(before.issuer.id)
    expect((await stranger.verify(text)).verdict).toBe('valid')
  })

  it('is refused when it was taken back, has expired, was never signed or does not exist', async () => {
    const { awardId, templateId } = await aSignedBadge(app)
    await takeBack(app, awardId, null)
    const expired = await anotherSigned(app, { templateId, expiresAt: '2026-03-20T00:00:00Z' })
    const unsigned = await anAward(app, { templateId })
    const codes = await Promise.all(
      [awardId, expired, unsigned, '00000000-0000-4000-8000-000000000000'].map(
        async (id) => (await api.post(`awards/${id}/reissue`)).body.code,
      ),
    )
    expect(codes).toEqual(['award-not-active', 'award-not-active', 'conflict', 'award-not-found'])
  })
})

describe('many badges that are issued again', () => {
  const reissuesOf = async (issuerId: string) =>
    (await api.get(`issuers/${issuerId}/reissues`)).body.items

  /** Does the batches as the queue would, one after the other. */
  async function workUntilDone(issuerId: string, id: string) {
    for (let n = 0; n < 10; n += 1) {
      await runTask(app, 'reissue-badges', { id })
      const [run] = await reissuesOf(issuerId)
      if (run.finishedAt !== null) return { run, batches: n + 1 }
    }
    throw new Error('It does not end.')
  }

  it('are those of a stolen key, in batches, and no others', async () => {
    const { issuerId, templateId, awardId } = await aSignedBadge(app)
    const ids = [awardId]
    for (let n = 0; n < 59; n += 1) ids.push(await anotherSigned(app, { templateId }))
    const revoked = await anotherSigned(app, { templateId })
    await takeBack(app, revoked, null)
    const keyId = await stolenKeyOf(issuerId)
    const untouched = await anotherSigned(app, { templateId })
    const [untouchedText, revokedText] = [await textOf(untouched), await textOf(revoked)]
    later(60_000)
    const answer = await api.post(`issuers/${issuerId}/reissue`, { keyId })
    expect(answer.status, JSON.stringify(answer.body)).toBe(202)
    expect(answer.body).toMatchObject({ issuerId, keyId, reissued: 0, finishedAt: null })
    const { run, batches } = await workUntilDone(issuerId, answer.body.id)
    expect(run).toMatchObject({ reissued: 60, failed: 0, lastError: null })
    expect(batches).toBe(2)
    for (const id of [ids[0], ids[49], ids[59]]) {
      expect((await stranger.verify(await textOf(id ?? ''))).verdict).toBe('valid')
    }
    expect(await textOf(untouched)).toBe(untouchedText)
    expect(await textOf(revoked)).toBe(revokedText)
    // Done again after it has ended, it changes nothing.
    const text = await textOf(awardId)
    await runTask(app, 'reissue-badges', { id: answer.body.id })
    expect(await textOf(awardId)).toBe(text)
  })

  it('are signed once each when two workers take the same batch', async () => {
    const { issuerId, templateId } = await aSignedBadge(app)
    for (let n = 0; n < 4; n += 1) await anotherSigned(app, { templateId })
    const { body } = await api.post(`issuers/${issuerId}/reissue`, { templateId })
    const work = () => runTask(app, 'reissue-badges', { id: body.id })
    await Promise.all([work(), work(), work()])
    expect((await reissuesOf(issuerId))[0]).toMatchObject({ reissued: 5 })
    const replaced = app.db
      .selectFrom('replaced_credential as r')
      .innerJoin('award as a', 'a.id', 'r.award_id')
      .select('r.id')
    expect(await replaced.where('a.template_id', '=', templateId).execute()).toHaveLength(5)
  })

  it('do not wait for one that cannot be signed', async () => {
    const { issuerId, templateId } = await aSignedBadge(app)
    const broken = await aBadge(app)
    await app.db
      .updateTable('badge_template')
      .set({ issuer_id: issuerId })
      .where('id', '=', broken.templateId)
      .execute()
    const bad = await anotherSigned(app, broken)
    await anotherSigned(app, { templateId })
    await app.db
      .updateTable('badge_template')
      .set({ achievement_type: 'Trophy' })
      .where('id', '=', broken.templateId)
      .execute()
    const { body } = await api.post(`issuers/${issuerId}/reissue`, {})
    const { run } = await workUntilDone(issuerId, body.id)
    expect(run).toMatchObject({ reissued: 2, failed: 1 })
    expect(run.lastError).toContain(bad)
  })

  it('are refused for an issuer, a key or a template that nobody knows', async () => {
    const { issuerId } = await aSignedBadge(app)
    const nobody = '00000000-0000-4000-8000-000000000000'
    const codes = await Promise.all([
      api.post(`issuers/${nobody}/reissue`, {}),
      api.post(`issuers/${issuerId}/reissue`, { keyId: 'x' }),
      api.post(`issuers/${issuerId}/reissue`, { templateId: nobody }),
      api.get(`issuers/${nobody}/reissues`),
    ])
    expect(codes.map(({ body }) => body.code)).toEqual([
      'issuer-not-found',
      'key-not-found',
      'template-not-found',
      'issuer-not-found',
    ])
  })
})
