import type { GuardedFetch } from '@rosette/guarded-fetch'
import { afterEach, expect, it } from 'vitest'
import { aNetwork, aStranger, aStrangersBadge } from '../../testing/strangers-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp | undefined
afterEach(() => app?.drop())

async function aServer(env: Record<string, string>) {
  app = await createTestApp(env, { guardedFetch: aNetwork({}) })
  return app.createServer()
}

type Server = Awaited<ReturnType<typeof aServer>>

const ask = (server: Server, from?: string) =>
  server.inject({
    method: 'POST',
    url: '/api/v1/verifications',
    headers: from === undefined ? {} : { 'x-forwarded-for': from },
    payload: { badge: 'hello' },
  })
const look = (server: Server, url = '/verify?url=https://nowhere.example/') =>
  server.inject({ url, headers: { accept: 'text/html' } })

it('lets one address verify so many badges a minute, on the page and over the API together', async () => {
  const server = await aServer({ ROSETTE_VERIFIER_PER_MINUTE: '2' })
  expect((await ask(server)).statusCode).toBe(200)
  expect((await look(server)).statusCode).toBe(200)
  const refused = await ask(server)
  expect(refused.statusCode).toBe(429)
  expect(refused.json()).toMatchObject({ code: 'too-many-requests' })
  const seconds = Number(refused.headers['retry-after'])
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThanOrEqual(60)
  const page = await look(server)
  expect(page.statusCode).toBe(429)
  expect(Number(page.headers['retry-after'])).toBeGreaterThan(0)
  expect(page.body).toContain('Many badges were checked from your address')
  expect(page.body).toContain('https://nowhere.example/</textarea>')
})

it('does not count who only opens the form', async () => {
  const server = await aServer({ ROSETTE_VERIFIER_PER_MINUTE: '1' })
  for (let n = 0; n < 5; n += 1) expect((await look(server, '/verify')).statusCode).toBe(200)
  expect((await ask(server)).statusCode).toBe(200)
})

it('tells apart those whom a proxy names, by the name that it added itself', async () => {
  const server = await aServer({ ROSETTE_VERIFIER_PER_MINUTE: '1' })
  expect((await ask(server, '198.51.100.1')).statusCode).toBe(200)
  expect((await ask(server, '198.51.100.2')).statusCode).toBe(200)
  expect((await ask(server, '203.0.113.77, 198.51.100.2')).statusCode).toBe(429)
  expect((await ask(server, '2001:db8::1')).statusCode).toBe(200)
  expect((await ask(server, '2001:db8::2')).statusCode).toBe(429)
})

it('bounds whoever is connected, whatever names are invented', async () => {
  const server = await aServer({ ROSETTE_VERIFIER_PER_MINUTE: '1' })
  const statuses: number[] = []
  for (let n = 0; n < 12; n += 1) statuses.push((await ask(server, `198.51.100.${n}`)).statusCode)
  expect(statuses.filter((status) => status === 200)).toHaveLength(10)
  expect(statuses.slice(10)).toEqual([429, 429])
})

it('asks nobody where that is switched off', async () => {
  const network = aNetwork({ 'https://riverbend.example/1': await aStrangersBadge(aStranger()) })
  app = await createTestApp({ ROSETTE_VERIFIER_FETCHES: 'false' }, { guardedFetch: network })
  const { body } = await look(app.createServer(), '/verify?url=https://riverbend.example/1')
  expect(body).toContain('This site asks no other servers.')
  expect(network.asked).toEqual([])
})

it('refuses when too many badges wait, and goes on when they are done', async () => {
  let answer: () => void = () => {}
  const slow = new Promise<void>((resolve) => {
    answer = resolve
  })
  const guardedFetch: GuardedFetch = async (url) => {
    await slow
    return { bytes: Buffer.from('{}'), type: 'application/json', url }
  }
  app = await createTestApp({ ROSETTE_VERIFIER_PER_MINUTE: '1000' }, { guardedFetch })
  const server = app.createServer()
  const badge = 'https://slow.example/1'
  const send = (n: number) =>
    server.inject({
      method: 'POST',
      url: '/api/v1/verifications',
      headers: { 'x-forwarded-for': `198.51.100.${n}` },
      payload: { badge },
    })
  const answers = Array.from({ length: 65 }, (_, n) => send(n))
  const first = await Promise.race(answers)
  expect(first.statusCode).toBe(503)
  expect(first.json().code).toBe('overloaded')
  expect(first.headers['retry-after']).toBe('30')
  const page = await look(server)
  expect(page.statusCode).toBe(503)
  expect(page.body).toContain('Too many badges are being checked at this moment.')
  answer()
  const statuses = (await Promise.all(answers)).map(({ statusCode }) => statusCode)
  expect(statuses.filter((status) => status === 200)).toHaveLength(64)
  expect((await ask(server)).statusCode).toBe(200)
})

it('goes on for others while one visitor has it wait for slow servers', async () => {
  let answer: () => void = () => {}
  const slow = new Promise<void>((resolve) => {
    answer = resolve
  })
  const guardedFetch: GuardedFetch = async (url) => {
    await slow
    return { bytes: Buffer.from('{}'), type: 'application/json', url }
  }
  app = await createTestApp({ ROSETTE_VERIFIER_PER_MINUTE: '1000' }, { guardedFetch })
  const server = app.createServer()
  const send = () =>
    server.inject({
      method: 'POST',
      url: '/api/v1/verifications',
      payload: { badge: 'https://slow.example/1' },
    })
  const answers = Array.from({ length: 40 }, send)
  expect((await Promise.race(answers)).statusCode).toBe(503)
  expect((await ask(server, '198.51.100.1')).statusCode).toBe(200)
  answer()
  const statuses = (await Promise.all(answers)).map(({ statusCode }) => statusCode)
  expect(statuses.filter((status) => status === 200)).toHaveLength(17)
})

it('stops asking for a badge when whoever wanted to know has left', async () => {
  let reached: () => void = () => {}
  const begun = new Promise<void>((resolve) => {
    reached = resolve
  })
  const guardedFetch: GuardedFetch = async () => {
    reached()
    return await new Promise<never>(() => {})
  }
  app = await createTestApp({ ROSETTE_VERIFIER_PER_MINUTE: '1000' }, { guardedFetch })
  const server = app.createServer()
  const base = await server.listen({ port: 0, host: '127.0.0.1' })
  const leave = new AbortController()
  const look = (signal?: AbortSignal) =>
    fetch(`${base}/api/v1/verifications`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ badge: signal === undefined ? 'hello' : 'https://slow.example/1' }),
      ...(signal && { signal }),
    })
  // Two are all that one visitor has at once, so the last waits until both are let go.
  const left = [look(leave.signal), look(leave.signal)].map((one) => one.catch(() => 'left'))
  await begun
  leave.abort()
  expect(await Promise.all(left)).toEqual(['left', 'left'])
  expect((await look()).status).toBe(200)
  await server.close()
})
