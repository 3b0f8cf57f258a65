import { once } from 'node:events'
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { createGuardedFetch, type GuardOptions } from './index.js'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A server on this machine that answers by its paths, and counts. */
async function serve(routes: Record<string, RequestListener>) {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    asked.push(request)
    const route = routes[request.url ?? '']
    if (route) route(request, response)
    else response.writeHead(404).end()
  })
  return { asked, ...(await listen(server)) }
}

async function listen(server: Server | ReturnType<typeof createTcpServer>) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => {
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return { port, base: `http://127.0.0.1:${port}` }
}

const local = (options: GuardOptions = {}) =>
  createGuardedFetch({ allowHosts: ['127.0.0.1'], ...options })
const privately = async () => [{ address: '127.0.0.1', family: 4 }]
const redirect =
  (location: string): RequestListener =>
  (_, response) =>
    response.writeHead(302, { location }).end()
const say =
  (text: string | Uint8Array, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(200, headers).end(text)
const textOf = ({ bytes }: { bytes: Uint8Array }) => Buffer.from(bytes).toString()

describe('a guarded fetch', () => {
  it('answers with the bytes, the media type, and the address in the end', async () => {
    const { base, asked } = await serve({
      '/from': redirect('to#part'),
      '/to': say('{"a":1}', { 'content-type': 'Application/JSON; charset=utf-8' }),
    })
    const answer = await local()(`${base}/from`, { accept: 'application/json' })
    expect(answer).toEqual({
      bytes: new Uint8Array(Buffer.from('{"a":1}')),
      type: 'application/json',
      url: `${base}/to`,
    })
    const { headers } = asked[1] as IncomingMessage
    expect(headers.accept).toBe('application/json')
    expect(headers['user-agent']).toMatch(/^Rosette-Verifier/)
    expect(Object.keys(headers).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ])
  })

  it('unpacks what is packed', async () => {
    const { base } = await serve({
      '/': say(gzipSync('hello'), { 'content-encoding': 'gzip' }),
    })
    expect(textOf(await local()(base))).toBe('hello')
  })

  it.each(['br', 'deflate', 'gzip, gzip'])('refuses an answer packed as %s', async (coding) => {
    const { base } = await serve({ '/': say('x', { 'content-encoding': coding }) })
    const refused = expect.objectContaining({ code: 'ERR_GUARD_UNREACHABLE' })
    await expect(local()(base)).rejects.toEqual(refused)
  })

  it('tells the status of a refusal, without the query', async () => {
    const { base, port } = await serve({
      '/b?key=1': (_, response) => response.writeHead(410).end('{"because":"taken back"}'),
    })
    await expect(local()(`${base}/b?key=1`)).rejects.toMatchObject({
      code: 'ERR_GUARD_STATUS',
      status: 410,
      bytes: new Uint8Array(Buffer.from('{"because":"taken back"}')),
      message: `127.0.0.1:${port}/b answers with status 410.`,
    })
  })

  it('tries again once when a connection breaks off', async () => {
    let tries = 0
    const { base } = await serve({
      '/': (_, response) => {
        tries += 1
        if (tries === 1) response.destroy()
        else response.end('well')
      },
    })
    expect(textOf(await local()(base))).toBe('well')
  })

  it('says that nobody listens', async () => {
    const { port } = await listen(createTcpServer())
    for (const close of closers.splice(0)) close()
    await expect(local()(`http://127.0.0.1:${port}/a`)).rejects.toMatchObject({
      code: 'ERR_GUARD_UNREACHABLE',
      message: expect.stringContaining('it refuses the connection'),
    })
  })

  it.each([
    'ftp://badges.example/1',
    'file:///etc/passwd',
    'data:text/plain,1',
    'badges.example',
    '',
    'https://name:word@badges.example/',
    'http://badges.example:25/',
    `https://badges.example/${'a'.repeat(9000)}`,
  ])('asks nobody for %j', async (address) => {
    const refused = { code: 'ERR_GUARD_ADDRESS' }
    await expect(createGuardedFetch()(address)).rejects.toMatchObject(refused)
  })
})

