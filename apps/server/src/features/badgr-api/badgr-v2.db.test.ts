import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
import { aBadgeClass, aBadgrSite, aPng, openBadgrClient } from '../../testing/badgr-client.js'
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

const to = (identity: string, more: object = {}) => ({
  recipient: { identity, type: 'email' },
  ...more,
})
const notThere = {
  status: 404,
  body: {
    status: { success: false, description: 'entity not found or insufficient privileges' },
    result: [],
  },
}

describe('the envelope', () => {
  it('is there for everything, in the type that is asked for', async () => {
    const { client, issuer } = site
    const answer = await client.get(`/v2/issuers/${issuer}`)
    expect(answer.headers['content-type']).toContain('application/ld+json')
    expect(answer.body.status).toEqual({ success: true, description: 'ok' })
    const json = await client.send({
      method: 'GET',
      url: `/v2/issuers/${issuer}`,
      headers: { accept: 'application/json' },
    })
    expect(json.headers['content-type']).toContain('application/json')
  })

  it('says who is missing, what is missing, and what cannot be read', async () => {
    const { client } = site
    const nobody = await openBadgrClient(api.server).get('/v2/issuers')
    expect(nobody).toMatchObject({
      status: 401,
      body: { status: { success: false, description: 'no valid auth token found' } },
    })
    expect(nobody.headers['www-authenticate']).toBe('Bearer realm="api"')
    for (const url of [
      '/v2/badgeclasses/',
      '/v2/badgeclasses//assertions',
      '/v2/issuers/nothing',
      '/v2/issuers/AAAAAAAAQACAAAAAAAAAAA/badgeclasses',
      '/v2/termsVersions/latest',
      '/v2/nothing',
    ])
      expect(await client.get(url), url).toMatchObject(notThere)
    expect(await client.post('/v2/badgeclasses//assertions', to('a@b.example'))).toMatchObject(
      notThere,
    )
    const broken = await client.send({
      method: 'POST',
      url: '/v2/issuers',
      headers: { 'content-type': 'application/json' },
      payload: '{"name":',
    })
    expect(broken).toMatchObject({ status: 400, body: { status: { description: 'bad request' } } })
    expect(broken.body.validationErrors[0]).toContain('JSON parse error')
    const strange = await client.send({
      method: 'POST',
      url: '/v2/issuers',
      headers: { 'content-type': 'text/xml' },
      payload: '<a/>',
    })
    expect(strange).toMatchObject({
      status: 415,
      body: { status: { description: 'miscellaneous error' } },
    })
    expect((await client.get('/v2/externaltools/')).body.result).toEqual([])
  })
})

describe('an issuer', () => {
  it('is read with its staff, and sent back as it was read', async () => {
    const { client, issuer, user } = site
    const { body } = await client.get(`/v2/issuers/${issuer}`)
    const [read] = body.result
    expect(read).toMatchObject({
      entityType: 'Issuer',
      entityId: issuer,
      openBadgeId: `https://badges.example/public/issuers/${issuer}`,
      staff: [{ role: 'owner', userProfile: { emails: [{ email: user.email }] } }],
      extensions: {},
    })
    expect(
      (await client.get('/v2/issuers?include_staff=false')).body.result[0].staff,
    ).toBeUndefined()
    const sent = { ...read, name: 'Registrar renamed', email: 'badges@university.example' }
    const changed = await client.put(`/v2/issuers/${issuer}`, sent)
    expect(changed.status, JSON.stringify(changed.body)).toBe(200)
    expect(changed.body.result[0]).toMatchObject({ name: 'Registrar renamed', image: read.image })
  })

  it('is made for the organization of its owner, and deleted while it stands alone', async () => {
    const { client } = await aBadgrSite(app, api)
    const bad = await client.post('/v2/issuers', { name: '', url: 'nowhere' })
    expect(bad).toMatchObject({
      status: 400,
      body: {
        fieldErrors: {
          name: ['This field may not be blank.'],
          url: ['Enter a valid URL.'],
          email: ['This field is required.'],
        },
      },
    })
    const given = { name: 'Second', url: 'https://second.example', email: 'a@second.example' }
    const made = await client.post('/v2/issuers', given)
    expect(made).toMatchObject({ status: 201, body: { result: [given] } })
    const { entityId } = made.body.result[0]
    await aBadgeClass({ client, issuer: entityId })
    expect(await client.delete(`/v2/issuers/${entityId}`)).toMatchObject({ status: 400 })
    const third = await client.post('/v2/issuers', { ...given, name: 'Third' })
    expect((await client.delete(`/v2/issuers/${third.body.result[0].entityId}`)).status).toBe(204)
  })
})

