import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
import { aBadgeClass, aBadgrSite, type BadgrClient } from '../../testing/badgr-client.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let api: ApiClient
let site: Awaited<ReturnType<typeof aBadgrSite>>
let paths: readonly (readonly ['POST' | 'PUT' | 'DELETE', string])[]
beforeAll(async () => {
  app = await createTestApp()
  api = await createApiClient(app)
  site = await aBadgrSite(app, api)
  const { issuer } = site
  const badge = await aBadgeClass(site)
  const recipient = { identity: 'ada@x.example', type: 'email' }
  const url = `/v2/badgeclasses/${badge}/assertions`
  const assertion = (await site.client.post(url, { recipient })).body.result[0].entityId
  paths = [
    ['POST', '/v2/issuers'],
    ['PUT', `/v2/issuers/${issuer}`],
    ['POST', `/v2/issuers/${issuer}/badgeclasses`],
    ['POST', '/v2/badgeclasses'],
    ['PUT', `/v2/badgeclasses/${badge}`],
    ['POST', url],
    ['POST', `/v2/badgeclasses/${badge}/issue`],
    ['POST', `/v2/issuers/${issuer}/assertions`],
    ['PUT', `/v2/assertions/${assertion}`],
    ['DELETE', `/v2/assertions/${assertion}`],
    ['POST', '/v2/assertions/revoke'],
    ['POST', '/v2/backpack/import'],
    ['POST', '/v2/backpack/collections'],
    ['PUT', '/v2/users/self'],
    ['POST', '/v2/auth/forgot-password'],
    ['PUT', '/v2/auth/forgot-password'],
    ['POST', '/v2/tokens/issuers'],
    ['POST', `/v1/issuer/issuers/${issuer}/badges`],
    ['POST', `/v1/issuer/issuers/${issuer}/badges/${badge}/assertions`],
    ['POST', `/v1/issuer/issuers/${issuer}/badges/${badge}/batchAssertions`],
    ['POST', '/v1/earner/badges'],
    ['POST', '/v1/earner/collections'],
    ['PUT', '/v1/user/profile'],
    ['POST', '/o/token'],
  ]
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

const nul = 'a\u0000b'
const names = [
  ...['name', 'description', 'url', 'email', 'image', 'issuer', 'criteriaUrl', 'criteriaNarrative'],
  ...['tags', 'alignments', 'expires', 'recipient', 'evidence', 'narrative', 'issuedOn', 'slug'],
  ...['assertions', 'badges', 'criteria', 'recipient_identifier', 'evidence_items', 'issuers'],
  ...['revocation_reason', 'token', 'password', 'firstName', 'assertion', 'username'],
]
const values: readonly unknown[] = [
  ...[null, 0, true, '', ' ', nul, '\ud800', 'x'.repeat(20_000), [], {}, [null], [[]], [{}], [7]],
  ...[{ amount: -1, duration: 'days' }, { amount: 1e9, duration: 'years' }, { identity: nul }],
  ...[{ identity: { a: 1 }, type: [] }, [{ url: {} }], [{ targetName: 1, targetUrl: nul }]],
  ...['0001-01-01', '275760-09-13T00:00:00Z', 'data:image/png;base64,AAAA', 'data:,%'],
]

async function statusesOf(client: BadgrClient, bodies: readonly unknown[]) {
  const wrong: string[] = []
  for (const [method, url] of paths) {
    for (const body of bodies) {
      const payload = JSON.stringify(body)
      const headers = { 'content-type': 'application/json' }
      const { status } = await client.send({ method, url, headers, payload })
      if (status >= 500) wrong.push(`${method} ${url} ${payload.slice(0, 200)}: ${status}`)
    }
  }
  return wrong
}

describe('bad input', () => {
  it('of any kind is refused by a sentence, and never an error of ours', async () => {
    const whole = [null, 7, 'text', [], [[]], [null], {}]
    const same = values.map((value) => Object.fromEntries(names.map((name) => [name, value])))
    expect(await statusesOf(site.client, [...whole, ...same])).toEqual([])
  })

  it('in addresses and queries leads nowhere', async () => {
    const { client, issuer } = site
    const odd = ['%00', '..%2f..', '%ff', "'", 'x'.repeat(600), 'AAAAAAAAQACAAAAAAAAAAB']
    const asked = odd.flatMap((one) => [
      `/v2/issuers/${one}`,
      `/v2/badgeclasses/${one}`,
      `/v2/assertions/${one}`,
      `/v2/backpack/assertions/${one}`,
      `/v1/issuer/issuers/${issuer}/badges/${one}`,
      `/v2/issuers/${issuer}/assertions?recipient=${one}&num=${one}&cursor=${one}`,
      `/v2/badgeclasses/changed?since=${one}`,
      `/v2/badgeclasses?num=5&cursor=${Buffer.from(`next ${one} ${one}`).toString('base64url')}`,
      `/api/badges/v1/assertions/user/${one}/?page=${one}&slug=${one}`,
    ])
    for (const url of asked) expect((await client.get(url)).status, url).toBeLessThan(500)
  })

  it('in forms is refused like any other', async () => {
    const { client, issuer } = site
    const url = `/v2/issuers/${issuer}/badgeclasses`
    const type = 'multipart/form-data; boundary=x'
    for (const payload of ['', '--x', '--x\r\n\r\n', '--x--\r\n', 'nothing']) {
      const headers = { 'content-type': type }
      const { status } = await client.send({ method: 'POST', url, headers, payload })
      expect(status, payload).toBe(400)
    }
    const large = Buffer.alloc(11 * 1024 * 1024, 'x')
    const sent = await client.multipart(url, { name: 'n', description: 'd', image: large })
    expect(sent.status).toBe(413)
  })
})