describe('a private network', () => {
  it('is not asked by number, in any notation', async () => {
    const { port, asked } = await serve({ '/': say('secret') })
    const hosts = ['127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '[::1]', '0.0.0.0']
    for (const host of hosts) {
      await expect(createGuardedFetch()(`http://${host}:${port}/`)).rejects.toMatchObject({
        code: 'ERR_GUARD_PRIVATE',
      })
    }
    expect(asked).toEqual([])
  })

  it('is not asked by name, and its numbers are not told', async () => {
    const { port, asked } = await serve({ '/': say('secret') })
    const lookup = async () => [{ address: '10.0.0.5', family: 4 }]
    const failure = createGuardedFetch({ lookup })(`http://badges.example:${port}/`)
    await expect(failure).rejects.toMatchObject({
      code: 'ERR_GUARD_PRIVATE',
      message: expect.stringMatching(/^badges\.example is in a private network(?!.*10\.0)/),
    })
    const mapped = async () => [{ address: '::ffff:127.0.0.1', family: 6 }]
    const other = createGuardedFetch({ lookup: mapped })(`http://badges.example:${port}/`)
    await expect(other).rejects.toMatchObject({ code: 'ERR_GUARD_PRIVATE' })
    expect(asked).toEqual([])
  })

  it('is not asked when one of many numbers is private', async () => {
    const lookup = async () => [
      { address: '8.8.8.8', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ]
    await expect(createGuardedFetch({ lookup })('http://badges.example/')).rejects.toMatchObject({
      code: 'ERR_GUARD_PRIVATE',
    })
  })

  it('is not asked when the second look at a name leads there', async () => {
    const { port, asked } = await serve({ '/': say('secret') })
    const answers = [Promise.reject(Object.assign(new Error('no'), { code: 'EAI_AGAIN' }))]
    const lookup = async () => (await answers.shift()) ?? (await privately())
    await expect(
      createGuardedFetch({ lookup })(`http://badges.example:${port}/`),
    ).rejects.toMatchObject({ code: 'ERR_GUARD_PRIVATE' })
    expect(answers).toEqual([])
    expect(asked).toEqual([])
  })

  it('is not reached by a redirect', async () => {
    const inner = await serve({ '/': say('secret') })
    const { base } = await serve({
      '/number': redirect(`http://127.0.0.2:${inner.port}/`),
      '/name': redirect(`http://rebound.example:${inner.port}/`),
      '/scheme': redirect('file:///etc/passwd'),
    })
    const fetch = local({ lookup: privately })
    const refused = { code: 'ERR_GUARD_PRIVATE' }
    await expect(fetch(`${base}/number`)).rejects.toMatchObject(refused)
    await expect(fetch(`${base}/name`)).rejects.toMatchObject(refused)
    await expect(fetch(`${base}/scheme`)).rejects.toMatchObject({ code: 'ERR_GUARD_ADDRESS' })
    expect(inner.asked).toEqual([])
  })

  it('is asked for a host that is allowed by exactly this name and port', async () => {
    const { port } = await serve({ '/': say('ours') })
    const fetch = createGuardedFetch({ allowHosts: [`Wiki.Example:${port}`], lookup: privately })
    expect(textOf(await fetch(`http://wiki.example:${port}/`))).toBe('ours')
    const refused = { code: 'ERR_GUARD_PRIVATE' }
    await expect(fetch(`http://other.example:${port}/`)).rejects.toMatchObject(refused)
    await expect(fetch(`http://wiki.example.:${port}/`)).rejects.toMatchObject(refused)
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject(refused)
    await expect(fetch('http://wiki.example/')).rejects.toMatchObject(refused)
  })

  it.each(['', 'a/b', 'a:b', 'http://a', 'a:99999', 'a b', 'u@a'])(
    'is not opened by %j, which is no host',
    (entry) => {
      expect(() => createGuardedFetch({ allowHosts: [entry] })).toThrow(/is no host/)
    },
  )
})

describe('redirects', () => {
  it('end after as many as are allowed', async () => {
    const { base, asked } = await serve({ '/': redirect('/') })
    await expect(local()(base)).rejects.toMatchObject({ code: 'ERR_GUARD_REDIRECTS' })
    expect(asked.length).toBe(4)
    await expect(local({ maxRedirects: 0 })(base)).rejects.toMatchObject({
      code: 'ERR_GUARD_REDIRECTS',
    })
  })

  it('that lead nowhere are an answer that cannot be used', async () => {
    const { base } = await serve({ '/': (_, response) => response.writeHead(302).end() })
    await expect(local()(base)).rejects.toMatchObject({ code: 'ERR_GUARD_STATUS', status: 302 })
  })
})

describe('an answer without end', () => {
  it('is refused when it says so beforehand', async () => {
    const { base } = await serve({ '/': say('x'.repeat(2000)) })
    await expect(local({ maxBytes: 1999 })(base)).rejects.toMatchObject({
      code: 'ERR_GUARD_TOO_LARGE',
      message: expect.stringMatching(/^127\.0\.0\.1:\d+ answers with more than 1999 bytes/),
    })
    expect((await local({ maxBytes: 2000 })(base)).bytes.length).toBe(2000)
  })

  it('is left when it is too much', async () => {
    const { base } = await serve({ '/': (_, response) => pour(response) })
    const refused = { code: 'ERR_GUARD_TOO_LARGE' }
    await expect(local({ maxBytes: 100_000 })(base)).rejects.toMatchObject(refused)
  })

  it('is left when it unpacks to too much', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    const { base } = await serve({ '/': say(bomb, { 'content-encoding': 'gzip' }) })
    expect(bomb.length).toBeLessThan(100_000)
    const refused = { code: 'ERR_GUARD_TOO_LARGE' }
    await expect(local({ maxBytes: 100_000 })(base)).rejects.toMatchObject(refused)
  })

  it('is not taken for whole when it breaks off', async () => {
    const cut = gzipSync('hello').subarray(0, 12)
    const { base } = await serve({
      '/cut': (_, response) => {
        response.writeHead(200, { 'content-length': '10' }).write('hello')
        response.socket?.end()
      },
      '/packed': say(cut, { 'content-encoding': 'gzip' }),
    })
    const refused = { code: 'ERR_GUARD_UNREACHABLE' }
    await expect(local()(`${base}/cut`)).rejects.toMatchObject(refused)
    await expect(local()(`${base}/packed`)).rejects.toMatchObject(refused)
  })

  it('is refused when its headers are too long', async () => {
    const { base } = await serve({ '/': say('x', { 'x-long': 'y'.repeat(20_000) }) })
    await expect(local()(base)).rejects.toMatchObject({ code: 'ERR_GUARD_TOO_LARGE' })
  })

  it.each([
    ['never begins', () => {}],
    ['trickles', (_: IncomingMessage, response: ServerResponse) => trickle(response)],
  ])('is left when it %s', async (_, route) => {
    const { base } = await serve({ '/': route })
    await expect(local({ timeout: 200 })(base)).rejects.toMatchObject({
      code: 'ERR_GUARD_TIMEOUT',
      message: expect.stringContaining('within 0.2 seconds'),
    })
  })

  it('is left when its headers trickle, or are no HTTP', async () => {
    const slow = await listen(
      createTcpServer((socket) => {
        socket.on('error', () => {})
        const timer = setInterval(() => socket.write('HTTP/1.1 100 Continue\r\n\r\n'), 20)
        socket.on('close', () => clearInterval(timer))
      }),
    )
    const odd = await listen(createTcpServer((socket) => socket.end('220 mail.example ESMTP\r\n')))
    const late = { code: 'ERR_GUARD_TIMEOUT' }
    await expect(local({ timeout: 200 })(slow.base)).rejects.toMatchObject(late)
    await expect(local()(odd.base)).rejects.toMatchObject({
      code: 'ERR_GUARD_UNREACHABLE',
      message: expect.stringContaining('is not HTTP'),
    })
  })

  it.each([
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nrest',
    'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n',
    'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n',
    '',
  ])('is not believed when it is %j', async (text) => {
    const { base } = await listen(
      createTcpServer((socket) => socket.on('error', () => {}).end(text)),
    )
    await expect(local()(base)).rejects.toMatchObject({ code: 'ERR_GUARD_UNREACHABLE' })
  })

  it('is left when a name is looked up without end', async () => {
    const lookup = () => new Promise<never>(() => {})
    await expect(
      createGuardedFetch({ lookup, timeout: 100 })('http://badges.example/'),
    ).rejects.toMatchObject({ code: 'ERR_GUARD_TIMEOUT' })
  })
})

function pour(response: ServerResponse): void {
  const more = () => {
    while (response.writable && response.write(Buffer.alloc(16_384))) if (response.destroyed) return
  }
  response.on('drain', more)
  more()
}

function trickle(response: ServerResponse): void {
  const timer = setInterval(() => response.write('x'), 20)
  response.on('close', () => clearInterval(timer))
}