describe('a badge class', () => {
  it('is an active template without rules, with everything that was said of it', async () => {
    const { client, issuer } = site
    const made = await client.post(`/v2/issuers/${issuer}/badgeclasses`, {
      name: 'Rich',
      description: 'Everything at once.',
      criteriaUrl: 'https://lms.example/about',
      criteriaNarrative: 'Pass the *exam*.',
      tags: ['one', 'two'],
      alignments: [
        { targetName: 'Skill', targetUrl: 'https://skills.example/1', targetCode: 'S1' },
      ],
      expires: { amount: 2, duration: 'years' },
      image: `data:image/png;base64,${aPng.toString('base64')}`,
    })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    const [read] = made.body.result
    expect(read).toMatchObject({
      entityType: 'BadgeClass',
      issuer,
      criteriaUrl: 'https://lms.example/about',
      criteriaNarrative: 'Pass the *exam*.',
      tags: ['one', 'two'],
      alignments: [{ targetName: 'Skill', targetCode: 'S1', targetFramework: null }],
      expires: { amount: 2, duration: 'years' },
    })
    const again = await client.put(`/v2/badgeclasses/${read.entityId}`, { ...read, name: 'Richer' })
    expect(again.status, JSON.stringify(again.body)).toBe(200)
    const { createdAt: _, ...rest } = read
    expect(again.body.result[0]).toMatchObject({ ...rest, name: 'Richer' })
    const shown = await api.server.inject({
      url: `/public/badges/${read.entityId}`,
      headers: { accept: 'application/json' },
    })
    expect(shown.json()).toMatchObject({ type: 'BadgeClass', name: 'Richer' })
  })

  it('takes a sentence for criteria, and a file for a picture', async () => {
    const { client, issuer } = site
    const made = await client.multipart(`/v2/issuers/${issuer}/badgeclasses`, {
      name: 'Event',
      criteriaUrl: 'Enroll in three courses.',
      description: 'For three.',
      image: aPng,
    })
    expect(made).toMatchObject({
      status: 201,
      body: { result: [{ criteriaUrl: null, criteriaNarrative: 'Enroll in three courses.' }] },
    })
    const picture = await api.server.inject({ url: new URL(made.body.result[0].image).pathname })
    expect(picture.headers['content-type']).toBe('image/png')
  })

  it('is refused field by field', async () => {
    const { client, issuer } = site
    const url = `/v2/issuers/${issuer}/badgeclasses`
    const empty = await client.post(url, {})
    expect(empty).toMatchObject({
      status: 400,
      body: {
        status: { description: 'bad request' },
        fieldErrors: {
          name: ['This field is required.'],
          description: ['This field is required.'],
          image: ['This field is required.'],
        },
      },
    })
    const words = { name: 'n', description: 'd' }
    expect((await client.post(url, { ...words, image: 'nonsense' })).body.fieldErrors).toEqual({
      image: ['Valid image file or data URI required.'],
    })
    const jpeg = `data:image/png;base64,${Buffer.from('not a picture').toString('base64')}`
    expect((await client.post(url, { ...words, image: jpeg })).body.fieldErrors.image[0]).toBe(
      'Invalid image.',
    )
    const { issuer: foreign } = await aBadgrSite(app, api)
    const refused = await client.post('/v2/badgeclasses', { ...words, issuer: foreign })
    expect(refused.body.fieldErrors).toEqual({
      issuer: 'You do not have permission to edit badges on this issuer.',
    })
  })

  it('stays while badges are in force, is archived after them, and is gone without any', async () => {
    const { client } = site
    const unused = await aBadgeClass(site)
    expect((await client.delete(`/v2/badgeclasses/${unused}`)).status).toBe(204)
    const used = await aBadgeClass(site)
    const { body } = await client.post(`/v2/badgeclasses/${used}/assertions`, to('del@x.example'))
    expect(await client.delete(`/v2/badgeclasses/${used}`)).toMatchObject({
      status: 400,
      body: {
        status: {
          description: 'BadgeClass may only be deleted if all BadgeInstances have been revoked.',
        },
      },
    })
    const assertion = body.result[0].entityId
    const reason = { revocation_reason: 'mistake' }
    expect((await client.delete(`/v2/assertions/${assertion}`, reason)).status).toBe(200)
    expect((await client.delete(`/v2/badgeclasses/${used}`)).status).toBe(204)
    for (const id of [unused, used])
      expect((await client.get(`/v2/badgeclasses/${id}`)).status).toBe(404)
  })
})

