import { afterEach, expect, it } from 'vitest'
import { createHttpServer, type HttpServer } from './http-server.js'
import { secureHeaders } from './secure-headers.js'

let server: HttpServer
afterEach(() => server.close())

function serve(baseUrl: string): HttpServer {
  server = createHttpServer({
    authenticate: async () => null,
    openSession: async () => null,
    organizationOf: async () => {
      throw new Error('nobody asks')
    },
    baseUrl,
    brand: () => {
      throw new Error('nobody asks')
    },
  } as Parameters<typeof createHttpServer>[0])
  secureHeaders(server, baseUrl)
  server.get('/auth/here', async () => 'here')
  server.get('/console/here', async (_request, reply) =>
    reply.header('content-security-policy', "default-src 'none'").send('here'),
  )
  server.get('/public/here', async () => 'here')
  return server
}

it('are on what people use who are signed in, and keep what is stricter', async () => {
  serve('https://badges.example')
  const { headers } = await server.inject('/auth/here')
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'content-security-policy': "frame-ancestors 'none'",
    'referrer-policy': 'same-origin',
    'strict-transport-security': 'max-age=15552000',
  })
  const page = await server.inject('/console/here')
  expect(page.headers['content-security-policy']).toBe("default-src 'none'")
  const refused = await server.inject('/api/v1/nothing')
  expect(refused.statusCode).toBe(404)
  expect(refused.headers['x-frame-options']).toBe('DENY')
  expect((await server.inject('/public/here')).headers['x-frame-options']).toBeUndefined()
})

it('are there however the address is written, and keep answers of the API out of caches', async () => {
  serve('https://badges.example')
  server.get('/api/v1/here', { config: { access: 'open' } }, async () => 'here')
  const odd = await server.inject('/%61pi/v1/here')
  expect(odd.statusCode).toBe(200)
  expect(odd.headers).toMatchObject({ 'x-frame-options': 'DENY', 'cache-control': 'no-store' })
  const refused = await server.inject('/api/v1/nothing')
  expect(refused.headers['cache-control']).toBe('no-store')
  expect((await server.inject('/public/here')).headers['cache-control']).toBeUndefined()
})

it('ask for https only where we are reached by it', async () => {
  serve('http://localhost:8080')
  const { headers } = await server.inject('/auth/here')
  expect(headers['strict-transport-security']).toBeUndefined()
})
