import { createGuardedFetch } from '@rosette/guarded-fetch'
import { findFreePort } from '@rosette/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson, goodPassword } from '../src/testing/person.js'
import { takeBack } from '../src/testing/sample-awards.js'
import { aSignedBadge } from '../src/testing/signed-badges.js'
import { createTestApp } from '../src/testing/test-app.js'
import { openVisitor, type Visitor } from './visitor.js'

type Site = Awaited<ReturnType<typeof aSite>>

let university: Site
let portfolio: Site
const email = 'ada@learners.example'

beforeAll(async () => {
  const ports = [await findFreePort(), await findFreePort()] as const
  const allowed = ports.map((port) => `localhost:${port}`)
  university = await aSite(ports[0], allowed)
  portfolio = await aSite(ports[1], allowed)
})

afterAll(async () => {
  await university?.close()
  await portfolio?.close()
})

/** A whole Rosette at an address of its own. */
async function aSite(port: number, allowHosts: readonly string[]) {
  const base = `http://localhost:${port}`
  const app = await createTestApp(
    { ROSETTE_BASE_URL: base, ROSETTE_VERIFIER_ALLOWED_HOSTS: allowHosts.join(',') },
    // A status list may be kept for a minute, which is longer than we wait here.
    { guardedFetch: createGuardedFetch({ allowHosts, cacheBytes: 0 }) },
  )
  const server = app.createServer()
  await server.listen({ port, host: 'localhost' })
  const person = await aPerson(app, { email, name: 'Ada Lovelace' })
  await app.db
    .updateTable('app_user')
    .set({ email_proven_at: new Date().toISOString() })
    .where('id', '=', person.id)
    .execute()
  const close = async () => {
    await server.close()
    await app.drop()
  }
  return { app, base, close }
}

/** A browser at one site, signed in. */
async function visit({ base }: Site, address = email) {
  const visitor = openVisitor(base)
  const given = { email: address, password: goodPassword }
  expect((await visitor.api('POST', 'session', given)).status).toBe(200)
  return visitor
}