describe('an assertion', () => {
  it('is an ordinary award with a page and a signed badge', async () => {
    const { client, issuer } = site
    const badge = await aBadgeClass(site)
    const evidence = [
      { url: 'https://lms.example/c/1' },
      { url: null },
      { url: null, narrative: null },
    ]
    const answer = await client.post(
      `/v2/badgeclasses/${badge}/assertions`,
      to('Ada@Example.org', { evidence, narrative: 'Well done.', notify: false }),
    )
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    const [read] = answer.body.result
    const { identity, salt } = read.recipient
    const hash = createHash('sha256').update(`ada@example.org${salt}`).digest('hex')
    expect(identity).toBe(`sha256$${hash}`)
    expect(read).toMatchObject({
      entityType: 'Assertion',
      entityId: expect.stringMatching(/^[\w-]{22}$/),
      openBadgeId: `https://badges.example/public/assertions/${read.entityId}`,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      badgeclass: badge,
      issuer,
      recipient: { hashed: true, type: 'email', plaintextIdentity: 'ada@example.org' },
      narrative: 'Well done.',
      evidence: [{ url: 'https://lms.example/c/1', narrative: null }],
      revoked: false,
      revocationReason: null,
      acceptance: 'Unaccepted',
      expires: null,
      extensions: {},
    })
    expect(read.image.length).toBeLessThanOrEqual(200)
    const hosted = await api.server.inject({
      url: `/public/assertions/${read.entityId}`,
      headers: { accept: 'application/json' },
    })
    expect(hosted.json()).toMatchObject({ recipient: { identity, salt } })
    const { pathname, search } = new URL(read.image)
    expect((await api.server.inject(`${pathname}${search}`)).statusCode).toBe(200)
    const [award] = (await api.get(`awards?search=ada@example.org`)).body.items
    expect(award).toMatchObject({ source: 'hand', status: 'awarded' })
    const { body } = await api.get('audit-log')
    expect(body.items[0]).toMatchObject({ action: 'award.grant', actor: site.user.email })
  })

  it('is there once: asked again it is the same, unless that is not wanted', async () => {
    const { client } = site
    const badge = await aBadgeClass(site)
    const url = `/v2/badgeclasses/${badge}/assertions`
    const answers = await Promise.all([1, 2, 3].map(() => client.post(url, to('twice@x.example'))))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(new Set(answers.map(({ body }) => body.result[0].entityId)).size).toBe(1)
    const refused = await client.post(url, to('twice@x.example', { allowDuplicateAwards: false }))
    expect(refused).toMatchObject({
      status: 400,
      body: {
        validationErrors: ['A previous award of this badge already exists for this recipient.'],
      },
    })
    const learners = await app.db
      .selectFrom('learner')
      .select('id')
      .where('email', '=', 'twice@x.example')
      .execute()
    expect(learners).toHaveLength(1)
  })

  it('is refused field by field', async () => {
    const { client } = site
    const badge = await aBadgeClass(site)
    const errorsOf = async (body: object) => {
      const answer = await client.post(`/v2/badgeclasses/${badge}/assertions`, body)
      expect(answer.status).toBe(400)
      return answer.body.fieldErrors
    }
    expect(await errorsOf({})).toEqual({ recipient: ['This field is required'] })
    expect(await errorsOf(to('nobody'))).toEqual({
      recipient: [{ identity: ['Enter a valid email address.'] }],
    })
    expect(await errorsOf(to('a@b.example', { issuedOn: '2999-01-01T00:00:00Z' }))).toEqual({
      issuedOn: ['Only issuedOn dates in the past are acceptable.'],
    })
    expect(await errorsOf(to('a@b.example', { evidence: [{ url: 'nowhere' }] }))).toEqual({
      evidence: [{ url: ['Enter a valid URL.'] }],
    })
    const phone = { recipient: { identity: '+491', type: 'telephone' } }
    expect((await errorsOf(phone)).recipient[0]).toContain('e-mail addresses')
  })

  it('expires as its class says, or as it says itself', async () => {
    const { client } = site
    const badge = await aBadgeClass(site, { expires: { amount: 1, duration: 'weeks' } })
    const url = `/v2/badgeclasses/${badge}/assertions`
    const issuedOn = '2026-01-01T00:00:00Z'
    const byClass = await client.post(url, to('one@e.example', { issuedOn }))
    expect(byClass.body.result?.[0].expires).toBe('2026-01-08T00:00:00.000000Z')
    const byItself = await client.post(
      url,
      to('two@e.example', { issuedOn, expires: '2200-01-01T00:00:00Z' }),
    )
    expect(byItself.body.result[0].expires).toBe('2200-01-01T00:00:00.000000Z')
    const list = await client.get(url)
    expect(list.body.result).toHaveLength(1)
    expect((await client.get(`${url}?include_expired=1`)).body.result).toHaveLength(2)
  })

  it('is given by the name of the class, and by nothing that is foreign', async () => {
    const { client, issuer } = site
    const badge = await aBadgeClass(site, { name: 'By its name' })
    const url = `/v2/issuers/${issuer}/assertions`
    const send = (more: object) => client.post(url, to('named@x.example', more))
    expect((await send({ badgeclassName: 'By its name' })).status).toBe(201)
    expect((await send({ badgeclass: badge })).status).toBe(201)
    const openBadgeId = `https://badges.example/public/badges/${badge}`
    expect((await send({ badgeclassOpenBadgeId: openBadgeId })).status).toBe(201)
    expect((await send({})).body.fieldErrors).toEqual({ badgeclass: ['This field is required'] })
    expect((await send({ badgeclassName: 'None' })).body.fieldErrors).toEqual({
      badgeclassName: ['No matching BadgeClass found with name None'],
    })
    const both = await send({ badgeclass: badge, badgeclassName: 'By its name' })
    expect(both.body.validationErrors[0]).toContain('Multiple badge class identifiers.')
    const other = await aBadgrSite(app, api)
    const foreign = await aBadgeClass(other)
    expect((await send({ badgeclass: foreign })).body.fieldErrors).toEqual({
      badgeclass: ['Could not find matching badgeclass for this issuer.'],
    })
  })

  it('is changed in what it says, signed anew, and taken back once with a reason', async () => {
    const { client } = site
    const badge = await aBadgeClass(site)
    const { body } = await client.post(`/v2/badgeclasses/${badge}/assertions`, to('put@x.example'))
    const [read] = body.result
    const url = `/v2/assertions/${read.entityId}`
    const put = await client.put(url, {
      ...read,
      narrative: 'Changed.',
      evidence: [{ narrative: 'N' }],
    })
    expect(put.status, JSON.stringify(put.body)).toBe(200)
    expect(put.body.result[0]).toMatchObject({
      narrative: 'Changed.',
      evidence: [{ url: null, narrative: 'N' }],
      recipient: read.recipient,
    })
    const other = { recipient: { identity: 'someone@else.example', type: 'email' } }
    expect((await client.put(url, other)).body.fieldErrors).toHaveProperty('recipient')
    expect((await client.delete(url)).body.fieldErrors).toEqual({
      revocation_reason: ['This field is required.'],
    })
    const revoked = await client.delete(url, { revocation_reason: 'plagiarism' })
    expect(revoked).toMatchObject({
      status: 200,
      body: { result: [{ revoked: true, revocationReason: 'plagiarism', image: null }] },
    })
    expect(await client.delete(url, { revocation_reason: 'again' })).toMatchObject({
      status: 400,
      body: { status: { description: 'Assertion is already revoked' } },
    })
  })
})

