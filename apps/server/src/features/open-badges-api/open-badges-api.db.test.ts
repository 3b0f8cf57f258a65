import { generateSigningKey, signCredentialJwt } from '@rosette/open-badges'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HttpServer } from '../../http/http-server.js'
import {
  type Application,
  aConnected,
  allOpenBadgesScopes,
  anApplication,
} from '../../testing/connected-application.js'
import { aSignedIn } from '../../testing/person.js'
import { takeBack } from '../../testing/sample-awards.js'
import { anotherSigned, aSignedBadge } from '../../testing/signed-badges.js'
import { aNetwork, aStranger, aStrangersBadge } from '../../testing/strangers-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let server: HttpServer
let application: Application
const riverbend = aStranger()

beforeAll(async () => {
  app = await createTestApp({}, { guardedFetch: aNetwork({}) })
  server = app.createServer()
  await server.ready()
  application = await anApplication(server)
})

afterAll(async () => {
  await app.drop()
})

const root = '/ims/ob/v3p0'
type Request = {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'
  payload?: string
  headers?: object
}

async function aLearner(scope = allOpenBadgesScopes) {
  const { accessToken, ...person } = await aConnected(app, application, scope)

  async function ask(path: string, { headers, ...request }: Request = {}) {
    const answer = await server.inject({
      url: `${root}${path}`,
      headers: { authorization: `Bearer ${accessToken}`, ...headers },
      ...request,
    })
    const isJson = /json/.test(String(answer.headers['content-type']))
    const body = isJson && answer.payload !== '' ? answer.json() : answer.payload
    return { status: answer.statusCode, headers: answer.headers, body, text: answer.payload }
  }
  const post = (payload: string | object, type = 'application/json') =>
    ask('/credentials', {
      method: 'POST',
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
      headers: { 'content-type': type },
    })
  return { ...person, ask, post }
}

const refusal = (minor: string) => ({
  imsx_codeMajor: expect.stringMatching(/^(failure|unsupported)$/),
  imsx_severity: expect.stringMatching(/^(error|status)$/),
  imsx_description: expect.any(String),
  imsx_codeMinor: {
    imsx_codeMinorField: [
      { imsx_codeMinorFieldName: 'TargetEndSystem', imsx_codeMinorFieldValue: minor },
    ],
  },
})

describe('discovery', () => {
  it('describes what this server does, for everybody to keep', async () => {
    const answer = await server.inject({ url: `${root}/discovery` })
    expect(answer.json()).toMatchObject({
      openapi: '3.0.1',
      info: {
        title: 'Rosette',
        termsOfService: expect.stringContaining('https://badges.example'),
        'x-imssf-privacyPolicyUrl': expect.stringContaining('https://badges.example'),
        'x-imssf-image': 'https://badges.example/brand/icon',
      },
      servers: [{ url: 'https://badges.example/ims/ob/v3p0' }],
      paths: {
        '/credentials': {
          get: { operationId: 'getCredentials' },
          post: { operationId: 'upsertCredential' },
        },
        '/profile': { get: { operationId: 'getProfile' } },
        '/discovery': { get: { operationId: 'getServiceDescription' } },
      },
      components: {
        securitySchemes: {
          OAuth2ACG: {
            type: 'oauth2',
            'x-imssf-registrationUrl': 'https://badges.example/oauth/register',
            flows: {
              authorizationCode: {
                authorizationUrl: 'https://badges.example/oauth/auth',
                tokenUrl: 'https://badges.example/oauth/token',
                refreshUrl: 'https://badges.example/oauth/token',
              },
            },
          },
        },
      },
    })
    const { scopes } = answer.json().components.securitySchemes.OAuth2ACG.flows.authorizationCode
    expect(Object.keys(scopes)).toEqual(allOpenBadgesScopes.split(' '))
    const { etag } = answer.headers
    expect(answer.headers['cache-control']).toContain('max-age=')
    const again = await server.inject({
      url: `${root}/discovery`,
      headers: { 'if-none-match': String(etag) },
    })
    expect(again.statusCode).toBe(304)
    expect((await server.inject({ url: '/brand/icon' })).statusCode).toBe(200)
  })
})

