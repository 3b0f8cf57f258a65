import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterAll, describe, expect, it } from 'vitest'
import { createPublicUrls } from '../../http/public-urls.js'
import { consoleRoutes } from './console.js'

const folder = mkdtempSync(join(tmpdir(), 'rosette-console-'))
mkdirSync(join(folder, 'assets'))
writeFileSync(
  join(folder, 'index.html'),
  '<!doctype html><base href="/console/" /><meta name="csp-nonce" content="" />',
)
writeFileSync(join(folder, 'rosette.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
writeFileSync(join(folder, 'assets', 'index-1.js'), 'console.log(1)')
writeFileSync(join(folder, 'assets', 'index-1.js.gz'), 'compressed')
afterAll(() => rmSync(folder, { recursive: true }))

function serve(base: string, from = folder) {
  const server = Fastify({ logger: false })
  // biome-ignore lint/suspicious/noExplicitAny: the plain server stands in for the one with types of the contract
  consoleRoutes(server as any, { urls: createPublicUrls(base), folder: from })
  return server
}

describe('the console', () => {
  it('is one page at every address below it, with a nonce of its own each time', async () => {
    const server = serve('https://badges.example/campus')
    const [a, b] = [await server.inject('/console'), await server.inject('/console/o/x/badges/1')]
    for (const { statusCode, headers, body } of [a, b]) {
      expect(statusCode).toBe(200)
      expect(headers['content-type']).toBe('text/html; charset=utf-8')
      expect(headers['cache-control']).toBe('no-cache')
      expect(body).toContain('<base href="/campus/console/"')
      const nonce = /content="([^"]+)"/.exec(body)?.[1] ?? ''
      expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`)
      expect(policy).toContain(`script-src 'self';`)
      expect(policy).toContain(`frame-ancestors 'none'`)
    }
    expect(a.body).not.toBe(b.body)
  })

  it('has files that may be kept for ever, compressed where they were', async () => {
    const server = serve('https://badges.example')
    const plain = await server.inject('/console/assets/index-1.js')
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(plain.body).toBe('console.log(1)')
    const headers = { 'accept-encoding': 'gzip' }
    const small = await server.inject({ url: '/console/assets/index-1.js', headers })
    expect(small.headers['content-encoding']).toBe('gzip')
    expect((await server.inject('/console/rosette.svg')).headers['content-type']).toMatch(/svg/)
    expect((await server.inject('/console/assets/gone.js')).statusCode).toBe(404)
    const outside = await server.inject('/console/assets/..%2f..%2f..%2fetc%2fpasswd')
    expect(outside.body).not.toContain('root:')
  })

  it('is served at the address of the backpack, too, and says so in the page', async () => {
    const server = serve('https://badges.example/campus')
    for (const address of ['/backpack', '/backpack/badges/1', '/backpack/enter']) {
      const { statusCode, headers, body } = await server.inject(address)
      expect(statusCode).toBe(200)
      expect(body).toContain('<base href="/campus/backpack/"')
      expect(headers['referrer-policy']).toBe('same-origin')
    }
    expect((await server.inject('/backpack/assets/index-1.js')).body).toBe('console.log(1)')
    expect((await server.inject('/backpack/rosette.svg')).statusCode).toBe(200)
  })

  it('is found from where the administration was', async () => {
    const answer = await serve('https://badges.example').inject('/admin/issuances')
    expect([answer.statusCode, answer.headers['location']]).toEqual([308, '/console/'])
  })

  it('says so when it was not built', async () => {
    const answer = await serve('https://badges.example', join(folder, 'none')).inject('/console/x')
    expect(answer.json().message).toMatch(/npm run build/)
  })
})
