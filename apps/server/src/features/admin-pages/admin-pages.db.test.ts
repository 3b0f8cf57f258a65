import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anAccountWithBadge, anIssuance } from '../../testing/sample-issuances.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let server: ReturnType<TestApp['createServer']>
let cookie: string
let account: { readonly id: string; readonly name: string }
let failed: { readonly id: string }
let issued: { readonly id: string }

const day = 86_400_000
let time = Date.parse('2026-06-01T12:00:00Z')
const now = () => new Date(time)

beforeAll(async () => {
  app = await createTestApp({}, { now })
  server = app.createServer()
  await server.ready()
})
afterAll(async () => {
  await server.close()
  await app.drop()
})

type Form = Readonly<Record<string, string>>
type Headers = Readonly<Record<string, string>>
const sameOrigin = { 'sec-fetch-site': 'same-origin' }

function get(url: string, headers: Headers = { cookie }) {
  return server.inject({ url, headers: { accept: 'text/html', ...headers } })
}

function post(url: string, form: Form = {}, headers: Headers = { cookie, ...sameOrigin }) {
  return server.inject({
    method: 'POST',
    url,
    payload: new URLSearchParams(form).toString(),
    headers: {
      accept: 'text/html',
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
  })
}

const signIn = (token: string, headers: Headers = sameOrigin) =>
  post('/admin/sign-in', { token }, headers)
const cookieOf = (answer: { headers: Record<string, unknown> }) =>
  String(answer.headers['set-cookie']).split(';')[0] ?? ''

describe('signing in', () => {
  it('is asked for before anything is shown, and leads back', async () => {
    const answer = await get('/admin/issuances?state=failed', {})
    expect([answer.statusCode, answer.headers['location']]).toEqual([
      303,
      '/admin/sign-in?to=%2Fadmin%2Fissuances%3Fstate%3Dfailed',
    ])
    expect((await post('/admin/issuances/retry', {}, sameOrigin)).statusCode).toBe(303)
    const form = await get('/admin/sign-in?to=/admin/issuances', {})
    expect(form.body).toContain('name="to" value="/admin/issuances"')
    expect(form.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    })
  })

  it('refuses what is no token, in words', async () => {
    const answer = await signIn('wrong')
    expect(answer.statusCode).toBe(401)
    expect(answer.body).toContain('This is no administration token')
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  it('opens a session that scripts and other sites cannot use', async () => {
    const answer = await signIn(app.adminToken)
    expect([answer.statusCode, answer.headers['location']]).toEqual([303, '/admin'])
    expect(answer.headers['set-cookie']).toMatch(
      /^rosette_admin=[\w.-]+; Max-Age=43200; Path=\/admin; HttpOnly; SameSite=Strict; Secure$/,
    )
    cookie = cookieOf(answer)
    expect((await get('/admin')).statusCode).toBe(200)
  })

  it.each(['https://evil.example/', '//evil.example', '/admin/../x', '/admin/sign-out', '/public'])(
    'does not lead to %s afterwards',
    async (to) => {
      const answer = await post('/admin/sign-in', { token: app.adminToken, to }, sameOrigin)
      expect(answer.headers['location']).toBe('/admin')
    },
  )

  it('takes no cookie that was changed or that has ended', async () => {
    const [id, until, mac] = cookie.replace('rosette_admin=', '').split('.')
    for (const wrong of [`${id}.${Number(until) + 1}.${mac}`, `${id}.${until}.x`, 'x', '..']) {
      const answer = await get('/admin', { cookie: `rosette_admin=${wrong}` })
      expect(answer.statusCode).toBe(303)
    }
    time += day
    expect((await get('/admin')).statusCode).toBe(303)
    time -= day
    expect((await get('/admin', { cookie: `other=1; ${cookie}` })).statusCode).toBe(200)
  })

  it('is for tokens that may do everything, as these pages do', async () => {
    const narrow = { name: 'narrow', permissions: ['platform:read', 'platform:edit'] as const }
    const own = cookieOf(await signIn(await app.tokens.create(narrow)))
    expect((await get('/admin', { cookie: own })).statusCode).toBe(303)
    const { id } = await app.db
      .insertInto('organization')
      .values({ name: 'Bound', slug: 'bound' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const bound = await app.tokens.create({ name: 'bound', organizationId: id })
    const foreign = cookieOf(await signIn(bound))
    expect((await get('/admin', { cookie: foreign })).statusCode).toBe(303)
  })

  it('ends with the token that opened it', async () => {
    const token = await app.tokens.create({ name: 'leaving' })
    const own = cookieOf(await signIn(token))
    expect((await get('/admin', { cookie: own })).statusCode).toBe(200)
    const revoked = { revoked_at: now().toISOString() }
    await app.db.updateTable('api_token').set(revoked).where('name', '=', 'leaving').execute()
    expect((await get('/admin', { cookie: own })).statusCode).toBe(303)
  })

  it('is not guessed at: after ten tries an address waits a minute', async () => {
    const headers = { ...sameOrigin, 'x-forwarded-for': '203.0.113.9' }
    for (let n = 0; n < 10; n += 1) expect((await signIn('x', headers)).statusCode).toBe(401)
    const refused = await signIn(app.adminToken, headers)
    expect(refused.statusCode).toBe(429)
    expect(refused.body).toContain('too many tries')
    time += 60_000
    expect((await signIn(app.adminToken, headers)).statusCode).toBe(303)
    time -= 60_000
  })

  it('is not guessed at by who invents the addresses from which it comes', async () => {
    time += 120_000
    const guess = (from: string) =>
      signIn('x', { ...sameOrigin, 'x-forwarded-for': from }).then(({ statusCode }) => statusCode)
    // A proxy appends whom it saw.
    const behindProxy: number[] = []
    for (let n = 0; n < 12; n++) behindProxy.push(await guess(`198.51.100.${n}, 203.0.113.7`))
    expect(behindProxy).toEqual([...Array(10).fill(401), 429, 429])
    const direct: number[] = []
    for (let n = 0; n < 120; n++) direct.push(await guess(`198.51.100.${n}`))
    expect(direct.filter((status) => status === 401).length).toBeLessThanOrEqual(100)
    time += 60_000
    expect((await signIn(app.adminToken)).statusCode).toBe(303)
    time -= 180_000
  })

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling of our site', { 'sec-fetch-site': 'same-site', origin: 'https://badges.example' }],
    ['an old browser at another site', { origin: 'https://evil.example' }],
    ['nowhere', {}],
    ['a hidden place', { origin: 'null' }],
  ])('and every action is refused when it comes from %s', async (_where, headers) => {
    for (const url of ['/admin/sign-in', '/admin/issuances/retry', '/admin/sign-out']) {
      const answer = await post(url, { token: app.adminToken }, { cookie, ...headers })
      expect(answer.statusCode).toBe(403)
      expect(answer.body).toContain('sent from another site')
    }
  })

  it('trusts the origin of a browser that says nothing else', async () => {
    const headers = { cookie, origin: 'https://badges.example' }
    expect((await post('/admin/issuances/retry', {}, headers)).statusCode).toBe(303)
  })

  it('is undone by signing out', async () => {
    const answer = await post('/admin/sign-out')
    expect(answer.headers['set-cookie']).toMatch(/^rosette_admin=; Max-Age=0; Path=\/admin/)
    const form = await get('/admin/sign-in?done=signed-out', {})
    expect(form.body).toContain('You are signed out')
  })
})

describe('an empty installation', () => {
  it('says on each page what it is for', async () => {
    expect((await get('/admin')).body).toContain('Nothing needs you.')
    expect((await get('/admin/issuances')).body).toContain('Nothing has been issued yet')
    expect((await get('/admin/providers')).body).toContain('There are no accounts')
    expect((await get('/admin/providers/new/credly')).body).toContain('There is no issuer yet')
  })

  it.each(['/admin/issuances/x', '/admin/providers/new/none', '/admin/nothing'])(
    'has nothing at %s',
    async (url) => {
      const answer = await get(url)
      expect(answer.statusCode).toBe(404)
      expect(answer.headers['content-type']).toContain('text/html')
    },
  )
})

describe('issuances', () => {
  beforeAll(async () => {
    const there = await anAccountWithBadge(app, { name: 'Credly & <Co>' })
    account = there.account
    const { templateId } = there
    failed = await anIssuance(
      app,
      { templateId, learner: { name: '<b>Ada</b>' } },
      {
        state: 'failed',
        last_error: 'Credly answered 503.',
        remedy: 'Look at status.credly.com.',
        next_try_at: '2026-06-01T12:05:00Z',
      },
    )
    issued = await anIssuance(
      app,
      { templateId },
      {
        state: 'issued',
        external_id: 'there',
        external_url: 'https://www.credly.example/badges/1',
        external_state: 'accepted',
        issued_at: '2026-05-01T00:00:00Z',
      },
    )
  })

  it('are listed with state, error, remedy and next try, everything escaped', async () => {
    const { body } = await get('/admin/issuances')
    expect(body).toContain('Failed, tried again')
    expect(body).toContain('Credly answered 503.')
    expect(body).toContain('<b>What to do:</b> Look at status.credly.com.')
    expect(body).toContain('1 Jun 2026, 12:05 UTC')
    expect(body).toContain('&#60;b&#62;Ada&#60;/b&#62;')
    expect(body).toContain('href="https://www.credly.example/badges/1" rel="noopener"')
    expect(body).not.toMatch(/<b>Ada|<Co>/)
    expect(body).toContain('Try the one that failed again')
  })

  it('are filtered by state and by place', async () => {
    const { body } = await get(`/admin/issuances?state=issued&account=${account.id}`)
    expect(body).toContain('aria-current="true">Issued <b>1</b>')
    expect(body).not.toContain('Credly answered 503.')
    expect(body).toContain(`<option value="${account.id}" selected>`)
    expect((await get('/admin/issuances?account=native')).body).toContain(
      'There is nothing in this',
    )
    expect((await get('/admin/issuances?state=lost&account=x')).statusCode).toBe(200)
  })

  it('show how they came to stand where they are', async () => {
    const { body } = await get(`/admin/issuances/${failed.id}`)
    expect(body).toContain('<ol class="timeline">')
    expect(body.indexOf('Waiting</b>')).toBeLessThan(body.indexOf('Failed, tried again</b>'))
    const other = (await get(`/admin/issuances/${issued.id}`)).body
    expect(other).toContain('The provider&#39;s word</dt><dd>accepted')
    expect(other).not.toContain('Retry now')
  })

  it('are tried again, one or all, and the page says so', async () => {
    const one = await post(`/admin/issuances/${failed.id}/retry`, {
      back: 'list',
      state: 'failed',
    })
    expect(one.headers['location']).toBe('/admin/issuances?state=failed&done=retried&n=1')
    expect((await get(String(one.headers['location']))).body).toContain(
      '1 issuance waits in the queue again.',
    )
    const again = await post(`/admin/issuances/${failed.id}/retry`)
    expect(again.statusCode).toBe(409)
    expect(again.body).toContain('There is nothing to try again')
    await app.db
      .updateTable('issuance')
      .set({ state: 'stopped' })
      .where('id', '=', failed.id)
      .execute()
    const all = await post('/admin/issuances/retry', { account: account.id })
    expect(all.headers['location']).toBe(`/admin/issuances?account=${account.id}&done=retried&n=1`)
    const audit = await app.db.selectFrom('audit_log').selectAll().orderBy('id').execute()
    expect(audit.map(({ action, actor }) => [action, actor])).toContainEqual([
      'issuance.retry',
      'token: ROSETTE_ADMIN_TOKEN',
    ])
  })

  it('that somebody ended at the provider say so, and offer to issue anew', async () => {
    const { templateId } = await anAccountWithBadge(app, { name: 'Third' })
    const ended = {
      state: 'revoked',
      reason: 'ended-there',
      note: 'Credly announced it: revoked.',
      remedy: 'Revoke the award here as well, or retry.',
    } as const
    const { id } = await anIssuance(app, { templateId }, ended)
    for (const url of ['/admin/issuances?state=revoked', `/admin/issuances/${id}`]) {
      const { body } = await get(url)
      expect(body).toContain('Ended at the provider')
      expect(body).toContain('<p>Credly announced it: revoked.</p>')
      expect(body).toContain('<b>What to do:</b> Revoke the award here as well, or retry.')
      expect(body).toContain('Retry now')
    }
    const retried = await post(`/admin/issuances/${id}/retry`)
    expect(retried.headers['location']).toBe(`/admin/issuances/${id}?done=retried&n=1`)
  })

  it('come in pages', async () => {
    const { templateId } = await anAccountWithBadge(app, { name: 'Another' })
    for (let n = 0; n < 26; n += 1) await anIssuance(app, { templateId })
    const { body } = await get('/admin/issuances?state=queued')
    const next = /href="([^"]+)">Next page/.exec(body)?.[1] ?? ''
    expect((await get(next.replaceAll('&#38;', '&'))).body).toContain('Tried again by hand.')
  })
})

describe('the overview', () => {
  it('names what needs a person, each with one place to go and a way to put it aside', async () => {
    await app.notices.open(app.db, {
      kind: 'account-paused',
      subject: `provider-account/${account.id}`,
      organizationId: (
        await app.db.selectFrom('organization').select('id').executeTakeFirstOrThrow()
      ).id,
      detail: { account: account.name, provider: 'credly', reason: 'The key was refused' },
    })
    const { body } = await get('/admin')
    expect(body).toContain('The key was refused')
    expect(body).toContain(`<a href="/admin/providers/${account.id}">Open the account</a>`)
    expect(body).toContain(`<a href="/admin/issuances?state=issued">`)
    const path = /action="([^"]+\/resolve)"/.exec(body)?.[1] ?? ''
    expect((await post(path)).headers['location']).toBe('/admin?done=resolved')
    expect((await get('/admin')).body).not.toContain('The key was refused')
  })
})