describe('many at once', () => {
  it('are awarded together or not at all, with errors in their places', async () => {
    const { client } = site
    const badge = await aBadgeClass(site)
    const url = `/v2/badgeclasses/${badge}/issue`
    const bad = await client.post(url, { assertions: [to('a@m.example'), {}, to('wrong')] })
    expect(bad).toMatchObject({
      status: 400,
      body: {
        fieldErrors: [
          {},
          { recipient: ['This field is required'] },
          { recipient: [{ identity: ['Enter a valid email address.'] }] },
        ],
      },
    })
    const list = `/v2/badgeclasses/${badge}/assertions`
    expect((await client.get(list)).body.result).toEqual([])
    const early = { issuedOn: '2020-01-01T00:00:00Z', expires: '2019-01-01T00:00:00Z' }
    const half = await client.post(url, {
      assertions: [to('a@m.example'), to('b@m.example', early)],
    })
    expect(half.status).toBe(400)
    expect(half.body.fieldErrors).toHaveLength(2)
    expect((await client.get(list)).body.result).toEqual([])
    const good = await client.post(url, { assertions: [to('a@m.example'), to('b@m.example')] })
    expect(good.status).toBe(201)
    expect(good.body.result).toHaveLength(2)
  })

  it('are taken back one by one', async () => {
    const { client } = site
    const badge = await aBadgeClass(site)
    const { body } = await client.post(`/v2/badgeclasses/${badge}/assertions`, to('bulk@x.example'))
    const { entityId } = body.result[0]
    const answer = await client.post('/v2/assertions/revoke', [
      { entityId, revocationReason: 'r' },
      { entityId, revocationReason: 'r' },
      { entityId: 'nothing', revocationReason: 'r' },
      { entityId },
      { revocationReason: 'r' },
    ])
    expect(answer.body).toEqual({
      status: { success: true, description: 'revoked badges' },
      result: [
        { revoked: true, entityId, revocationReason: 'r' },
        { revoked: false, reason: 'Assertion is already revoked', entityId, revocationReason: 'r' },
        {
          revoked: false,
          reason: 'permission denied or object not found',
          entityId: 'nothing',
          revocationReason: 'r',
        },
        { revoked: false, reason: 'revocationReason is required', entityId },
        { revoked: false, reason: 'entityId is required', revocationReason: 'r' },
      ],
    })
  })
})

