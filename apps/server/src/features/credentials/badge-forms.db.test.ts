import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeBack } from '../../testing/sample-awards.js'
import { aSignedBadge, createStranger } from '../../testing/signed-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let stranger: ReturnType<typeof createStranger>
let time = new Date('2026-06-01T12:00:00.500Z')
beforeAll(async () => {
  app = await createTestApp({}, { now: () => time })
  stranger = createStranger(app.createServer(), () => time)
})
afterAll(() => app.drop())

const failedChecks = (report: Awaited<ReturnType<typeof stranger.verify>>) =>
  report.checks.filter(({ outcome }) => outcome === 'failed')

describe('the compact form of a badge', () => {
  it.each([
    ['application/vc+jwt', 'application/vc+jwt'],
    ['application/jwt', 'application/jwt'],
    ['text/plain', 'text/plain'],
    ['text/plain, application/json;q=0.5', 'text/plain'],
    ['application/jwt;q=0.5, application/vc+jwt, application/json;q=0.9', 'application/vc+jwt'],
  ])('is served to those who send Accept: %s', async (accept, type) => {
    const { awardId } = await aSignedBadge(app)
    const answer = await stranger.get(`/credentials/${awardId}`, accept)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers).toMatchObject({
      'content-type': type,
      vary: 'Accept, User-Agent',
      'cache-control': 'public, max-age=300',
      'access-control-allow-origin': '*',
    })
    expect(answer.body).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/)
  })

  it.each([
    'application/json, text/plain, */*',
    '*/*',
    'application/vc+jwt;q=0.5, application/json',
  ])('is not served to those who send Accept: %s', async (accept) => {
    const { awardId } = await aSignedBadge(app)
    const answer = await stranger.get(`/credentials/${awardId}`, accept)
    expect(answer.headers['content-type']).toContain('application/json')
    expect(answer.json().proof).toHaveLength(1)
  })

  it('is served for ?format=jwt whatever is accepted', async () => {
    const { awardId } = await aSignedBadge(app)
    const answer = await stranger.get(`/credentials/${awardId}?format=jwt`, 'text/html')
    expect(answer.headers['content-type']).toBe('application/vc+jwt')
  })

  it.each(['url', 'did:web'] as const)(
    'verifies when the issuer is named by %s, signed with ES256 and with the proof inside',
    async (identifier) => {
      const { awardId } = await aSignedBadge(app, { identifier })
      const text = (await stranger.get(`/credentials/${awardId}?format=jwt`)).body
      const [header = '', payload = ''] = text.split('.').map(decoded)
      const { alg, kid } = JSON.parse(header)
      expect(alg).toBe('ES256')
      // The address of the key answers with the one key itself, as the validator of 1EdTech wants it.
      expect(await stranger.fetch(kid)).toMatchObject({
        kid,
        kty: 'EC',
        crv: 'P-256',
        alg: 'ES256',
      })
      const json = (await stranger.get(`/credentials/${awardId}`)).json()
      expect(JSON.parse(payload)).toMatchObject(json)
      const report = await stranger.verify(text)
      expect(failedChecks(report)).toEqual([])
      expect(report.verdict).toBe('valid')
    },
  )

  it('does not verify when a word of it is changed', async () => {
    const { awardId } = await aSignedBadge(app)
    const text = (await stranger.get(`/credentials/${awardId}?format=jwt`)).body
    const [header, payload = '', signature] = text.split('.')
    const changed = Buffer.from(decoded(payload).replace('Foundations', 'Mastery'))
    const report = await stranger.verify(
      [header, changed.toString('base64url'), signature].join('.'),
    )
    expect(report.verdict).toBe('invalid')
    expect(failedChecks(report)).toContainEqual(
      expect.objectContaining({ code: 'proof', error: 'ERR_OB_SIGNATURE' }),
    )
  })

  it('is signed once, and is the same bytes for all who ask at once and later', async () => {
    const { awardId, issuerId } = await aSignedBadge(app)
    const ask = () => stranger.get(`/credentials/${awardId}?format=jwt`)
    const answers = await Promise.all(Array.from({ length: 8 }, ask))
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
    time = new Date(time.getTime() + 60_000)
    expect((await ask()).body).toBe(answers[0]?.body)
    const keys = app.db.selectFrom('issuer_key').select('algorithm')
    const made = await keys.where('issuer_id', '=', issuerId).execute()
    expect(made.filter(({ algorithm }) => algorithm === 'P-256')).toHaveLength(1)
    const unchanged = { 'if-none-match': String(answers[0]?.headers['etag']) }
    const url = `/credentials/${awardId}?format=jwt`
    expect((await app.createServer().inject({ url, headers: unchanged })).statusCode).toBe(304)
  })

  it('of a revoked badge stays readable, and says so', async () => {
    const { awardId } = await aSignedBadge(app)
    await takeBack(app, awardId, 'plagiarism')
    const answer = await stranger.get(`/credentials/${awardId}?format=jwt`)
    expect(answer.statusCode).toBe(200)
    expect((await stranger.verify(answer.body)).verdict).toBe('revoked')
  })

  it('is missing where the badge is, with the same reason', async () => {
    const answer = await stranger.get('/credentials/AAAAAAAAAAAAAAAAAAAAAA?format=jwt')
    expect(answer.statusCode).toBe(404)
    expect(answer.json().code).toBe('not-found')
  })
})

function decoded(part: string): string {
  return Buffer.from(part, 'base64url').toString()
}