/** Connects the portfolio from the university, all by HTTP: asking, consent and the way back. */
async function connect(at: Visitor, there: Visitor, url: string) {
  const connecting = await at.api('POST', 'me/hosts', { url })
  expect(connecting.status, JSON.stringify(connecting.body)).toBe(201)
  const asked = await there.go(connecting.body.authorizeAt)
  const uid = asked.to.split('/backpack/allow/')[1] ?? ''
  expect(asked.to).toBe(`${portfolio.base}/backpack/allow/${uid}`)
  const question = await there.api('GET', `me/authorizations/${uid}`)
  expect(question.body).toMatchObject({
    application: { name: 'Rosette', logoUrl: null },
    returnsTo: new URL(university.base).host,
  })
  const decided = await there.api('POST', `me/authorizations/${uid}`, { isAllowed: true })
  const answered = await there.go(decided.body.redirectTo)
  expect(answered.to).toMatch(`${university.base}/backpack-hosts/callback/`)
  const back = await at.go(answered.to)
  expect(back.to).toMatch(/^\/backpack\//)
  return { id: String(connecting.body.host.id), kind: connecting.body.host.kind, answered }
}

const aBadge = async (name: string) =>
  (await aSignedBadge(university.app, { name }, { learner: { email, username: email } })).awardId

async function badgeAt({ api }: Visitor, name: string) {
  const list = await api('GET', `backpack/badges?search=${encodeURIComponent(name)}`)
  const [found] = list.body.items
  return found && (await api('GET', `backpack/badges/${found.id}`)).body
}

describe.each([
  ['open-badges-3.0', ''],
  ['badge-connect-2.1', '/.well-known/badgeconnect.json'],
])('a badge issued by one Rosette, brought into another by %s', (kind, path) => {
  it('is verified and kept there, sent again without harm, and its connection can be ended', async () => {
    const at = await visit(university)
    const there = await visit(portfolio)
    const name = `Navigation by ${kind}`
    const badgeId = await aBadge(name)
    const host = await connect(at, there, `${portfolio.base}${path}`)
    expect(host.kind).toBe(kind)
    expect((await there.api('GET', 'me/applications')).body.items).toHaveLength(1)

    const send = () => at.api('POST', `me/hosts/${host.id}/badges`, { badgeId })
    expect(await send()).toMatchObject({ status: 200, body: { outcome: 'created' } })
    expect(await send()).toMatchObject({ status: 200, body: { outcome: 'there-already' } })
    // As if the first answer had been lost on its way.
    await university.app.db.deleteFrom('badge_host_badge').execute()
    expect(await send()).toMatchObject({ status: 200, body: { outcome: 'replaced' } })

    const kept = await badgeAt(there, name)
    expect(kept).toMatchObject({
      origin: 'imported',
      status: 'valid',
      issuer: { name: 'Open University' },
    })
    expect(kept.source).toBe(kind === 'open-badges-3.0' ? 'open-badges-api' : 'badge-connect')
    expect((await at.api('GET', 'me/hosts')).body.items[0]).toMatchObject({
      kind,
      state: 'connected',
      badgesSent: 1,
      lastError: null,
    })

    await takeBack(university.app, badgeId, 'A mistake.')
    await there.api('POST', `backpack/badges/${kept.id}/check`)
    expect((await badgeAt(there, name)).status).toBe('revoked')
    expect(await send()).toMatchObject({ status: 409, body: { code: 'conflict' } })

    // The token is given back there, so that nobody can use it any more.
    expect((await at.api('DELETE', `me/hosts/${host.id}`)).status).toBe(204)
    expect((await there.api('GET', 'me/applications')).body.items).toEqual([])
    expect((await at.api('GET', 'me/hosts')).body.items).toEqual([])
  })

  it('cannot be sent any more once the host has taken the access away', async () => {
    const at = await visit(university)
    const there = await visit(portfolio)
    const badgeId = await aBadge(`Refused by ${kind}`)
    const host = await connect(at, there, `${portfolio.base}${path}`)
    const [{ id }] = (await there.api('GET', 'me/applications')).body.items
    expect((await there.api('DELETE', `me/applications/${id}`)).status).toBe(204)
    const refused = await at.api('POST', `me/hosts/${host.id}/badges`, { badgeId })
    expect(refused).toMatchObject({ status: 422, body: { code: 'host-refused' } })
    expect(refused.body.title).toContain('Connect it again')
    expect((await at.api('GET', 'me/hosts')).body.items[0].state).toBe('ended')
    await at.api('DELETE', `me/hosts/${host.id}`)
  })

  it('goes on when a token has ended, with a new one', async () => {
    const at = await visit(university)
    const there = await visit(portfolio)
    const badgeId = await aBadge(`Refreshed by ${kind}`)
    const host = await connect(at, there, `${portfolio.base}${path}`)
    await portfolio.app.db.deleteFrom('oauth_record').where('model', '=', 'AccessToken').execute()
    const both = await Promise.all(
      [1, 2].map(() => at.api('POST', `me/hosts/${host.id}/badges`, { badgeId })),
    )
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    await at.api('DELETE', `me/hosts/${host.id}`)
  })
})

describe('the way back', () => {
  it('is for whoever went, in one try', async () => {
    const at = await visit(university)
    const there = await visit(portfolio)
    await aPerson(university.app, { email: 'mallory@learners.example' })
    const mallory = await visit(university, 'mallory@learners.example')
    const { id, answered } = await connect(at, there, portfolio.base)
    // A second time, by somebody else, and with another state.
    for (const [visitor, to] of [
      [at, answered.to],
      [mallory, answered.to],
      [at, answered.to.replace(/state=[^&]+/, 'state=x')],
    ] as const) {
      expect((await visitor.go(to)).status).toBe(404)
    }
    expect((await mallory.api('DELETE', `me/hosts/${id}`)).status).toBe(404)
    expect((await mallory.api('GET', 'me/hosts')).body.items).toEqual([])
    await at.api('DELETE', `me/hosts/${id}`)
  })

  it('says so when it was not allowed there', async () => {
    const at = await visit(university)
    const there = await visit(portfolio)
    const { body } = await at.api('POST', 'me/hosts', { url: portfolio.base })
    const asked = await there.go(body.authorizeAt)
    const uid = asked.to.split('/backpack/allow/')[1] ?? ''
    const decided = await there.api('POST', `me/authorizations/${uid}`, { isAllowed: false })
    const answered = await there.go(decided.body.redirectTo)
    const back = await at.go(answered.to)
    expect([back.status, back.to]).toEqual([303, expect.stringContaining('/backpack/settings')])
    const [host] = (await at.api('GET', 'me/hosts')).body.items
    expect(host).toMatchObject({
      state: 'ended',
      lastError: expect.stringContaining('not allowed'),
    })
    await at.api('DELETE', `me/hosts/${host.id}`)
  })
})