describe('pages', () => {
  it('are asked for by num, and lead on and back by links', async () => {
    const own = await aBadgrSite(app, api)
    const { client, issuer } = own
    const made: string[] = []
    for (const name of ['a', 'b', 'c', 'd', 'e']) made.unshift(await aBadgeClass(own, { name }))
    const idsOf = (body: { result: { entityId: string }[] }) => body.result.map((r) => r.entityId)
    const whole = await client.get(`/v2/issuers/${issuer}/badgeclasses?num=many`)
    expect(idsOf(whole.body)).toEqual(made)
    expect(whole.headers['link']).toBeUndefined()
    const pages: string[][] = []
    let next: string | undefined = `/v2/issuers/${issuer}/badgeclasses?num=2`
    let last = ''
    while (next !== undefined) {
      const page = await client.get(next)
      expect(page.headers['access-control-expose-headers']).toContain('Link')
      pages.push(idsOf(page.body))
      last = String(page.headers['link'] ?? '')
      next = pathIn(last, 'next')
    }
    expect(pages).toEqual([made.slice(0, 2), made.slice(2, 4), made.slice(4)])
    const back = await client.get(pathIn(last, 'prev') ?? '')
    expect(idsOf(back.body)).toEqual(made.slice(2, 4))
    expect(pathIn(String(back.headers['link']), 'next')).toBeDefined()
  })

  it('of what has changed carry where they go on, and the time to ask from', async () => {
    const own = await aBadgrSite(app, api)
    const { client } = own
    const badge = await aBadgeClass(own)
    const award = (email: string) => client.post(`/v2/badgeclasses/${badge}/assertions`, to(email))
    const first = (await award('a@c.example')).body.result[0].entityId
    await award('b@c.example')
    const page = await client.get('/v2/assertions/changed?num=1')
    expect(page.body.pagination).toMatchObject({
      hasNext: true,
      hasPrevious: false,
      previousResults: null,
    })
    expect(page.body.timestamp).toMatch(/Z$/)
    const since = new Date().toISOString()
    await client.delete(`/v2/assertions/${first}`, { revocation_reason: 'r' })
    const changed = await client.get(`/v2/assertions/changed?since=${encodeURIComponent(since)}`)
    expect(changed.body.result).toMatchObject([{ entityId: first, revoked: true }])
    expect((await client.get('/v2/badgeclasses/changed')).body.result).toHaveLength(1)
    expect((await client.get('/v2/issuers/changed')).body.result).toHaveLength(1)
    expect(await client.get('/v2/assertions/changed?since=yesterday')).toMatchObject({
      status: 400,
      body: { fieldErrors: { since: ['must be ISO-8601 format with time zone'] } },
    })
  })
})

