import { afterEach, describe, expect, it, vi } from 'vitest'
import type { HttpDeps } from '../http.js'
import {
  type BadgrSimulator,
  badgrSimulatorAccount,
  createBadgrSimulator,
} from '../simulators/badgr-simulator.js'
import { createBadgr } from './badgr.js'
import type { BadgrCredentials } from './options.js'

const { issuerId, username, password, clientId, clientSecret, issuerToken } = badgrSimulatorAccount
const login: BadgrCredentials = { kind: 'password', username, password }

let simulator: BadgrSimulator
afterEach(async () => {
  vi.useRealTimers()
  await simulator.close()
})

async function start(credentials: BadgrCredentials = login, deps: HttpDeps = {}) {
  simulator = createBadgrSimulator()
  const baseUrl = await simulator.listen()
  // Our clock goes with that of the server.
  const now = () => simulator.now()
  return createBadgr({ baseUrl, issuerId, credentials }, { now, ...deps })
}

const signIns = () =>
  simulator.requests.filter(({ url }) => url === '/o/token').map(({ body }) => body)

describe('signing in', () => {
  it.each<BadgrCredentials>([
    login,
    { kind: 'client', clientId, clientSecret },
    { kind: 'token', token: ` ${issuerToken}\n` },
  ])('works with a $kind', async (credentials) => {
    const badgr = await start(credentials)
    expect(await badgr.testConnection()).toMatchObject({ name: 'Simulated Issuer' })
    expect(await badgr.testConnection()).toMatchObject({ name: 'Simulated Issuer' })
    expect(signIns()).toHaveLength(credentials.kind === 'token' ? 0 : 1)
  })

  it.each<BadgrCredentials>([
    { kind: 'password', username, password: 'wrong-secret' },
    { kind: 'client', clientId: 'wrong', clientSecret: 'wrong-secret' },
    { kind: 'client', clientId, clientSecret: 'wrong-secret' },
    { kind: 'token', token: 'wrong-secret' },
  ])('with what is wrong is unauthorized, and tells no secret: %o', async (credentials) => {
    const badgr = await start(credentials)
    const error: unknown = await badgr.testConnection().catch((caught) => caught)
    expect(error).toMatchObject({ kind: 'unauthorized' })
    expect(String(error)).not.toContain('wrong-secret')
    expect(String(error)).toMatch(/127\.0\.0\.1:\d+ does not accept the /)
  })

  it('again and again with a wrong password says how long to stay away', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const told = vi.fn(async () => {})
    const wrong = { ...login, password: 'wrong' }
    const badgr = await start(wrong, { onRateLimited: told })
    await expect(badgr.testConnection()).rejects.toMatchObject({ kind: 'unauthorized' })
    simulator.advance(3)
    await expect(badgr.testConnection()).rejects.toMatchObject({ kind: 'unauthorized' })
    const throttled = { kind: 'rate-limited', retryAfterMs: 4000 }
    await expect(badgr.testConnection()).rejects.toMatchObject(throttled)
    expect(told).toHaveBeenCalledWith(4000)
  })

  it('is done once for calls that come together', async () => {
    const badgr = await start()
    await Promise.all(Array.from({ length: 8 }, () => badgr.testConnection()))
    expect(signIns()).toHaveLength(1)
  })

  it('is not ended for all by one who stops waiting', async () => {
    const badgr = await start()
    simulator.faults.add({ fault: { kind: 'delay', ms: 50 }, path: '/o/token', times: 1 })
    const stop = new AbortController()
    const impatient = badgr.testConnection({ signal: stop.signal })
    const patient = badgr.testConnection()
    stop.abort()
    await expect(impatient).rejects.toMatchObject({ kind: 'unreachable' })
    expect(await patient).toMatchObject({ name: 'Simulated Issuer' })
    expect(signIns()).toHaveLength(1)
  })

  it('is not begun for one who has stopped already', async () => {
    const badgr = await start()
    const signal = AbortSignal.abort()
    await expect(badgr.testConnection({ signal })).rejects.toMatchObject({ kind: 'unreachable' })
    expect(simulator.requests).toEqual([])
  })

  it.each([
    [{ kind: 'status', status: 500, body: 'password=hunter2' }, 'unreachable'],
    [{ kind: 'status', status: 400, body: '{"error":"hunter2 is wrong"}' }, 'unauthorized'],
    [{ kind: 'status', status: 404, body: 'hunter2' }, 'refused'],
    [{ kind: 'hang' }, 'unreachable'],
    [{ kind: 'reset' }, 'unreachable'],
    [{ kind: 'rate-limit', retryAfter: 5 }, 'rate-limited'],
  ] as const)('that meets %o fails as %s', async (fault, kind) => {
    const timeoutMs = fault.kind === 'hang' ? 60 : 10_000
    const badgr = await start({ ...login, password: 'hunter2' }, { timeoutMs })
    simulator.faults.add({ fault, path: '/o/token', times: 1 })
    const error: unknown = await badgr.testConnection().catch((caught) => caught)
    expect(error).toMatchObject({ kind })
    expect(String(error)).not.toContain('hunter2')
  })

  it.each(['<html>', '{}', '{"access_token":""}', '{"access_token":7,"secret":"hunter2"}'])(
    'that is answered with %s may be repeated',
    async (body) => {
      await start()
      const fetch = async () => new Response(body, { status: 200 })
      const options = { baseUrl: 'https://badges.example.org', issuerId, credentials: login }
      const error: unknown = await createBadgr(options, { fetch })
        .testConnection()
        .catch((caught) => caught)
      expect(error).toMatchObject({ kind: 'unreachable' })
      expect(String(error)).not.toContain('hunter2')
    },
  )
})

