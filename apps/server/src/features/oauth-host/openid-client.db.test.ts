import { findFreePort } from '@rosette/testkit'
import * as openid from 'openid-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { HttpServer } from '../../http/http-server.js'
import { allOpenBadgesScopes, goodClient } from '../../testing/connected-application.js'
import { aSignedIn } from '../../testing/person.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let server: HttpServer
let base = ''

beforeAll(async () => {
  const port = await findFreePort()
  base = `http://localhost:${port}`
  app = await createTestApp({ ROSETTE_BASE_URL: base })
  server = app.createServer()
  await server.listen({ port, host: 'localhost' })
})

afterAll(async () => {
  await server.close()
  await app.drop()
})

it('is understood by a client that somebody else has written', async () => {
  const at = (path: string) => `http://127.0.0.1:3000${path}`
  const redirect_uri = at('/back')
  const metadata = {
    ...goodClient,
    client_uri: at('/'),
    logo_uri: at('/logo.png'),
    tos_uri: at('/terms'),
    policy_uri: at('/privacy'),
    redirect_uris: [redirect_uri],
  }
  const client = await openid.dynamicClientRegistration(
    new URL(`${base}/oauth`),
    metadata,
    openid.ClientSecretBasic(),
    { algorithm: 'oauth2', execute: [openid.allowInsecureRequests] },
  )
  expect(client.serverMetadata().supportsPKCE()).toBe(true)

  const pkceCodeVerifier = openid.randomPKCECodeVerifier()
  const expectedState = openid.randomState()
  const question = openid.buildAuthorizationUrl(client, {
    redirect_uri,
    scope: allOpenBadgesScopes,
    state: expectedState,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  })
  const ada = await aSignedIn(app, server)
  const asked = await ada.get(`${question.pathname}${question.search}`)
  const uid = String(asked.headers['location']).split('/backpack/allow/')[1] ?? ''
  const decided = await ada.post(`me/authorizations/${uid}`, { isAllowed: true })
  const back = await ada.get(new URL(decided.body.redirectTo).pathname)
  const tokens = await openid.authorizationCodeGrant(
    client,
    new URL(String(back.headers['location'])),
    { pkceCodeVerifier, expectedState },
  )
  expect(tokens).toMatchObject({ token_type: 'bearer', scope: allOpenBadgesScopes })

  const again = await openid.refreshTokenGrant(client, tokens.refresh_token ?? '')
  const profile = new URL(`${base}/ims/ob/v3p0/profile`)
  const answer = await openid.fetchProtectedResource(client, again.access_token, profile, 'GET')
  expect(await answer.json()).toMatchObject({ email: ada.user.email })
  await openid.tokenRevocation(client, again.refresh_token ?? '')
  const refused = openid.fetchProtectedResource(client, again.access_token, profile, 'GET')
  await expect(refused).rejects.toMatchObject({ status: 401 })
})
