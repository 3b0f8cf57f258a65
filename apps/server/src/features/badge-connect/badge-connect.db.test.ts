import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HttpServer } from '../../http/http-server.js'
import {
  type Application,
  aConnected,
  allBadgeConnectScopes,
  anApplication,
} from '../../testing/connected-application.js'
import { aSignedBadge } from '../../testing/signed-badges.js'
import { aNetwork } from '../../testing/strangers-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let server: HttpServer
let application: Application
const network: Record<string, unknown> = {}

beforeAll(async () => {
  app = await createTestApp({}, { guardedFetch: aNetwork(network) })
  server = app.createServer()
  await server.ready()
  application = await anApplication(server)
})

afterAll(async () => {
  await app.drop()
})

const root = '/ims/ob/v2p1'
const here = 'https://harbour.example'
const badge = {
  '@context': 'https://w3id.org/openbadges/v2',
  id: `${here}/badges/1`,
  type: 'BadgeClass',
  name: 'Knots',
  description: 'Ties twelve knots.',
  image: `${here}/badges/1.png`,
  criteria: { narrative: 'Tie them.' },
  issuer: `${here}/issuer`,
}
const issuer = {
  '@context': 'https://w3id.org/openbadges/v2',
  id: `${here}/issuer`,
  type: 'Issuer',
  name: 'Harbour',
  url: here,
  email: 'badges@harbour.example',
}

/** A hosted badge of somebody else, for this address. */
function anAssertion(email: string) {
  const assertion = {
    '@context': 'https://w3id.org/openbadges/v2',
    id: `${here}/assertions/${email}`,
    type: 'Assertion',
    recipient: { type: 'email', hashed: false, identity: email },
    badge: badge.id,
    verification: { type: 'HostedBadge' },
    issuedOn: '2026-01-01T00:00:00Z',
  }
  Object.assign(network, { [assertion.id]: assertion, [badge.id]: badge, [issuer.id]: issuer })
  return assertion
}

async function aLearner(scope = allBadgeConnectScopes) {
  const { accessToken, ...person } = await aConnected(app, application, scope)
  const headers = { authorization: `Bearer ${accessToken}` }
  const ask = async (path: string, more: object = {}) => {
    const answer = await server.inject({ url: `${root}${path}`, headers, ...more })
    return { status: answer.statusCode, headers: answer.headers, body: answer.json() }
  }
  return {
    ...person,
    ask,
    hand: (payload: object) => ask('/assertions', { method: 'POST', payload }),
  }
}

const status = (statusCode: number, statusText: string) => ({
  status: { error: statusCode < 300 ? null : expect.any(String), statusCode, statusText },
})

it('says where everything is', async () => {
  const answer = await server.inject({ url: '/.well-known/badgeconnect.json' })
  expect(answer.json()).toEqual({
    '@context': 'https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld',
    id: 'https://badges.example/.well-known/badgeconnect.json',
    badgeConnectAPI: [
      {
        name: 'Rosette',
        image: 'https://badges.example/brand/icon',
        apiBase: 'https://badges.example/ims/ob/v2p1',
        version: 'v2p1',
        termsOfServiceUrl: 'https://badges.example/',
        privacyPolicyUrl: 'https://badges.example/',
        scopesOffered: allBadgeConnectScopes.split(' '),
        registrationUrl: 'https://badges.example/oauth/register',
        authorizationUrl: 'https://badges.example/oauth/auth',
        tokenUrl: 'https://badges.example/oauth/token',
        tokenRevocationUrl: 'https://badges.example/oauth/revoke',
      },
    ],
  })
})

