import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import {
  type BadgrSimulator,
  badgrSimulatorAccount,
  badgrSimulatorBadgeClassId,
  createBadgrSimulator,
} from './badgr-simulator.js'

const { issuerId, username, password, clientId, clientSecret, issuerToken } = badgrSimulatorAccount
const classId = badgrSimulatorBadgeClassId(1)
const ok = { success: true, description: 'ok' }
const ada = { identity: 'Ada@Example.org', type: 'email' }
const picture = 'data:image/png;base64,AAAA'

let simulator: BadgrSimulator
let base: string
let token: string

beforeEach(async () => {
  simulator = createBadgrSimulator()
  base = await simulator.listen()
  token = String((await signIn({ username, password })).body['access_token'])
})
afterEach(async () => {
  vi.useRealTimers()
  await simulator.close()
})

const bodySchema = z.looseObject({})

async function read(response: Response) {
  const text = await response.text()
  const body = bodySchema.parse(/^[[{]/.test(text) ? JSON.parse(text) : { text })
  return { status: response.status, headers: response.headers, body }
}

async function signIn(form: Record<string, string>, query = '') {
  const body = new URLSearchParams(form)
  return await read(await fetch(`${base}/o/token${query}`, { method: 'POST', body }))
}

const as = (bearer: string) => async (method: string, path: string, body?: unknown) => {
  const response = await fetch(path.startsWith('http') ? path : `${base}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${bearer}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return await read(response)
}
const call: ReturnType<typeof as> = (...request) => as(token)(...request)

const resultSchema = z.object({ result: z.array(z.looseObject({ entityId: z.string() })) })
const resultOf = ({ body }: { readonly body: unknown }) => resultSchema.parse(body).result
const award = async (changes: object = {}, bearer = token) =>
  as(bearer)('POST', `/v2/badgeclasses/${classId}/assertions`, { recipient: ada, ...changes })
const awardId = async () => resultOf(await award())[0]?.entityId ?? ''
const refused = (description: string, more: object = {}) => ({
  status: { success: false, description },
  result: [],
  ...more,
})
const wrong = (fieldErrors: object, ...validationErrors: readonly string[]) =>
  refused('bad request', { fieldErrors, validationErrors })
const missing = refused('entity not found or insufficient privileges')

describe('tokens', () => {
  it.each([
    { username, password },
    { grant_type: 'password', client_id: 'public', username, password },
  ])('are given for a password: %o', async (form) => {
    const { status, body } = await signIn(form)
    expect(status).toBe(200)
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 86_400,
      refresh_token: expect.any(String),
      scope: 'rw:profile rw:issuer rw:backpack',
    })
  })

  it.each([
    [{ username, password: 'no' }, 401, 'invalid_grant'],
    [{ grant_type: 'refresh_token', refresh_token: 'no' }, 401, 'invalid_grant'],
    [{ client_id: 'no', username, password }, 400, 'invalid client_id'],
    [{ client_id: clientId, client_secret: 'no' }, 400, 'invalid client_secret'],
    [{ client_id: 'public', scope: 'rw:world' }, 400, 'invalid scope requested'],
    [{ grant_type: 'magic' }, 400, 'unsupported_grant_type'],
    [{ grant_type: 'client_credentials' }, 400, 'invalid client_id'],
  ] as const)('are refused to %o', async (form, status, error) => {
    expect(await signIn(form)).toMatchObject({ status, body: { error } })
  })

  it('are not given for parameters in the address', async () => {
    const error = 'Token grant parameters must be sent in post body, not query parameters'
    const answer = await signIn({}, `?username=${username}&password=${password}`)
    expect(answer).toMatchObject({ status: 400, body: { error } })
  })

  it('keep those away who fail again and again', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const fail = () => signIn({ username, password: 'no' })
    expect((await fail()).status).toBe(401)
    expect((await signIn({ username, password })).body).toEqual({
      error: 'login attempts throttled',
      error_description: 'Too many login attempts. Please wait and try again.',
      expires: 2,
    })
    simulator.advance(2)
    expect((await fail()).status).toBe(401)
    expect(await fail()).toMatchObject({ status: 429, body: { expires: 4 } })
    simulator.advance(4)
    expect((await signIn({ username, password })).status).toBe(200)
    expect((await fail()).status).toBe(401)
    expect(await fail()).toMatchObject({ status: 429, body: { expires: 2 } })
  })

  it('may only read a profile when a client asks for no scope', async () => {
    const form = {
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    }
    const poor = await signIn(form)
    expect(poor.body).toMatchObject({ scope: 'r:profile' })
    const answer = await as(String(poor.body['access_token']))('GET', '/v2/issuers')
    expect(answer).toMatchObject({ status: 404, body: missing })
  })

  it('end after a day, and live on in use', async () => {
    simulator.advance(50_000)
    expect((await call('GET', '/v2/issuers')).status).toBe(200)
    simulator.advance(80_000)
    expect((await call('GET', '/v2/issuers')).status).toBe(200)
    simulator.advance(86_400)
    const { status, headers, body } = await call('GET', '/v2/issuers')
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="api"'])
    expect(body).toEqual(refused('no valid auth token found'))
  })

  it('of one issuer do no more than that', async () => {
    const asIssuer = (path: string) => as(issuerToken)('GET', path)
    expect((await asIssuer(`/v2/issuers/${issuerId}`)).status).toBe(200)
    expect((await asIssuer('/v2/issuers')).status).toBe(404)
    expect((await asIssuer('/v2/assertions/changed')).status).toBe(404)
    expect((await award({}, issuerToken)).status).toBe(201)
    const { body } = await call('POST', '/v2/tokens/issuers', { issuers: [issuerId] })
    expect(body).toMatchObject({ result: [{ issuer: issuerId, token: expect.any(String) }] })
    expect((await call('POST', '/v2/tokens/issuers', { issuers: ['no'] })).status).toBe(400)
  })
})

describe('paths', () => {
  it.each([
    '/v2/badgeclasses/',
    `/v2/badgeclasses/${classId}/`,
    `/v2/issuers/${issuerId}/badgeclasses/?num=1`,
    '/v2/nothing',
  ])('that do not exist are no pages: %s', async (path) => {
    const { status, headers } = await call('GET', path)
    expect([status, headers.get('content-type')]).toEqual([404, expect.stringContaining('html')])
  })

  it.each([
    ['GET', '/v2/issuers/no'],
    ['GET', '/v2/badgeclasses/no'],
    ['POST', '/v2/badgeclasses/no/assertions'],
    ['POST', '/v2/badgeclasses//assertions'],
    ['GET', '/v2/assertions/no'],
  ])('to nothing, %s %s, are not found', async (method, path) => {
    const body = method === 'POST' ? { recipient: ada } : undefined
    expect(await call(method, path, body)).toMatchObject({ status: 404, body: missing })
  })

  it('to what belongs to others are not found', async () => {
    simulator.seed({
      issuers: [{ entityId: 'other', name: 'Other' }],
      badgeClasses: [{ entityId: 'foreign', issuer: 'other', name: 'Foreign' }],
    })
    expect((await call('GET', '/v2/badgeclasses/foreign')).status).toBe(404)
    expect(resultOf(await call('GET', '/v2/issuers'))).toHaveLength(1)
    expect(resultOf(await call('GET', '/v2/badgeclasses'))).toHaveLength(12)
  })

  it('are closed to staff for what only editors do', async () => {
    const staff = [{ user: username, role: 'staff' as const }]
    simulator.seed({
      issuers: [{ entityId: 'other', name: 'Other', staff }],
      badgeClasses: [{ entityId: 'foreign', issuer: 'other', name: 'Foreign' }],
    })
    const made = await call('POST', '/v2/badgeclasses/foreign/assertions', { recipient: ada })
    const id = resultOf(made)[0]?.entityId
    const reason = { revocation_reason: 'r' }
    expect((await call('DELETE', `/v2/assertions/${id}`, reason)).status).toBe(404)
    expect((await call('DELETE', '/v2/badgeclasses/foreign')).status).toBe(404)
  })
})

describe('lists', () => {
  it('are whole, or cut into pages that lead on and back, the newest first', async () => {
    const path = `/v2/issuers/${issuerId}/badgeclasses`
    expect(resultOf(await call('GET', `${path}?num=x`))).toHaveLength(12)
    const ids: string[] = []
    const links: string[] = []
    let next: string | undefined = `${path}?num=5`
    while (next !== undefined) {
      const answer: Awaited<ReturnType<typeof call>> = await call('GET', next)
      ids.push(...resultOf(answer).map(({ entityId }) => entityId))
      const link = answer.headers.get('link') ?? ''
      links.push([...link.matchAll(/rel="(\w+)"/g)].map(([, rel]) => rel).join())
      next = link.match(/<([^>]*)>; rel="next"/)?.[1]
    }
    expect(links).toEqual(['next', 'next,prev', 'prev'])
    expect(ids[0]).toBe(badgrSimulatorBadgeClassId(12))
    expect(new Set(ids).size).toBe(12)
  })

  it('of badges leave out what has ended, and filter exactly', async () => {
    const path = `/v2/badgeclasses/${classId}/assertions`
    const revoked = await awardId()
    await call('DELETE', `/v2/assertions/${revoked}`, { revocation_reason: 'r' })
    await award({ expires: new Date(simulator.now().getTime() + 60_000).toISOString() })
    await award({ recipient: { ...ada, identity: 'bob@example.org' } })
    simulator.advance(61)
    const count = async (query: string) => resultOf(await call('GET', `${path}?${query}`)).length
    expect(await count('')).toBe(1)
    expect(await count('include_revoked=1')).toBe(2)
    expect(await count('include_expired=true&include_revoked=1')).toBe(3)
    expect(await count('include_expired=1&include_revoked=1&recipient=ada@example.org')).toBe(2)
    expect(await count('include_expired=1&include_revoked=1&recipient=Ada@example.org')).toBe(0)
    expect(await count('recipient=ada@example.org&recipient=bob@example.org')).toBe(1)
  })

  it('of changes say how far they reach', async () => {
    const first = await awardId()
    simulator.advance(10)
    const { body } = await call('GET', '/v2/assertions/changed')
    expect(body).toMatchObject({ pagination: { hasNext: false, nextResults: null } })
    simulator.advance(10)
    const second = await awardId()
    await call('DELETE', `/v2/assertions/${first}`, { revocation_reason: 'r' })
    const since = encodeURIComponent(String(body['timestamp']))
    const changes = await call('GET', `/v2/assertions/changed?num=1&since=${since}`)
    expect(resultOf(changes)).toMatchObject([{ entityId: second }])
    const { pagination } = z
      .object({ pagination: z.object({ nextResults: z.string() }) })
      .parse(changes.body)
    const rest = await call('GET', pagination.nextResults)
    expect(resultOf(rest)).toMatchObject([{ entityId: first, revoked: true, image: null }])
  })

  it.each(['yesterday', '2026-01-01', '2026-01-01T00:00:00'])(
    'of changes since %s are refused',
    async (since) => {
      const { status, body } = await call('GET', `/v2/assertions/changed?since=${since}`)
      expect(status).toBe(400)
      expect(body).toEqual(wrong({ since: ['must be ISO-8601 format with time zone'] }))
    },
  )
})

describe('badges', () => {
  it('are given in the shape of the API', async () => {
    const url = 'https://lms.example/c/1'
    const { status, headers, body } = await award({ evidence: [{ url }], notify: true })
    expect([status, headers.get('content-type')]).toEqual([
      201,
      expect.stringContaining('application/ld+json'),
    ])
    const id = simulator.assertions()[0]?.entityId
    expect(body).toMatchObject({
      status: ok,
      result: [
        {
          entityType: 'Assertion',
          entityId: expect.stringMatching(/^[\w-]{22}$/),
          openBadgeId: `${base}/public/assertions/${id}`,
          createdAt: expect.stringMatching(/\.\d{6}Z$/),
          badgeclass: classId,
          issuer: issuerId,
          recipient: {
            identity: expect.stringMatching(/^sha256\$[0-9a-f]{64}$/),
            hashed: true,
            type: 'email',
            plaintextIdentity: 'ada@example.org',
            salt: expect.stringMatching(/^[0-9a-f]{32}$/),
          },
          evidence: [{ url, narrative: null }],
          revoked: false,
          revocationReason: null,
          acceptance: 'Unaccepted',
          expires: null,
        },
      ],
    })
  })

  it.each([
    [{ recipient: undefined }, { recipient: ['This field is required'] }],
    [{ recipient: { type: 'email' } }, { recipient: ['This field is required'] }],
    [{ recipient: { ...ada, identity: 'ada' } }, { recipient: ['Enter a valid email address.'] }],
    [
      { issuedOn: '2999-01-01T00:00:00Z' },
      { issuedOn: ['Only issuedOn dates in the past are acceptable.'] },
    ],
    [{ issuedOn: '1582-12-31T00:00:00Z' }, { issuedOn: [expect.stringContaining('1583')] }],
    [{ issuedOn: 'soon' }, { issuedOn: [expect.stringContaining('Invalid format')] }],
    [{ evidence: [{}] }, { evidence: ['Either url or narrative is required'] }],
    [{ evidence: [{ url: null }] }, { evidence: ['Either url or narrative is required'] }],
    [{ evidence: [{ url: 'here' }] }, { evidence: ['Enter a valid URL.'] }],
    [
      { badgeclass: 'a', badgeclassName: 'b' },
      { badgeclass: [expect.stringContaining('Multiple')] },
    ],
  ])('are refused for %o', async (changes, errors) => {
    const { status, body } = await award(changes)
    expect([status, body]).toEqual([400, wrong(errors)])
    expect(simulator.assertions()).toEqual([])
  })

  it('may be given twice, unless that is forbidden', async () => {
    const forbid = { allowDuplicateAwards: false }
    expect((await award()).status).toBe(201)
    expect((await award()).status).toBe(201)
    const message = 'A previous award of this badge already exists for this recipient.'
    expect(await award(forbid)).toMatchObject({ status: 400, body: wrong({}, message) })
    for (const { entityId } of simulator.assertions()) {
      await call('DELETE', `/v2/assertions/${entityId}`, { revocation_reason: 'r' })
    }
    expect((await award(forbid)).status).toBe(201)
  })

  it('find their class by name at the issuer', async () => {
    const give = (body: object) =>
      call('POST', `/v2/issuers/${issuerId}/assertions`, { recipient: ada, ...body })
    expect((await give({ badgeclassName: 'Simulated Badge 3' })).status).toBe(201)
    expect((await give({ badgeclassOpenBadgeId: `${base}/public/badges/${classId}` })).status).toBe(
      201,
    )
    const none = { badgeclass: ['No matching BadgeClass found with name X'] }
    expect((await give({ badgeclassName: 'X' })).body).toEqual(wrong(none))
    const foreign = { badgeclass: ['Could not find matching badgeclass for this issuer.'] }
    expect((await give({ badgeclass: 'X' })).body).toEqual(wrong(foreign))
    expect((await give({})).body).toEqual(wrong({ badgeclass: ['This field is required'] }))
  })

  it('are given many at once, or none', async () => {
    const issue = (...assertions: readonly object[]) =>
      call('POST', `/v2/badgeclasses/${classId}/issue`, { assertions })
    const bob = { recipient: { ...ada, identity: 'bob@example.org' } }
    const { status, body } = await issue({ recipient: ada }, {}, bob)
    expect(status).toBe(400)
    expect(body).toMatchObject({ fieldErrors: [{}, { recipient: ['This field is required'] }, {}] })
    expect(simulator.assertions()).toEqual([])
    expect(resultOf(await issue({ recipient: ada }, bob))).toHaveLength(2)
  })

  it('can be changed', async () => {
    const id = await awardId()
    const put = await call('PUT', `/v2/assertions/${id}`, { narrative: 'New' })
    expect(put).toMatchObject({ status: 200, body: { result: [{ narrative: 'New' }] } })
    expect((await call('PUT', `/v2/assertions/${id}`, { evidence: [{}] })).status).toBe(400)
  })

  it('are revoked once, with a reason, and are gone in public', async () => {
    const id = await awardId()
    const remove = (body?: object) => call('DELETE', `/v2/assertions/${id}`, body)
    const required = { revocation_reason: ['This field is required'] }
    expect((await remove({})).body).toEqual(wrong(required))
    expect((await fetch(`${base}/public/assertions/${id}`)).status).toBe(200)
    const { status, body } = await remove({ revocation_reason: 'Mistake' })
    expect([status, body]).toMatchObject([
      200,
      { result: [{ revoked: true, revocationReason: 'Mistake' }] },
    ])
    expect((await remove({ revocation_reason: 'r' })).body).toEqual(
      wrong({}, 'Assertion is already revoked'),
    )
    expect((await fetch(`${base}/public/assertions/${id}`)).status).toBe(410)
  })

  it('are revoked in a batch, each for itself', async () => {
    const entityId = await awardId()
    const batch = [
      { entityId, revocationReason: 'r' },
      { entityId, revocationReason: 'r' },
      { entityId },
      { revocationReason: 'r' },
      { entityId: 'no', revocationReason: 'r' },
    ]
    const { body } = await call('POST', '/v2/assertions/revoke', batch)
    expect(body).toMatchObject({
      status: { success: true, description: 'revoked badges' },
      result: [
        { revoked: true, entityId, revocationReason: 'r' },
        { revoked: false, reason: 'Assertion is already revoked' },
        { revoked: false, reason: 'revocationReason is required' },
        { revoked: false, reason: 'entityId is required' },
        { revoked: false, reason: 'permission denied or object not found' },
      ],
    })
  })

  it('that cannot be read as JSON are refused', async () => {
    const response = await fetch(`${base}/v2/badgeclasses/${classId}/assertions`, {
      method: 'POST',
      headers: { authorization: `Token ${token}`, 'content-type': 'application/json' },
      body: '{',
    })
    expect(await read(response)).toMatchObject({
      status: 400,
      body: { status: { description: 'bad request' }, validationErrors: [expect.any(String)] },
    })
  })
})

describe('badge classes and issuers', () => {
  const path = `/v2/issuers/${issuerId}/badgeclasses`
  const fields = { name: 'New', description: 'New one', image: picture }

  it('are made, changed and deleted', async () => {
    const made = await call('POST', path, fields)
    const id = resultOf(made)[0]?.entityId
    expect([made.status, id]).toEqual([201, expect.stringMatching(/^[\w-]{22}$/)])
    const changed = { name: 'Newer', description: 'd', expires: { amount: 1, duration: 'years' } }
    const put = await call('PUT', `/v2/badgeclasses/${id}`, changed)
    expect(put.body).toMatchObject({ result: [changed] })
    const deleted = await call('DELETE', `/v2/badgeclasses/${id}`)
    expect([deleted.status, deleted.body['text']]).toEqual([204, ''])
    expect((await call('GET', `/v2/badgeclasses/${id}`)).status).toBe(404)
  })

  it('need their members', async () => {
    const { body } = await call('POST', path, { name: 'New', image: 'https://a.example/b.png' })
    expect(body).toEqual(
      wrong({
        description: ['This field is required'],
        image: ['Valid image file or data URI required.'],
      }),
    )
    const foreign = await call('POST', '/v2/badgeclasses', { ...fields, issuer: 'other' })
    expect(foreign.body).toEqual(
      wrong({ issuer: ['You do not have permission to edit badges on this issuer.'] }),
    )
  })

  it('stay while somebody holds a badge', async () => {
    const id = await awardId()
    expect(await call('DELETE', `/v2/badgeclasses/${classId}`)).toMatchObject({
      status: 400,
      body: refused('BadgeClass may only be deleted if all BadgeInstances have been revoked.'),
    })
    expect(await call('DELETE', `/v2/issuers/${issuerId}`)).toMatchObject({
      status: 400,
      body: refused('Issuer can not be deleted because it has previously issued badges.'),
    })
    await call('DELETE', `/v2/assertions/${id}`, { revocation_reason: 'r' })
    expect((await call('DELETE', `/v2/badgeclasses/${classId}`)).status).toBe(204)
  })

  it('are made by whoever signs in', async () => {
    const issuer = { name: 'Mine', url: 'https://mine.example', email: 'me@mine.example' }
    expect((await call('POST', '/v2/issuers', issuer)).status).toBe(201)
    expect((await call('POST', '/v2/issuers', { name: 'Mine' })).status).toBe(400)
    expect(resultOf(await call('GET', '/v2/issuers/changed'))).toHaveLength(2)
    expect(resultOf(await call('GET', '/v2/badgeclasses/changed'))).toHaveLength(12)
  })
})

describe('control', () => {
  const control = async (method: string, path: string, body?: object) =>
    await call(method, `/__sim/${path}`, body)

  it('seeds, accepts, rejects and deletes', async () => {
    const seeded = await control('POST', 'seed', { badgeClasses: [{ name: 'Seeded' }] })
    expect(seeded.body).toMatchObject({ badgeClasses: [expect.any(String)] })
    expect((await control('POST', 'seed', { nonsense: 1 })).status).toBe(400)
    const id = await awardId()
    await control('POST', `assertions/${id}/accept`)
    expect(simulator.assertions()).toMatchObject([{ state: 'Accepted' }])
    await control('POST', `assertions/${id}/reject`)
    expect(simulator.assertions()).toMatchObject([{ state: 'Rejected' }])
    expect((await control('DELETE', `badgeclasses/${classId}`)).body).toEqual({ done: true })
    expect((await control('POST', `assertions/${id}/accept`)).body).toEqual({ done: false })
  })

  it('begins anew', async () => {
    await award()
    await control('POST', 'reset', {})
    expect(simulator.assertions()).toEqual([])
    expect((await call('GET', '/v2/issuers')).status).toBe(401)
    expect((await signIn({ username, password })).status).toBe(200)
  })
})
