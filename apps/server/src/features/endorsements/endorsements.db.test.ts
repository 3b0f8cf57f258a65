import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
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

async function anEndorsedBadge(identifier: 'url' | 'did:web' = 'url') {
  const badge = await aSignedBadge(app, { identifier })
  const endorser = await aSignedBadge(app, { issuerName: 'Guild <of> Statisticians' })
  const { issuerId } = endorser
  const say = async (subject: object, comment: string) =>
    await api.post('endorsements', { issuerId, subject, comment })
  const ofBadge = await say({ badgeTemplateId: badge.templateId }, 'We hire for this.')
  const ofIssuer = await say({ issuerId: badge.issuerId }, 'They teach well.')
  expect(ofBadge.status, JSON.stringify(ofBadge.body)).toBe(201)
  return { ...badge, endorser: issuerId, ofBadge: ofBadge.body, ofIssuer: ofIssuer.body }
}

const signedAnew = async (badge: { templateId: string }) =>
  (await stranger.get(`/credentials/${await anotherSigned(app, badge)}`)).body

describe('an endorsement', () => {
  it('is signed, served in both forms, and verifies', async () => {
    const { ofBadge, templateId, endorser } = await anEndorsedBadge()
    expect(ofBadge).toMatchObject({
      issuerId: endorser,
      issuerName: 'Guild <of> Statisticians',
      subject: { badgeTemplateId: templateId },
      comment: 'We hire for this.',
      withdrawnAt: null,
    })
    const url = new URL(ofBadge.publicUrl).pathname
    const json = await stranger.get(url)
    expect(json.json().credentialSubject).toMatchObject({ endorsementComment: 'We hire for this.' })
    const jwt = await stranger.get(url, 'application/vc+jwt')
    expect(jwt.headers['content-type']).toBe('application/vc+jwt')
    for (const text of [json.body, jwt.body]) {
      const report = await stranger.verify(text)
      expect(report.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
      expect(report.verdict).toBe('valid')
    }
  })

  it.each(['url', 'did:web'] as const)(
    'is carried by badges that are signed from then on, whose issuer is named by %s',
    async (identifier) => {
      const badge = await anEndorsedBadge(identifier)
      const before = (await stranger.get(`/credentials/${badge.awardId}`)).json()
      expect(before.credentialSubject.achievement.endorsement).toBeUndefined()
      const text = await signedAnew(badge)
      const { credentialSubject, issuer } = JSON.parse(text)
      const served = await stranger.get(new URL(badge.ofBadge.publicUrl).pathname)
      expect(credentialSubject.achievement.endorsement).toEqual([served.json()])
      expect(issuer.endorsement).toHaveLength(1)
      const report = await stranger.verify(text)
      expect(report.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
      expect(report.verdict).toBe('valid')
      expect(report.endorsements?.map(({ verdict }) => verdict)).toEqual(['valid', 'valid'])
    },
  )

  it('is shown on the page of the badge, until it is withdrawn', async () => {
    const badge = await anEndorsedBadge()
    const page = async () =>
      (await stranger.get(`/public/badges/${badge.templateId}`, 'text/html')).body
    expect(await page()).toContain(
      '<strong>Guild &#60;of&#62; Statisticians</strong>: We hire for this.',
    )
    const answer = await api.post(`endorsements/${badge.ofBadge.id}/withdrawal`)
    expect(answer.body.withdrawnAt).toBe('2026-06-01T12:00:00.5Z')
    expect(await page()).not.toContain('We hire for this.')
    const gone = await stranger.get(new URL(badge.ofBadge.publicUrl).pathname)
    expect(gone.statusCode).toBe(404)
    expect(gone.json().title).toBe('This endorsement was withdrawn.')
    const { credentialSubject } = JSON.parse(await signedAnew(badge))
    expect(credentialSubject.achievement.endorsement).toBeUndefined()
    const again = await api.post(`endorsements/${badge.ofBadge.id}/withdrawal`)
    expect(again.body.code).toBe('conflict')
  })

  it('is listed, the latest first, page by page', async () => {
    const { ofBadge, ofIssuer } = await anEndorsedBadge()
    const all = await api.get('endorsements?limit=200')
    const ids = all.body.items.map(({ id }: { id: string }) => id)
    expect(ids).toEqual(expect.arrayContaining([ofBadge.id, ofIssuer.id]))
    const first = await api.get('endorsements?limit=1')
    const second = await api.get(`endorsements?limit=1&cursor=${first.body.next}`)
    expect([first.body.items[0].id, second.body.items[0].id]).toEqual(ids.slice(0, 2))
    expect((await api.get(`endorsements/${ofIssuer.id}`)).body).toEqual(ofIssuer)
  })

  it('is refused of oneself, of nothing, and by nobody', async () => {
    const { issuerId, templateId } = await aSignedBadge(app)
    const nobody = '00000000-0000-4000-8000-000000000000'
    const say = async (by: string, subject: object) =>
      (await api.post('endorsements', { issuerId: by, subject, comment: 'Good.' })).body.code
    expect(await say(issuerId, { issuerId })).toBe('conflict')
    expect(await say(issuerId, { badgeTemplateId: templateId })).toBe('conflict')
    expect(await say(issuerId, { badgeTemplateId: nobody })).toBe('template-not-found')
    expect(await say(nobody, { issuerId })).toBe('issuer-not-found')
    expect((await api.get(`endorsements/${nobody}`)).body.code).toBe('endorsement-not-found')
  })
})