describe('a token', () => {
  it('is refreshed shortly before its end', async () => {
    const badgr = await start()
    await badgr.testConnection()
    simulator.advance(86_400 - 30)
    await Promise.all([badgr.testConnection(), badgr.testConnection()])
    expect(signIns()).toMatchObject([{ grant_type: 'password' }, { grant_type: 'refresh_token' }])
  })

  it('whose refresh is refused is fetched anew', async () => {
    const badgr = await start()
    await badgr.testConnection()
    simulator.advance(86_400)
    simulator.faults.add({ fault: { kind: 'status', status: 401 }, path: '/o/token', times: 1 })
    expect(await badgr.testConnection()).toMatchObject({ name: 'Simulated Issuer' })
    expect(signIns()).toMatchObject([
      { grant_type: 'password' },
      { grant_type: 'refresh_token' },
      { grant_type: 'password' },
    ])
  })

  it('that is no longer taken is fetched anew, once for all calls', async () => {
    const badgr = await start()
    await badgr.testConnection()
    const unauthorized = { kind: 'status', status: 401 } as const
    simulator.faults.add({ fault: unauthorized, path: '/v2/issuers', times: 3 })
    await Promise.all([badgr.testConnection(), badgr.testConnection(), badgr.testConnection()])
    expect(signIns()).toHaveLength(2)
  })

  it('that is never taken is not fetched for ever', async () => {
    const badgr = await start()
    simulator.faults.add({ fault: { kind: 'status', status: 401 }, path: '/v2' })
    await expect(badgr.testConnection()).rejects.toMatchObject({ kind: 'unauthorized' })
    expect(signIns()).toHaveLength(2)
  })

  it('without an end is used for an hour', async () => {
    await start()
    let seconds = 0
    const urls: string[] = []
    const fetch = async (url: string) => {
      urls.push(new URL(url).pathname)
      return url.endsWith('/o/token')
        ? Response.json({ access_token: 'a' })
        : Response.json({ result: [{ entityId: issuerId, name: 'I' }] })
    }
    const options = { baseUrl: 'https://badges.example.org', issuerId, credentials: login }
    const now = () => new Date(seconds * 1000)
    const badgr = createBadgr(options, { fetch, now })
    for (seconds of [0, 3500, 3550]) await badgr.testConnection()
    expect(urls.filter((path) => path === '/o/token')).toHaveLength(2)
  })
})