describe('reading', () => {
  it('gives the badges of the person as they were signed, private ones too, hidden ones not', async () => {
    const ada = await aLearner()
    const learner = { email: ada.email, username: ada.email }
    const { awardId, templateId } = await aSignedBadge(app, {}, { learner })
    const hidden = await aSignedBadge(app, { name: 'Hidden' }, { learner })
    const gone = await aSignedBadge(app, { name: 'Gone' }, { learner })
    await anotherSigned(app, { templateId })
    const change = app.db.updateTable('award')
    await change.set({ visibility: 'private' }).where('id', '=', awardId).execute()
    await change.set({ is_hidden: true }).where('id', '=', hidden.awardId).execute()
    await takeBack(app, gone.awardId, null)
    const { text, headers } = await ada.ask('/credentials')
    const signed = (await server.inject({ url: `/credentials/${awardId}` })).payload
    expect(text).toBe(`{"credential":[${signed}]}`)
    expect(headers).toMatchObject({ 'x-total-count': '1', 'cache-control': 'no-store' })
  })

  it('gives badges from elsewhere in the form in which they came', async () => {
    const ada = await aLearner()
    const credential = await aStrangersBadge(riverbend, { email: ada.email })
    expect((await ada.post(credential)).status).toBe(201)
    const other = aStranger('Harbour School')
    const { key, id } = other
    const compact = signCredentialJwt(await aStrangersBadge(other, { email: ada.email }), {
      key,
      verificationMethod: `${id}#${key.publicKeyMultibase}`,
      created: '2026-03-12T08:30:00Z',
    })
    expect(await ada.post(compact, 'text/plain')).toMatchObject({ status: 201, text: compact })
    const { body } = await ada.ask('/credentials')
    expect(body).toEqual({ credential: [credential], compactJwsString: [compact] })
  })

  it('gives pages, and what came after a moment', async () => {
    const ada = await aLearner()
    const learner = { email: ada.email, username: ada.email }
    const { templateId, awardId: first } = await aSignedBadge(app, {}, { learner })
    const second = await aSignedBadge(app, { name: 'Second' }, { learner })
    const third = await aSignedBadge(app, { name: 'Third' }, { learner })
    expect(templateId).not.toBe(second.templateId)
    const page = await ada.ask('/credentials?limit=1&offset=1')
    expect(page.body.credential).toHaveLength(1)
    expect(page.body.credential[0].name).toBe('Second')
    expect(page.headers['x-total-count']).toBe('3')
    const at = `https://badges.example${root}/credentials?limit=1&offset=`
    expect(String(page.headers['link']).split(', ').sort()).toEqual([
      `<${at}0>; rel="first"`,
      `<${at}0>; rel="prev"`,
      `<${at}2>; rel="last"`,
      `<${at}2>; rel="next"`,
    ])
    expect((await ada.ask('/credentials?limit=2&offset=1')).headers['link']).not.toContain('next')
    const beyond = await ada.ask('/credentials?offset=50')
    expect(beyond.body).toEqual({ credential: [] })
    expect(beyond.headers['x-total-count']).toBe('3')
    const row = await app.db
      .selectFrom('credential')
      .select('created_at')
      .where('award_id', '=', second.awardId)
      .executeTakeFirstOrThrow()
    const since = encodeURIComponent(row.created_at)
    const after = await ada.ask(`/credentials?since=${since}`)
    expect(after.body.credential.map(({ name }: { name: string }) => name)).toEqual(['Third'])
    expect(after.headers['link']).toContain(`since=${since}`)
    expect([first, third.awardId]).toHaveLength(2)
  })

  it.each([
    'limit=0',
    'limit=x',
    'offset=-1',
    'since=yesterday',
    'since=2026-01-01',
    'limit=1&limit=2',
    'offset=99999999999999999999',
  ])('refuses %s', async (query) => {
    const answer = await (await aLearner()).ask(`/credentials?${query}`)
    expect(answer).toMatchObject({ status: 400, body: refusal('invalid_query_parameter') })
  })

  it('tells who the person is', async () => {
    const ada = await aLearner()
    expect((await ada.ask('/profile')).body).toEqual({
      id: `urn:uuid:${ada.user.id}`,
      type: ['Profile'],
      name: 'Ada Lovelace',
      email: ada.email,
    })
  })
})

