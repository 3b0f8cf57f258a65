import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createGuardedFetch, type GuardOptions } from './index.js'

type Answer = { status?: number; headers?: Record<string, string>; text?: string }

let close = () => {}
afterEach(() => close())

/** A server that answers in turn, the last one over and over, and a clock to turn. */
async function serve(answers: readonly Answer[], options: GuardOptions = {}) {
  const asked: IncomingMessage[] = []
  const clock = { time: Date.now() }
  const server = createServer((request, response) => {
    const {
      status = 200,
      headers = {},
      text = '',
    } = answers[Math.min(asked.length, answers.length - 1)] ?? {}
    asked.push(request)
    response.writeHead(status, headers).end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  close = () => void server.close()
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/list`
  const now = () => new Date(clock.time)
  const fetch = createGuardedFetch({ allowHosts: ['127.0.0.1'], now, ...options })
  const ask = async (accept?: string, isFresh = false) => {
    const { bytes } = await fetch(url, { isFresh, ...(accept !== undefined && { accept }) })
    return Buffer.from(bytes).toString()
  }
  const wait = (seconds: number) => {
    clock.time += seconds * 1000
  }
  return { ask, asked, wait, fetch, url }
}

const forAMinute = { 'cache-control': 'max-age=60' }

describe('an answer that may be remembered', () => {
  it('is, for as long as it says', async () => {
    const { ask, asked, wait } = await serve([
      { headers: forAMinute, text: 'one' },
      { headers: forAMinute, text: 'two' },
    ])
    expect([await ask(), await ask()]).toEqual(['one', 'one'])
    wait(61)
    expect(await ask()).toBe('two')
    expect(asked.length).toBe(2)
  })

  it('is asked for again within an hour, whatever it says', async () => {
    const { ask, wait } = await serve([
      { headers: { 'cache-control': 'max-age=31536000, immutable' }, text: 'one' },
      { text: 'two' },
    ])
    expect(await ask()).toBe('one')
    wait(3590)
    expect(await ask()).toBe('one')
    wait(11)
    expect(await ask()).toBe('two')
  })

  it('is asked for again at once by whoever wants to know how it is now', async () => {
    const { ask, asked } = await serve([
      { headers: { ...forAMinute, etag: '"1"' }, text: 'one' },
      { headers: { ...forAMinute, etag: '"2"' }, text: 'two' },
    ])
    expect(await ask()).toBe('one')
    expect(await Promise.all([ask(), ask(undefined, true), ask()])).toEqual(['one', 'two', 'one'])
    // What was learned is remembered for everybody.
    expect(await ask()).toBe('two')
    expect(asked.map(({ headers }) => headers['cache-control'])).toEqual([undefined, 'no-cache'])
    expect(asked[1]?.headers['if-none-match']).toBe('"1"')
  })

  it('is used again when its tag is still the same', async () => {
    const { ask, asked, wait } = await serve([
      { headers: { ...forAMinute, etag: '"1"' }, text: 'one' },
      { status: 304, headers: { ...forAMinute, etag: '"1"' } },
      { headers: { ...forAMinute, etag: '"2"' }, text: 'two' },
    ])
    expect(await ask()).toBe('one')
    wait(61)
    expect(await ask()).toBe('one')
    wait(59)
    expect(await ask()).toBe('one')
    wait(2)
    expect(await ask()).toBe('two')
    expect(asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"1"', '"1"'])
  })

  it('is asked for anew when "not modified" speaks of another one', async () => {
    const { ask, asked } = await serve([
      { headers: { 'cache-control': 'no-cache', etag: '"1"' }, text: 'one' },
      { status: 304, headers: { etag: '"9"' } },
      { text: 'three' },
    ])
    expect([await ask(), await ask()]).toEqual(['one', 'three'])
    expect(asked[2]?.headers['if-none-match']).toBe(undefined)
  })

  it('is not used in place of a failure', async () => {
    const { ask, wait } = await serve([
      {
        headers: {
          'cache-control': 'max-age=60, stale-if-error=9999, stale-while-revalidate=9999',
        },
      },
      { status: 503 },
    ])
    await ask()
    wait(61)
    await expect(ask()).rejects.toMatchObject({ code: 'ERR_GUARD_STATUS', status: 503 })
  })

  it('does not change with what a caller does to it', async () => {
    const { ask, fetch, url } = await serve([{ headers: forAMinute, text: 'one' }])
    const { bytes } = await fetch(url)
    bytes.fill(0)
    expect(await ask()).toBe('one')
  })

  it('is remembered apart for what was asked for', async () => {
    const { ask, asked } = await serve([{ headers: { ...forAMinute, vary: 'accept' }, text: 'x' }])
    await ask('text/plain')
    await ask('application/json')
    await ask('text/plain')
    expect(asked.length).toBe(2)
  })

  it('gives way when too much is remembered', async () => {
    const answers = [{ headers: forAMinute, text: 'x'.repeat(2000) }]
    const { ask, asked } = await serve(answers, { cacheBytes: 5000 })
    for (const accept of ['a/1', 'a/2', 'a/1']) await ask(accept)
    expect(asked.length).toBe(3)
  })
})

describe('an answer that may not be remembered', () => {
  it.each([
    { 'cache-control': 'no-store, max-age=60' },
    { 'cache-control': 'private, max-age=60' },
    { 'cache-control': 'max-age=0' },
    { ...forAMinute, vary: '*' },
    { expires: '0' },
    { 'last-modified': 'Mon, 01 Jan 2001 00:00:00 GMT' },
    {},
  ])('is asked for each time: %j', async (headers) => {
    const { ask } = await serve([{ headers: headers as never, text: 'one' }, { text: 'two' }])
    expect([await ask(), await ask()]).toEqual(['one', 'two'])
  })

  it('is a refusal, whatever it says', async () => {
    const { ask } = await serve([{ status: 410, headers: forAMinute }, { text: 'back' }])
    await expect(ask()).rejects.toMatchObject({ status: 410 })
    expect(await ask()).toBe('back')
  })

  it('is any one when nothing is to be remembered', async () => {
    const { ask, asked } = await serve([{ headers: forAMinute }], { cacheBytes: 0 })
    await ask()
    await ask()
    expect(asked.length).toBe(2)
  })
})

describe('many questions', () => {
  it('at once for the same are one', async () => {
    const { ask, asked } = await serve([{ text: 'one' }])
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(['one', 'one', 'one'])
    expect(asked.length).toBe(1)
  })

  it('to a host that is not there cost one wait, for seconds', async () => {
    const names: string[] = []
    const lookup = async (name: string) => {
      names.push(name)
      return await Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
    }
    const clock = { time: 0 }
    const fetch = createGuardedFetch({ lookup, now: () => new Date(clock.time) })
    const gone = { code: 'ERR_GUARD_UNREACHABLE', message: expect.stringContaining('no host') }
    await expect(fetch('https://badges.example/1')).rejects.toMatchObject(gone)
    await expect(fetch('https://badges.example/2')).rejects.toMatchObject(gone)
    expect(names.length).toBe(2)
    clock.time += 11_000
    await expect(fetch('https://badges.example/2')).rejects.toMatchObject(gone)
    expect(names.length).toBe(4)
  })
})
