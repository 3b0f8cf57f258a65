import { describe, expect, it } from 'vitest'
import { createPublicUrls } from '../../http/public-urls.js'
import { createDocumentsHere } from './documents-here.js'

function aServer() {
  const asked: string[] = []
  const inject = async ({ url }: { url: string }) => {
    asked.push(url)
    return { statusCode: 200, rawPayload: Buffer.from('{}'), headers: { 'content-type': 'x' } }
  }
  return { asked, server: { inject } as never }
}

function asking(base: string) {
  const { asked, server } = aServer()
  const here = createDocumentsHere(server, createPublicUrls(base))
  return { asked, here }
}

describe.each([
  'https://badges.example',
  'https://badges.example/open/badges',
  'http://localhost:8080',
])('the addresses of a site at %s', (base) => {
  it.each([
    '/keys/z6Mk',
    '/status/AAAA',
    '/issuers/AAAA/did.json',
    '/credentials/AAAA/refresh?x=1',
    '/endorsements/AAAA',
    '/public/badges/AAAA',
    '/.well-known/jwks.json',
    '/.well-known/did.json',
  ])('are answered here where they are documents: %s', async (path) => {
    const { asked, here } = asking(base)
    expect(await here(base + path)).toMatchObject({ type: 'x' })
    expect(asked).toEqual([path])
  })

  it.each([
    '/',
    '/verify?url=https://badges.example/public/badges/AAAA',
    '/api/v1/verifications',
    '/api/v1/tokens',
    '/admin',
    '/metrics',
    '/health/ready',
    '/badges/credly/webhook/',
    '/public/../api/v1/tokens',
    '/public/%2e%2e/api/v1/tokens',
    '/public/.%2E/api/v1/tokens',
    '/public\\..\\api\\v1\\tokens',
    '/public/assertions/AAAA/verification',
    '/public/assertions/AAAA/verification/',
    '/public/assertions/AAAA/verification?format=json',
    '/public/assertions/AAAA/%76erification',
    '/public/assertions/AAAA/verificatio%6E/',
    '/%70ublic/../admin',
    '//api/v1/tokens',
    '//public/badges/AAAA',
    '/keys/..%2fapi%2fv1%2ftokens',
    '/keys/%2e%2e%2fadmin',
    '/status/%252e%252e/admin',
    '/.well-known/../admin',
    '/.well-known/openid-configuration',
  ])('are answered by nobody where they are none: %s', async (path) => {
    const { asked, here } = asking(base)
    await expect(here(base + path)).rejects.toMatchObject({ status: 404 })
    expect(asked).toEqual([])
  })

  it.each([
    'https://other.example/keys/a',
    'https://badges.example.evil/keys/a',
    'https://badges.example@evil.example/keys/a',
  ])('are not those of somebody else: %s', (address) => {
    const { asked, here } = asking(base)
    expect(here(address)).toBeUndefined()
    expect(asked).toEqual([])
  })
})
