import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
import { aBadgeClass, aBadgrSite, aPng, openBadgrClient } from '../../testing/badgr-client.js'
import { aPerson, aSignedIn, goodPassword } from '../../testing/person.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let api: ApiClient
let site: Awaited<ReturnType<typeof aBadgrSite>>
beforeAll(async () => {
  app = await createTestApp()
  api = await createApiClient(app)
  site = await aBadgrSite(app, api)
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

const slug = createHash('sha256').update('test_componenttest_slugcourse-v1:X+1+1').digest('hex')
const fields = { name: 'By slug', criteria: 'Pass it.', description: 'd', image: aPng }

describe('a class of version 1', () => {
  it('is asked for by the name that its client chose, within its issuer', async () => {
    const { client, issuer } = site
    const url = `/v1/issuer/issuers/${issuer}/badges`
    expect((await client.get(`${url}/${slug}`)).status).toBe(404)
    const made = await client.multipart(url, { ...fields, slug })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    expect(made.body).toMatchObject({ slug, criteria_text: 'Pass it.', criteria_url: null })
    expect(await client.get(`${url}/${slug}`)).toMatchObject({ status: 200, body: { slug } })
    const { id } = made.body
    expect((await client.get(`${url}/${id}`)).body.slug).toBe(slug)
    const again = await client.multipart(url, { ...fields, slug })
    expect(again).toMatchObject({ status: 201, body: { id } })
    const strange = 'a name/with ? & all ÄÖ'
    const named = await client.multipart(url, { ...fields, slug: strange })
    expect(named.body.slug).toBe(strange)
    expect((await client.get(`${url}/${encodeURIComponent(strange)}`)).status).toBe(200)
    const other = await aBadgrSite(app, api)
    const theirs = `/v1/issuer/issuers/${other.issuer}/badges`
    expect((await other.client.get(`${theirs}/${slug}`)).status).toBe(404)
    expect((await other.client.multipart(theirs, { ...fields, slug })).status).toBe(201)
    expect((await other.client.get(`${url}/${slug}`)).status).toBe(404)
  })

  it('is made once by many workers at once', async () => {
    const { client, issuer } = site
    const url = `/v1/issuer/issuers/${issuer}/badges`
    const make = () => client.multipart(url, { ...fields, slug: 'at-once' })
    const answers = await Promise.all([make(), make(), make()])
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
  })

  it('is refused without an envelope', async () => {
    const { client, issuer } = site
    const url = `/v1/issuer/issuers/${issuer}/badges`
    expect(await client.post(url, { name: 'n' })).toMatchObject({
      status: 400,
      body: { criteria: ['This field is required.'], description: ['This field is required.'] },
    })
    expect(await openBadgrClient(api.server).get(url)).toMatchObject({
      status: 401,
      body: { detail: 'Authentication credentials were not provided.' },
    })
    expect((await client.get(`${url}/nothing`)).body).toEqual({ detail: 'Not found.' })
    expect((await client.get(`${url}/`)).status).toBe(404)
  })
})

describe('an award of version 1', () => {
  it('is made by a form, and answers with what an LMS keeps', async () => {
    const { client, issuer } = site
    const url = `/v1/issuer/issuers/${issuer}/badges`
    await client.multipart(url, { ...fields, slug: 'awarded' })
    const evidence = 'https://lms.example/certificates/1?evidence_visit=1'
    const made = await client.form(`${url}/awarded/assertions`, { email: 'v1@x.example', evidence })
    expect(made).toMatchObject({
      status: 201,
      body: {
        image: expect.stringContaining('/baked'),
        json: { id: expect.stringMatching(/\/public\/assertions\/[\w-]{22}$/), evidence },
        issuer: `https://badges.example/public/issuers/${issuer}`,
        recipient_identifier: 'v1@x.example',
        revoked: false,
      },
    })
    const bare = await client.form(`${url}/awarded/assertions`, { email: 'bare@x.example' })
    expect(bare.body.evidence_items).toEqual([])
    expect((await client.get(`${url}/awarded/assertions`)).body).toHaveLength(2)
    const one = `${url}/awarded/assertions/${made.body.slug}`
    const taken = await client.delete(one, { revocation_reason: 'r' })
    expect(taken).toMatchObject({ status: 200, body: { revoked: true, revocation_reason: 'r' } })
    const many = await client.post(`${url}/awarded/batchAssertions`, {
      assertions: [
        { recipient_identifier: 'b1@x.example' },
        { recipient_identifier: 'b2@x.example' },
      ],
    })
    expect(many.status).toBe(201)
    expect(many.body).toHaveLength(2)
    expect((await client.get('/v1/issuer/issuers')).body[0].badgeClassCount).toBeGreaterThan(0)
  })
})

describe('a person of version 1', () => {
  it('gets a key for a password, and reads what is theirs', async () => {
    const user = await aPerson(app)
    const proven = { email_proven_at: new Date().toISOString() }
    await app.db.updateTable('app_user').set(proven).where('id', '=', user.id).execute()
    const stranger = openBadgrClient(api.server)
    const wrong = await stranger.form('/v1/user/auth-token', {
      username: user.email,
      password: 'x',
    })
    expect(wrong).toMatchObject({
      status: 400,
      body: ['Unable to log in with provided credentials.'],
    })
    const given = await stranger.form('/v1/user/auth-token', {
      username: user.email,
      password: goodPassword,
    })
    const client = openBadgrClient(api.server, `Token ${given.body.token}`)
    expect((await client.get('/v1/user/profile')).body).toMatchObject({ email: user.email })
    expect((await client.get('/v1/user/emails')).body).toMatchObject([
      { email: user.email, primary: true, verified: true },
    ])
    const badge = await aBadgeClass(site)
    await site.client.post(`/v2/badgeclasses/${badge}/assertions`, {
      recipient: { identity: user.email, type: 'email' },
    })
    const [held] = (await client.get('/v1/earner/badges')).body
    expect(held.json.id).toEqual({ type: 'xsd:string', '@value': expect.any(String) })
    const plain = (await client.get('/v1/earner/badges?json_format=plain')).body[0]
    expect(plain.json.id).toBe(held.json.id['@value'])
    const collection = await client.post('/v1/earner/collections', {
      name: 'Mine',
      description: '',
      badges: [{ id: held.id }],
    })
    expect(collection).toMatchObject({ status: 201, body: { badges: [{ id: held.id }] } })
    const shared = await client.post(`/v1/earner/collections/${collection.body.slug}/share`)
    expect(shared.body.share_url).toContain('/public/collections/')
  })
})

describe('the badges of a learner, as the LMS answered', () => {
  it('are shown to the learner, to those who may read them, and to nobody else', async () => {
    const learner = await aSignedIn(app, api.server)
    const proven = { email_proven_at: new Date().toISOString() }
    await app.db.updateTable('app_user').set(proven).where('id', '=', learner.user.id).execute()
    const badge = await aBadgeClass(site, { name: 'Legacy' })
    const url = `/v2/badgeclasses/${badge}/assertions`
    const recipient = { identity: learner.user.email, type: 'email' }
    const given = await site.client.post(url, { recipient })
    const path = `/api/badges/v1/assertions/user/${learner.user.email}/`
    const own = await learner.get(path)
    expect(own.body).toMatchObject({
      count: 1,
      num_pages: 1,
      current_page: 1,
      start: 0,
      next: null,
      previous: null,
      results: [
        {
          badge_class: { display_name: 'Legacy', course_id: null, issuing_component: '' },
          assertion_url: given.body.result[0].openBadgeId,
        },
      ],
    })
    expect((await site.client.get(path)).body.count).toBe(1)
    const stranger = await aBadgrSite(app, api)
    expect((await stranger.client.get(path)).status).toBe(404)
    expect((await openBadgrClient(api.server).get(path)).status).toBe(401)
    expect((await learner.get(`${path}?course_id=nonsense`)).status).toBe(400)
    const none = await learner.get(`${path}?course_id=${encodeURIComponent('course-v1:A+B+C')}`)
    expect(none.body.count).toBe(0)
    expect((await learner.get(`${path}?course_id=*`)).body.count).toBe(1)
    const { id } = await app.db
      .selectFrom('learner')
      .select('id')
      .where('email', '=', learner.user.email)
      .executeTakeFirstOrThrow()
    const shown = app.db.updateTable('award').set({ visibility: 'public' })
    await shown.where('learner_id', '=', id).execute()
    // Whoever asks knows whose they are, so that the name must be shown as well.
    expect((await stranger.client.get(path)).status).toBe(404)
    const named = app.db.updateTable('award').set({ shows_name: true })
    await named.where('learner_id', '=', id).execute()
    expect((await stranger.client.get(path)).body.count).toBe(1)
  })

  it('are not shown to tokens for something else, or of one issuer', async () => {
    const { client, user, issuer } = site
    const badge = await aBadgeClass(site, { name: 'Bounded' })
    const email = 'bounded@x.example'
    const url = `/v2/badgeclasses/${badge}/assertions`
    await client.post(url, { recipient: { identity: email, type: 'email' } })
    const path = `/api/badges/v1/assertions/user/${email}/`
    expect((await client.get(path)).body.count).toBe(1)
    const { body } = await client.post('/v2/tokens/issuers', { issuers: [issuer] })
    const fields = { username: user.email, password: goodPassword, client_id: 'public' }
    const narrow = await openBadgrClient(api.server).form('/o/token', {
      ...{ ...fields, scope: 'r:profile' },
    })
    for (const token of [body.result[0].token, narrow.body.access_token]) {
      const holder = openBadgrClient(api.server, `Bearer ${token}`)
      expect((await holder.get(path)).status).toBe(404)
    }
  })
})
