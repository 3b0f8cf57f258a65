import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toPublicId } from '../../http/public-id.js'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
import { aBadgeClass, aBadgrSite, openBadgrClient } from '../../testing/badgr-client.js'
import { aPerson, goodPassword } from '../../testing/person.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let api: ApiClient
let site: Awaited<ReturnType<typeof aBadgrSite>>
let badge: string
beforeAll(async () => {
  app = await createTestApp()
  api = await createApiClient(app)
  site = await aBadgrSite(app, api)
  badge = await aBadgeClass(site)
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

/** A learner who has proven the address, with a client that holds a token. */
async function aLearner() {
  const user = await aPerson(app)
  const proven = { email_proven_at: new Date().toISOString() }
  await app.db.updateTable('app_user').set(proven).where('id', '=', user.id).execute()
  const { body } = await openBadgrClient(api.server).form('/o/token', {
    username: user.email,
    password: goodPassword,
  })
  return { user, client: openBadgrClient(api.server, `Bearer ${body.access_token}`) }
}

async function award(email: string): Promise<string> {
  const answer = await site.client.post(`/v2/badgeclasses/${badge}/assertions`, {
    recipient: { identity: email, type: 'email' },
  })
  return String(answer.body.result[0].entityId)
}

describe('a backpack', () => {
  it('holds what was earned here, and shows more where that is asked for', async () => {
    const { user, client } = await aLearner()
    const id = await award(user.email)
    const list = await client.get('/v2/backpack/assertions')
    expect(list.body.result).toMatchObject([
      { entityId: id, acceptance: 'Unaccepted', pending: false, badgeclass: badge },
    ])
    const expanded = await client.get(
      `/v2/backpack/assertions/${id}?expand=badgeclass&expand=issuer`,
    )
    expect(expanded.body.result[0]).toMatchObject({
      badgeclass: { entityType: 'BadgeClass', name: 'Course completed' },
      issuer: { entityType: 'Issuer', entityId: site.issuer },
    })
    const image = await client.get(`/v2/backpack/assertions/${id}/image`)
    expect(image).toMatchObject({ status: 302 })
    expect(image.headers['location']).toContain(`/public/assertions/${id}/baked`)
    const other = await aLearner()
    expect((await other.client.get(`/v2/backpack/assertions/${id}`)).status).toBe(404)
    expect((await other.client.delete(`/v2/backpack/assertions/${id}`)).status).toBe(404)
    expect((await other.client.get('/v2/backpack/assertions')).body.result).toEqual([])
  })

  it('is where badges are accepted, rejected, and wanted again', async () => {
    const { user, client } = await aLearner()
    const id = await award(user.email)
    const url = `/v2/backpack/assertions/${id}`
    const accepted = await client.put(url, { acceptance: 'Accepted' })
    expect(accepted.body.result).toMatchObject([{ acceptance: 'Accepted' }])
    expect((await client.put(url, { acceptance: 'Perhaps' })).body.fieldErrors).toEqual({
      acceptance: ['"Perhaps" is not a valid choice.'],
    })
    expect((await client.delete(url)).status).toBe(204)
    expect((await client.get(url)).status).toBe(404)
    const seen = await site.client.get(`/v2/assertions/${id}`)
    expect(seen.body.result).toMatchObject([{ acceptance: 'Rejected' }])
    const again = await client.post('/v2/backpack/import', {
      url: `https://badges.example/public/assertions/${id}`,
    })
    expect(again.status, JSON.stringify(again.body)).toBe(201)
    expect(again.body.result).toMatchObject([{ entityId: id }])
    const twice = await client.post('/v2/backpack/import', {
      url: `https://badges.example/public/assertions/${id}`,
    })
    expect(twice).toMatchObject({
      status: 400,
      body: {
        validationErrors: [
          {
            name: 'DUPLICATE_BADGE',
            description: 'You already have this badge in your backpack',
          },
        ],
      },
    })
  })

  it('takes one badge at a time, and says what is wrong with it', async () => {
    const { client } = await aLearner()
    const one = await client.post('/v2/backpack/import', {})
    expect(one.body.validationErrors).toEqual([
      "Must provide only one of 'url', 'image' or 'assertion'.",
    ])
    const nonsense = await client.post('/v2/backpack/import', { assertion: { type: 'Nonsense' } })
    expect(nonsense.status).toBe(400)
    expect(nonsense.body.validationErrors).toMatchObject([{ name: 'INVALID_BADGE' }])
    const foreign = await award('somebody@else.example')
    const url = `https://badges.example/public/assertions/${foreign}`
    const refused = await client.post('/v2/backpack/import', { url })
    expect(refused.body.validationErrors).toMatchObject([{ name: 'VERIFY_RECIPIENT_IDENTIFIER' }])
  })

  it('has collections that are published at a link of their own', async () => {
    const { user, client } = await aLearner()
    const id = await award(user.email)
    const made = await client.post('/v2/backpack/collections', {
      name: 'Best',
      description: 'of all',
      assertions: [id],
      published: false,
    })
    expect(made).toMatchObject({
      status: 201,
      body: {
        result: [
          { name: 'Best', share_url: null, shareHash: '', published: false, assertions: [id] },
        ],
      },
    })
    const url = `/v2/backpack/collections/${made.body.result[0].entityId}`
    const shared = await client.put(url, { name: 'Best', published: true })
    const { share_url: shareUrl, shareHash } = shared.body.result[0]
    expect(shareUrl).toBe(`https://badges.example/public/collections/${shareHash}`)
    expect((await api.server.inject(new URL(shareUrl).pathname)).statusCode).toBe(200)
    const share = `/v2/backpack/share/collection/${made.body.result[0].entityId}`
    expect((await client.get(`${share}?provider=twitter&redirect=0`)).body.url).toContain(shareHash)
    const other = await aLearner()
    expect((await other.client.get(url)).status).toBe(404)
    const theirs = { name: 'Stolen', assertions: [id] }
    expect((await other.client.post('/v2/backpack/collections', theirs)).status).toBe(404)
    expect((await client.delete(url)).status).toBe(204)
    expect((await client.get('/v2/backpack/collections')).body.result).toEqual([])
  })

  it('sends people on to social sites', async () => {
    const { user, client } = await aLearner()
    const share = `/v2/backpack/share/assertion/${await award(user.email)}`
    expect(await client.get(share)).toMatchObject({
      status: 400,
      body: { error: 'unspecified share provider' },
    })
    expect((await client.get(`${share}?provider=nowhere`)).status).toBe(404)
    const linkedIn = await client.get(`${share}?provider=linkedin`)
    expect(linkedIn.status).toBe(302)
    expect(linkedIn.headers['location']).toContain(
      'https://www.linkedin.com/shareArticle?mini=true',
    )
  })
})

describe('a letter', () => {
  it('is written for those who ask for it, and withheld from the others', async () => {
    const mailed = await createTestApp({
      ROSETTE_MAIL_URL: 'smtp://127.0.0.1:9',
      ROSETTE_MAIL_FROM: 'badges@university.example',
      ROSETTE_MAIL_TO: 'operator@university.example',
    })
    const mailedApi = await createApiClient(mailed)
    try {
      const there = await aBadgrSite(mailed, mailedApi)
      const url = `/v2/badgeclasses/${await aBadgeClass(there)}/assertions`
      const send = (identity: string, notify?: boolean) =>
        there.client.post(url, { recipient: { identity, type: 'email' }, notify })
      const asked = await send('asked@x.example', true)
      await send('not@x.example', false)
      await send('silent@x.example')
      expect((await send('not@x.example', true)).status).toBe(201)
      const letters = await mailed.db.selectFrom('award_letter').select('award_id').execute()
      expect(letters.map(({ award_id }) => toPublicId(award_id))).toEqual([
        asked.body.result[0].entityId,
      ])
    } finally {
      await mailedApi.server.close()
      await mailed.drop()
    }
  })
})

describe('an account', () => {
  it('is read and renamed by its person, and seen by those who work with them', async () => {
    const { client, user } = site
    const self = await client.get('/v2/users/self')
    expect(self.body.result).toMatchObject([
      {
        entityType: 'BadgeUser',
        emails: [{ email: user.email, primary: true, caseVariants: [] }],
        hasPasswordSet: true,
      },
    ])
    const { entityId } = self.body.result[0]
    const renamed = await client.put('/v2/users/self', { firstName: 'Ada', lastName: 'Lovelace' })
    expect(renamed.body.result).toMatchObject([{ firstName: 'Ada', lastName: 'Lovelace' }])
    const stranger = await aLearner()
    expect((await stranger.client.get(`/v2/users/${entityId}`)).status).toBe(404)
    expect((await stranger.client.put(`/v2/users/${entityId}`, { firstName: 'x' })).status).toBe(
      404,
    )
  })

  it('gets a new password by the one that was', async () => {
    const { client } = await aLearner()
    const change = (more: object) =>
      client.put('/v2/users/self', { password: 'x'.repeat(20), ...more })
    expect((await change({})).body.fieldErrors).toEqual({ current_password: ['Field is required'] })
    expect((await change({ currentPassword: 'wrong' })).body.fieldErrors).toEqual({
      current_password: ['Incorrect password'],
    })
    const weak = await client.put('/v2/users/self', {
      password: 'a',
      currentPassword: goodPassword,
    })
    expect(weak.body.fieldErrors).toHaveProperty('password')
    const good = { password: 'four small grey donkeys', currentPassword: goodPassword }
    expect((await client.put('/v2/users/self', good)).status).toBe(200)
    expect((await client.get('/v2/users/self')).status).toBe(401)
  })

  it('is not given away by those who have forgotten their password', async () => {
    const client = openBadgrClient(api.server)
    const url = '/v2/auth/forgot-password'
    expect((await client.post(url, { email: 'nobody@nowhere.example' })).status).toBe(200)
    expect(
      (await client.put(url, { token: 'guessed', password: 'long enough for it' })).status,
    ).toBe(404)
  })
})
