import { detectImage, unbake, verifyCredential } from '@rosette/open-badges'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aSignedIn } from '../../testing/person.js'
import { aBadge, anAward } from '../../testing/sample-awards.js'
import { anotherSigned, createStranger } from '../../testing/signed-badges.js'
import { aStranger, aStrangersBadge } from '../../testing/strangers-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let server: ReturnType<TestApp['createServer']>
let lea: Awaited<ReturnType<typeof aSignedIn>>
const email = 'lea@university.example'
beforeAll(async () => {
  app = await createTestApp()
  server = app.createServer()
  await server.ready()
  lea = await aSignedIn(app, server, { email })
  const values = { email_proven_at: new Date().toISOString() }
  await app.db.updateTable('app_user').set(values).where('id', '=', lea.user.id).execute()
})
afterAll(async () => {
  await server.close()
  await app.drop()
})

async function fileOf(id: string, form: string) {
  const { cookie } = { cookie: [...lea.jar].map(([name, value]) => `${name}=${value}`).join('; ') }
  const headers = { cookie, 'sec-fetch-site': 'same-origin' }
  const url = `/api/v1/backpack/badges/${id}/file?form=${form}`
  const { statusCode, rawPayload, headers: sent } = await server.inject({ url, headers })
  return { status: statusCode, body: rawPayload, headers: sent, text: rawPayload.toString('utf8') }
}

describe('a badge as a file', () => {
  it('that was earned here verifies in every form, also while it is shown to nobody', async () => {
    const { templateId } = await aBadge(app)
    const awardId = await anotherSigned(app, { templateId, learner: { username: 'lea', email } })
    await lea.patch(`backpack/badges/${awardId}`, { visibility: 'private' })
    const stranger = createStranger(server, () => new Date())
    const texts: string[] = []
    for (const form of ['png', 'svg'] as const) {
      const { status, body } = await fileOf(awardId, form)
      expect([status, detectImage(body)]).toEqual([200, form])
      texts.push(unbake(body).text)
    }
    const json = await fileOf(awardId, 'json')
    expect(texts).toEqual([json.text, json.text])
    expect(json.headers['content-disposition']).toMatch(/^attachment; filename="[a-z-]+\.json"$/)
    const jwt = await fileOf(awardId, 'jwt')
    for (const text of [json.text, jwt.text]) {
      expect((await stranger.verify(text)).verdict).toBe('valid')
    }
    const pdf = await fileOf(awardId, 'pdf')
    expect([pdf.status, pdf.text.slice(0, 5)]).toEqual([200, '%PDF-'])
    expect((await lea.get(`backpack/badges/${awardId}`)).body.forms).toContain('pdf')
  })

  it('that came from elsewhere is what came, and can be had in a picture', async () => {
    const badge = await aStrangersBadge(aStranger(), { email })
    const text = JSON.stringify(badge, null, 3)
    const { body } = await lea.post('backpack/imports', { badge: text })
    const { id, forms } = { ...body.badge, forms: ['png', 'svg', 'json', 'pdf'] }
    expect((await lea.get(`backpack/badges/${id}`)).body.forms).toEqual(forms)
    expect((await fileOf(id, 'json')).text).toBe(text)
    for (const form of ['png', 'svg']) {
      const image = await fileOf(id, form)
      const documents = () => Promise.reject(new Error('Nobody is asked.'))
      const report = await verifyCredential(image.body, {
        documents,
        now: new Date(),
        recipient: email,
      })
      expect(report.verdict).toBe('valid')
    }
    expect((await fileOf(id, 'pdf')).text.slice(0, 5)).toBe('%PDF-')
    const jwt = await fileOf(id, 'jwt')
    expect([jwt.status, JSON.parse(jwt.text).code]).toEqual([409, 'conflict'])
  })

  it('is not there before it is signed, and for others', async () => {
    const { templateId } = await aBadge(app)
    const awardId = await anAward(app, { templateId, learner: { username: 'lea2', email } })
    expect((await fileOf(awardId, 'json')).status).toBe(409)
    const other = await anotherSigned(app, { templateId })
    expect((await fileOf(other, 'json')).status).toBe(404)
    expect((await fileOf(other, 'exe')).status).toBe(400)
  })
})
