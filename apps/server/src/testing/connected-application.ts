import { createHash, randomBytes } from 'node:crypto'
import type { HttpServer } from '../http/http-server.js'
import type { Answer } from './api-client.js'
import { aSignedIn, type Browser } from './person.js'
import { proveMail } from './sample-backpack.js'
import type { TestApp } from './test-app.js'

const openBadges = 'https://purl.imsglobal.org/spec/ob/v3p0/scope/'
const badgeConnect = 'https://purl.imsglobal.org/spec/ob/v2p1/scope/'
export const allOpenBadgesScopes = `${openBadges}credential.readonly ${openBadges}credential.upsert ${openBadges}profile.readonly offline_access`
export const allBadgeConnectScopes = `${badgeConnect}assertion.readonly ${badgeConnect}assertion.create ${badgeConnect}profile.readonly offline_access`

export const goodClient = {
  client_name: 'Portfolio',
  client_uri: 'https://portfolio.example',
  logo_uri: 'https://portfolio.example/logo.png',
  tos_uri: 'https://portfolio.example/terms',
  policy_uri: 'https://portfolio.example/privacy',
  software_id: 'portfolio',
  software_version: '1.0',
  redirect_uris: ['https://portfolio.example/back'],
  scope: `${allBadgeConnectScopes.replace(' offline_access', '')} ${allOpenBadgesScopes}`,
}

let made = 0

/** An application that wants to get into backpacks, as far as the server can see one. */
export async function anApplication(server: HttpServer, metadata: object = {}) {
  made += 1
  const registered = await server.inject({
    method: 'POST',
    // Each from an address of its own, so that tests do not use up each other's tries.
    remoteAddress: `10.77.${(made >> 8) & 255}.${made & 255}`,
    url: '/oauth/register',
    payload: { ...goodClient, ...metadata },
  })
  const client = registered.json()
  const basic = Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64')

  async function form(
    url: string,
    values: Record<string, string>,
    authorization = `Basic ${basic}`,
  ) {
    const answer = await server.inject({
      method: 'POST',
      url,
      headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(values).toString(),
    })
    return { status: answer.statusCode, body: answer.payload === '' ? null : answer.json() }
  }

  /** Leads a browser here, and answers with the question's id and what is kept to prove the exchange. */
  async function ask(browser: Browser, scope: string, changed: Record<string, string> = {}) {
    const verifier = randomBytes(32).toString('base64url')
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    const query = {
      response_type: 'code',
      client_id: client.client_id,
      redirect_uri: client.redirect_uris[0],
      scope,
      state: 'kept',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...changed,
    }
    const given = Object.entries(query).filter(([, value]) => value !== '')
    const answer = await browser.get(`/oauth/auth?${new URLSearchParams(given)}`)
    const location = String(answer.headers['location'] ?? '')
    return { answer, location, uid: location.split('/backpack/allow/')[1] ?? '', verifier }
  }

  /** Has a person allow it, and answers with the query with which the browser comes back. */
  async function allow(browser: Browser, uid: string, isAllowed = true) {
    const decided = await browser.post(`me/authorizations/${uid}`, { isAllowed })
    if (decided.status !== 200) return { decided, back: new URLSearchParams() }
    const { pathname } = new URL(decided.body.redirectTo)
    const answer: Answer = await browser.get(pathname.slice(pathname.indexOf('/oauth')))
    const back = new URL(String(answer.headers['location'])).searchParams
    return { decided, back }
  }

  const exchange = (code: string, verifier: string, changed: Record<string, string> = {}) =>
    form('/oauth/token', {
      grant_type: 'authorization_code',
      code,
      redirect_uri: client.redirect_uris[0],
      code_verifier: verifier,
      ...changed,
    })

  /** All of it: a token with which the backpack of this person can be used. */
  async function connect(browser: Browser, scope = client.scope) {
    const { uid, verifier } = await ask(browser, scope)
    const { back } = await allow(browser, uid)
    const { body } = await exchange(back.get('code') ?? '', verifier)
    return { accessToken: String(body.access_token), refreshToken: String(body.refresh_token) }
  }

  const refresh = (token: string) =>
    form('/oauth/token', { grant_type: 'refresh_token', refresh_token: token })

  return { server, registered, client, form, ask, allow, exchange, connect, refresh }
}

export type Application = Awaited<ReturnType<typeof anApplication>>

let people = 0

/** Somebody with a proven address who has let the application in. */
export async function aConnected(app: TestApp, application: Application, scope: string) {
  people += 1
  const email = `ada${people}@learners.example`
  const person = await aSignedIn(app, application.server, { email, name: 'Ada Lovelace' })
  await proveMail(app, person.user.id)
  const { accessToken } = await application.connect(person, scope)
  return { ...person, email, accessToken }
}