describe('assertions', () => {
  it('are those that everybody is served, of awards here', async () => {
    const ada = await aLearner()
    const { awardId } = await aSignedBadge(app, {}, { learner: { email: ada.email } })
    const answer = await ada.ask('/assertions?limit=10')
    const served = await server.inject({
      url: `/public/assertions/${awardId}`,
      headers: { accept: 'application/json' },
    })
    expect(answer.body).toEqual({
      ...status(200, 'OK'),
      assertions: [served.json()],
      signedAssertions: [],
    })
    expect(answer.headers).toMatchObject({
      'x-total-count': '1',
      link: expect.stringContaining('rel="first"'),
    })
  })

  it('are taken in as they are, by their address, and signed', async () => {
    const ada = await aLearner()
    const assertion = anAssertion(ada.email)
    const created = await ada.hand({ assertion })
    expect(created.body).toEqual({ ...status(201, 'OK'), assertion })
    expect((await ada.hand({ assertion: { id: assertion.id } })).status).toBe(200)
    expect((await ada.ask('/assertions')).body.assertions).toEqual([assertion])

    const { awardId } = await aSignedBadge(app, {}, { learner: { email: ada.email } })
    const signed = await server.inject({ url: `/public/assertions/${awardId}/signed` })
    expect((await ada.hand({ signedAssertion: signed.payload })).status).toBe(200)
  })

  it('are refused where they do not verify', async () => {
    const ada = await aLearner()
    const invented = { ...anAssertion(ada.email), id: `${here}/assertions/none` }
    expect(await ada.hand({ assertion: invented })).toMatchObject({
      status: 400,
      body: status(400, 'INVALID_BADGE'),
    })
    expect((await ada.hand({ signedAssertion: 'a.b.c' })).body).toEqual(
      status(400, 'INVALID_BADGE'),
    )
  })

  it('are refused where nobody can say whose they are', async () => {
    const ada = await aLearner()
    const { recipient: _hers, ...rest } = anAssertion(ada.email)
    const id = `${here}/assertions/by-name`
    const assertion = { ...rest, id, recipient: { type: 'id', hashed: false, identity: 'ada' } }
    Object.assign(network, { [id]: assertion })
    const { body } = await ada.hand({ assertion })
    expect(body).toEqual(status(400, 'RECIPIENT_PROFILE_MISMATCH'))
  })

  it.each([[{}], [{ assertion: 'x' }], [{ signedAssertion: '' }], [[]]])(
    'are refused as %j',
    async (payload) => {
      const { body } = await (await aLearner()).hand(payload)
      expect(body).toEqual(status(400, 'REQUEST_VALIDATION_ERROR'))
    },
  )

  it('are refused with a bad query, and as broken JSON', async () => {
    const ada = await aLearner()
    const wrong = await ada.ask('/assertions?limit=0')
    expect(wrong).toMatchObject({ status: 400, body: status(400, 'REQUEST_VALIDATION_ERROR') })
    const { accessToken } = await application.connect(ada)
    const broken = await server.inject({
      method: 'POST',
      url: `${root}/assertions`,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      payload: '{',
    })
    expect(broken.json()).toEqual(status(400, 'BAD_REQUEST'))
  })
})

it('tells who the person is', async () => {
  const ada = await aLearner()
  expect((await ada.ask('/profile')).body).toEqual({
    ...status(200, 'OK'),
    profile: {
      '@context': 'https://w3id.org/openbadges/v2',
      id: `urn:uuid:${ada.user.id}`,
      type: 'Profile',
      name: 'Ada Lovelace',
      email: ada.email,
    },
  })
})

it('refuses in its own words', async () => {
  const ada = await aLearner(allBadgeConnectScopes.split(' ')[0])
  expect((await ada.ask('/profile')).body).toEqual(status(403, 'PERMISSION_DENIED'))
  expect((await ada.ask('/nothing')).body).toEqual(status(404, 'NOT_FOUND'))
  const posted = await ada.ask('/profile', { method: 'POST', payload: {} })
  expect(posted.body).toEqual(status(405, 'METHOD_NOT_ALLOWED'))
  const stranger = await server.inject({ url: `${root}/assertions` })
  expect(stranger.json()).toEqual(status(401, 'UNAUTHENTICATED'))
})