describe('writing', () => {
  it('creates, finds the same again, and replaces it by a later one', async () => {
    const ada = await aLearner()
    const credential = await aStrangersBadge(riverbend, { email: ada.email })
    const created = await ada.post(credential)
    expect(created).toMatchObject({ status: 201, body: credential })
    // An answer may be lost: to ask again does no harm.
    expect((await ada.post(credential)).status).toBe(200)
    const later = await aStrangersBadge(riverbend, {
      email: ada.email,
      name: 'Marine Navigation II',
      credential: { validFrom: '2026-04-01T00:00:00Z' },
    })
    const replaced = await ada.post(later, 'application/vc+ld+json')
    expect(replaced.status).toBe(200)
    expect(replaced.headers['content-type']).toBe('application/vc+ld+json')
    expect((await ada.ask('/credentials')).body.credential).toEqual([later])
    const item = (await ada.get('backpack/badges')).body.items[0]
    expect((await ada.get(`backpack/badges/${item.id}`)).body).toMatchObject({
      source: 'open-badges-api',
      status: 'valid',
    })
  })

  it('takes a compact JWS as text, and answers with it', async () => {
    const ada = await aLearner()
    const learner = { email: ada.email, username: ada.email }
    const { awardId } = await aSignedBadge(app, {}, { learner })
    const headers = { accept: 'application/vc+jwt' }
    const jwt = (await server.inject({ url: `/credentials/${awardId}`, headers })).payload
    const answer = await ada.post(jwt, 'text/plain')
    expect(answer).toMatchObject({ status: 200, text: jwt })
    expect(answer.headers['content-type']).toMatch(/^text\/plain/)
  })

  it('refuses what does not verify, and keeps nothing', async () => {
    const ada = await aLearner()
    const credential = await aStrangersBadge(riverbend, { email: ada.email })
    const forged = { ...credential, name: 'Admiral' }
    expect(await ada.post(forged)).toMatchObject({ status: 422, body: refusal('invalid_data') })
    const key = generateSigningKey('P-256')
    const signer = { key, verificationMethod: 'did:key:z6Mk', created: '2026-01-01T00:00:00Z' }
    const jwt = signCredentialJwt(credential, signer)
    expect((await ada.post(jwt, 'text/plain')).status).toBe(422)
    expect((await ada.ask('/credentials')).body.credential).toEqual([])
  })

  it.each([
    ['', 'application/json', 422],
    ['{', 'application/json', 422],
    ['[]', 'text/plain', 422],
    ['{}', 'application/json', 422],
    ['a.b.c', 'application/json', 422],
    ['{}', 'application/xml', 415],
    ['{}', 'multipart/form-data; boundary=x', 415],
    [`"${'x'.repeat(5_000_000)}"`, 'application/json', 413],
  ])('refuses %.10s as %s', async (payload, type, status) => {
    const answer = await (await aLearner()).post(payload, type)
    expect(answer).toMatchObject({ status, body: refusal('invalid_data') })
  })
})

describe('refusals', () => {
  it('come with their status and their words, whatever goes wrong', async () => {
    const ada = await aLearner()
    expect(await ada.ask('/nothing')).toMatchObject({ status: 404, body: refusal('not_found') })
    expect(await ada.ask('/credentials/1')).toMatchObject({ status: 404 })
    for (const method of ['PUT', 'DELETE', 'PATCH'] as const) {
      const headers = { 'content-type': 'application/json' }
      const answer = await ada.ask('/credentials', { method, payload: '{', headers })
      expect(answer).toMatchObject({ status: 405, body: refusal('not_allowed') })
      expect(answer.headers['allow']).toBe('GET, HEAD, POST')
    }
    const put = await ada.ask('/profile', { method: 'PUT' })
    expect(put).toMatchObject({ status: 405, body: refusal('not_allowed') })
    const xml = await ada.ask('/credentials', { headers: { accept: 'application/xml' } })
    expect(xml).toMatchObject({ status: 406, body: refusal('not_acceptable') })
    const wild = await ada.ask('/credentials', { headers: { accept: 'text/html, */*;q=0.1' } })
    expect(wild.status).toBe(200)
  })

  it('tell what is wrong with a token', async () => {
    const ada = await aLearner(allOpenBadgesScopes.split(' ')[0])
    expect(await ada.post({})).toMatchObject({ status: 403, body: refusal('forbidden') })
    expect((await ada.ask('/profile')).headers['www-authenticate']).toContain('insufficient_scope')
    for (const authorization of ['Bearer wrong', 'Basic x', '', `Bearer ${app.adminToken}`]) {
      const answer = await ada.ask('/credentials', { headers: { authorization } })
      expect(answer).toMatchObject({ status: 401, body: refusal('unauthorizedrequest') })
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/)
    }
  })

  it('let no session in, which a foreign page could make a browser bring', async () => {
    const ada = await aLearner()
    expect((await ada.send({ url: `${root}/credentials` })).status).toBe(401)
  })

  it('hide what went wrong here', async () => {
    const broken = await createTestApp()
    const its = broken.createServer()
    await its.ready()
    const other = await anApplication(its)
    const person = await aSignedIn(broken, its)
    const { accessToken } = await other.connect(person, allOpenBadgesScopes)
    await broken.pool.query('alter table backpack_entry rename to elsewhere')
    const answer = await its.inject({
      url: `${root}/credentials`,
      headers: { authorization: `Bearer ${accessToken}` },
    })
    expect(answer.statusCode).toBe(500)
    expect(answer.json()).toEqual(refusal('internal_server_error'))
    expect(answer.payload).not.toContain('backpack_entry')
    await broken.drop()
  })
})
