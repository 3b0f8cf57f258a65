import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createGuardedRequest } from './guarded-request.js'

let server: Server
let port = 0

beforeAll(async () => {
  server = createServer(async (request, response) => {
    if (request.url === '/away')
      return response.writeHead(302, { location: 'http://10.0.0.1/' }).end()
    if (request.url === '/silent') return undefined
    const body = await text(request)
    const length = request.headers['content-length'] ?? 'none'
    response.writeHead(request.url === '/refused' ? 400 : 200, {
      'content-type': 'Text/Plain; x=y',
    })
    return response.end(`${request.method} ${length} ${request.headers.authorization} ${body}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const ask = () => createGuardedRequest({ allowHosts: [`127.0.0.1:${port}`], timeout: 300 })
const textOf = ({ bytes }: { bytes: Uint8Array }) => Buffer.from(bytes).toString()

it('sends what is given, and reads whatever comes back', async () => {
  const headers = { authorization: 'Basic x' }
  const posted = await ask()(`http://127.0.0.1:${port}/refused`, { headers, body: 'é=1' })
  expect(posted).toMatchObject({ status: 400, type: 'text/plain' })
  expect(textOf(posted)).toBe('POST 4 Basic x é=1')
  const got = await ask()(`http://127.0.0.1:${port}/`, { headers })
  expect(textOf(got)).toBe('GET none Basic x ')
})

it('is led nowhere else', async () => {
  expect((await ask()(`http://127.0.0.1:${port}/away`)).status).toBe(302)
})

it('waits for nobody for long', async () => {
  const asked = ask()(`http://127.0.0.1:${port}/silent`)
  await expect(asked).rejects.toMatchObject({ code: 'ERR_GUARD_TIMEOUT' })
})

it.each([
  'http://127.0.0.1:1234/',
  'http://[::1]/',
  'http://169.254.169.254/latest',
  'http://localhost/',
])('does not go to %s', async (address) => {
  const asked = createGuardedRequest()(address, { body: 'x' })
  await expect(asked).rejects.toMatchObject({ code: 'ERR_GUARD_PRIVATE' })
})