function pathIn(link: string, rel: string): string | undefined {
  const url = new RegExp(`<([^>]+)>; rel="${rel}"`).exec(link)?.[1]
  return url === undefined ? undefined : url.slice(new URL(url).origin.length)
}

describe('others', () => {
  it('see nothing of an organization that is not theirs', async () => {
    const badge = await aBadgeClass(site)
    const given = await site.client.post(`/v2/badgeclasses/${badge}/assertions`, to('f@x.example'))
    const assertion = given.body.result[0].entityId
    const { client } = await aBadgrSite(app, api)
    const words = { name: 'n', description: 'd' }
    const asked = [
      client.get(`/v2/issuers/${site.issuer}`),
      client.put(`/v2/issuers/${site.issuer}`, words),
      client.delete(`/v2/issuers/${site.issuer}`),
      client.get(`/v2/issuers/${site.issuer}/badgeclasses`),
      client.post(`/v2/issuers/${site.issuer}/badgeclasses`, words),
      client.get(`/v2/issuers/${site.issuer}/assertions`),
      client.post(`/v2/issuers/${site.issuer}/assertions`, to('a@b.example')),
      client.get(`/v2/badgeclasses/${badge}`),
      client.put(`/v2/badgeclasses/${badge}`, words),
      client.delete(`/v2/badgeclasses/${badge}`),
      client.get(`/v2/badgeclasses/${badge}/assertions`),
      client.post(`/v2/badgeclasses/${badge}/assertions`, to('a@b.example')),
      client.post(`/v2/badgeclasses/${badge}/issue`, { assertions: [to('a@b.example')] }),
      client.get(`/v2/assertions/${assertion}`),
      client.put(`/v2/assertions/${assertion}`, { narrative: 'x' }),
      client.delete(`/v2/assertions/${assertion}`, { revocation_reason: 'x' }),
    ]
    for (const answer of await Promise.all(asked)) expect(answer).toMatchObject(notThere)
    for (const list of ['badgeclasses', 'assertions/changed', 'badgeclasses/changed'])
      expect((await client.get(`/v2/${list}`)).body.result, list).toEqual([])
  })

  it('who may award only do not change classes', async () => {
    const staff = await aBadgrSite(app, api, 'staff')
    const url = `/v2/issuers/${staff.issuer}/badgeclasses`
    expect(await staff.client.post(url, { name: 'n' })).toMatchObject(notThere)
    expect((await staff.client.get(url)).status).toBe(200)
  })
})
