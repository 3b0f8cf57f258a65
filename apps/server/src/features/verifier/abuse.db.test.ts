import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aNetwork, aStranger, aStrangersBadge } from '../../testing/strangers-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let server: ReturnType<TestApp['createServer']>
beforeAll(async () => {
  app = await createTestApp(
    { ROSETTE_VERIFIER_PER_MINUTE: '100000' },
    { guardedFetch: aNetwork({}) },
  )
  server = app.createServer()
})
afterAll(() => app.drop())

const part = (head: string, body = 'x') =>
  `--X\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`
const end = '--X--\r\n'
const many = (count: number, make: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => make(n)).join('')

const bodies: Readonly<Record<string, string | Buffer>> = {
  'no part at all': end,
  nothing: '',
  'no end': part('name="badge"'),
  'an end in the middle of a head': '--X\r\nContent-Dispo',
  'many fields': many(5_000, (n) => part(`name="f${n}"`)) + end,
  'many files': many(50, (n) => part(`name="file"; filename="${n}"`)) + end,
  'a name of a megabyte': part(`name="${'n'.repeat(1024 * 1024)}"`) + end,
  'a head of a megabyte': `--X\r\nX-Long: ${'n'.repeat(1024 * 1024)}\r\n${part('name="badge"')}${end}`,
  'no name': part('filename="x.png"') + end,
  'a name that reaches for prototypes': part('name="__proto__"') + part('name="constructor"') + end,
  'a name that is not text': Buffer.concat([
    Buffer.from('--X\r\nContent-Disposition: form-data; name="'),
    Buffer.from([0xff, 0xfe, 0, 0xc3]),
    Buffer.from(`"\r\n\r\nx\r\n${end}`),
  ]),
  'another character set': `--X\r\nContent-Disposition: form-data; name="badge"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+ADw-\r\n${end}`,
  'a field of nine megabytes': part('name="badge"', 'x'.repeat(9 * 1024 * 1024)) + end,
  'a file of nine megabytes': part('name="file"; filename="x"', 'x'.repeat(9 * 1024 * 1024)) + end,
  'a recipient of a megabyte':
    part('name="badge"', '{}') + part('name="recipient"', 'x'.repeat(1024 * 1024)) + end,
}

describe.each(['/verify', '/api/v1/verifications'])('a form for %s', (url) => {
  it.each(Object.keys(bodies))('with %s is answered, and not as our fault', async (name) => {
    const answer = await server.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'multipart/form-data; boundary=X', accept: 'text/html' },
      payload: bodies[name] ?? '',
    })
    expect(answer.statusCode, answer.body.slice(0, 300)).toBeLessThan(500)
    expect(answer.body.length).toBeLessThan(100_000)
  })

  it.each([
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/mixed; boundary=X',
    `multipart/form-data; boundary=${'X'.repeat(500)}`,
    'application/x-www-form-urlencoded',
    'text/html',
    'application/json; charset=utf-16',
    'image/jpeg',
    '',
    'no/such;;;type',
  ])('of the type %s is refused', async (type) => {
    const answer = await server.inject({
      method: 'POST',
      url,
      headers: { 'content-type': type, accept: 'text/html' },
      payload: part('name="badge"') + end,
    })
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(answer.statusCode).toBeLessThan(500)
  })
})

describe('the page of a badge that says the worst', () => {
  const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>'\u202e{{x}}`
  it('shows all of it as text', async () => {
    const good = await aStrangersBadge(aStranger())
    const badge = {
      ...good,
      name: evil,
      issuer: {
        id: 'javascript:alert(1)',
        type: ['Profile'],
        name: evil,
        url: 'javascript:alert(1)',
      },
      credentialSubject: {
        type: ['AchievementSubject'],
        achievement: {
          id: 'https://a.example/"onclick="alert(1)',
          type: ['Achievement'],
          name: evil,
          description: evil,
          criteria: {
            id: 'https://a.example/"onclick="alert(1)',
            narrative: `${'>'.repeat(9_000)} ${evil}`,
          },
          image: {
            id: `data:image/svg+xml;base64,${Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>`).toString('base64')}`,
            type: 'Image',
          },
          tag: [evil],
          inLanguage: 'en"onload="x',
          alignment: [{ type: ['Alignment'], targetName: evil, targetUrl: 'javascript:alert(1)' }],
        },
      },
      evidence: [{ id: 'javascript:alert(1)', type: ['Evidence'], name: evil, narrative: evil }],
    }
    const answer = await server.inject({
      method: 'POST',
      url: '/verify',
      headers: { 'content-type': 'multipart/form-data; boundary=X', accept: 'text/html' },
      payload: part('name="badge"', JSON.stringify(badge)) + part('name="recipient"', evil) + end,
    })
    expect(answer.statusCode).toBe(200)
    const shown = answer.body.replaceAll(/data:application\/json;base64,[\w+/=]+/g, '')
    expect(shown).not.toMatch(/<script>alert|<img src=x|href="javascript|onclick="|"onload=/i)
    expect(shown).not.toContain('\u202e')
    expect(shown).toContain('&#60;script&#62;alert(1)')
    expect(answer.headers['content-security-policy']).toMatch(/default-src 'none'/)
  })
})
