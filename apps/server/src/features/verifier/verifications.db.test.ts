import { bake } from '@rosette/open-badges'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { metrics } from '../../telemetry/metrics.js'
import { aBadge, ada, anAward, takeBack } from '../../testing/sample-awards.js'
import { aNetwork, aStranger, aStrangersBadge } from '../../testing/strangers-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { defaultPicture } from '../images/default-picture.js'
import { renderSvg } from '../images/render-svg.js'

let app: TestApp
let server: ReturnType<TestApp['createServer']>
let badge: Awaited<ReturnType<typeof aStrangersBadge>>
let png: Buffer
const grace = 'grace@learners.example'
const published = 'https://riverbend.example/badge.json'
const network = aNetwork({})

beforeAll(async () => {
  badge = await aStrangersBadge(aStranger())
  png = await renderSvg(defaultPicture({ kind: 'badge', seed: 'x', name: 'Navigation' }), 64)
  const answers = aNetwork({ [published]: badge, 'https://riverbend.example/badge.png': png })
  const guardedFetch = Object.assign(answers, { asked: network.asked })
  app = await createTestApp({ ROSETTE_VERIFIER_PER_MINUTE: '100000' }, { guardedFetch })
  server = app.createServer()
})
afterAll(() => app.drop())

const path = '/api/v1/verifications'
const post = (body: unknown, type = 'application/json') =>
  server.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': type },
    payload: Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body),
  })

function aForm(parts: Readonly<Record<string, string | Buffer>>): [Buffer, string] {
  const pieces = Object.entries(parts).flatMap(([name, value]) => {
    const file = typeof value === 'string' ? '' : '; filename="badge.png"'
    const head = `--X\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`
    return [Buffer.from(head), Buffer.from(value), Buffer.from('\r\n')]
  })
  return [Buffer.concat([...pieces, Buffer.from('--X--\r\n')]), 'multipart/form-data; boundary=X']
}

const tampered = () => JSON.stringify(badge).replaceAll('Marine Navigation', 'Marine Command')
const errorsOf = (report: { checks: { error?: string }[] }) =>
  report.checks.flatMap(({ error }) => (error === undefined ? [] : [error]))

describe('a badge given to the API', () => {
  it.each([
    ['as an object', () => post({ badge })],
    ['as text', () => post({ badge: JSON.stringify(badge) })],
    ['by its address', () => post({ badge: published })],
    [
      'as a data URI',
      () => post({ badge: `data:application/json,${encodeURIComponent(JSON.stringify(badge))}` }),
    ],
    ['as the bytes of an image', () => post(bake(png, JSON.stringify(badge)), 'image/png')],
    ['as a document', () => post(JSON.stringify(badge), 'application/vc+ld+json; charset=utf-8')],
    ['as plain text', () => post(JSON.stringify(badge), 'text/plain')],
    [
      'as a file in a form',
      () => post(...aForm({ file: Buffer.from(bake(png, JSON.stringify(badge))) })),
    ],
    ['as text in a form', () => post(...aForm({ badge: JSON.stringify(badge) }))],
  ])('%s is verified', async (_how, ask) => {
    const answer = await ask()
    expect(answer.statusCode, answer.body).toBe(200)
    const { verdict, kind, badge: summary, checks } = answer.json()
    expect({ verdict, kind }).toEqual({ verdict: 'valid', kind: 'OpenBadgeCredential 3.0' })
    expect(summary).toMatchObject({ name: 'Marine Navigation', issuerName: 'Riverbend College' })
    expect(checks).toContainEqual(expect.objectContaining({ code: 'proof', outcome: 'passed' }))
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'no-store',
    })
  })

  it.each([
    ['belongs to', grace, 'passed'],
    ['belongs to one of', ['other@learners.example', grace], 'passed'],
    ['does not belong to', 'mallory@learners.example', 'failed'],
  ])('%s %s', async (_what, recipient, outcome) => {
    const { checks } = (await post({ badge, recipient })).json()
    expect(checks).toContainEqual(expect.objectContaining({ code: 'recipient', outcome }))
  })

  it('takes the recipient from a form, too', async () => {
    const form = aForm({ recipient: 'mallory@learners.example', badge: JSON.stringify(badge) })
    const report = (await post(...form)).json()
    expect(report.verdict).toBe('invalid')
    expect(errorsOf(report)).toEqual(['ERR_OB_RECIPIENT'])
  })

  it('that was changed is answered with 200 and the check that failed', async () => {
    const answer = await post({ badge: tampered() })
    expect(answer.statusCode).toBe(200)
    expect(answer.json().verdict).toBe('invalid')
    expect(errorsOf(answer.json())).toEqual(['ERR_OB_SIGNATURE'])
  })

  it.each([
    ['text that is no badge', 'hello', 'ERR_OB_JSON'],
    ['an address that does not answer', 'https://nowhere.example/1', 'ERR_OB_HOSTED_UNREACHABLE'],
  ])('%s is a report, not a refusal', async (_what, text, error) => {
    const answer = await post({ badge: text })
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({ kind: 'unrecognised' })
    expect(errorsOf(answer.json())).toEqual([error])
  })

  it('is counted by its verdict, and by nothing else', async () => {
    const count = async () => {
      const found = /rosette_verifications_total\{verdict="invalid"\} (\d+)/.exec(
        await metrics.metrics(),
      )
      return Number(found?.[1] ?? 0)
    }
    const before = await count()
    await post({ badge: tampered() })
    expect(await count()).toBe(before + 1)
  })
})

describe('a badge of our own', () => {
  async function issued() {
    const awardId = await anAward(app, await aBadge(app))
    await app.issuances.issue({ awardId }, { number: 1, isLast: false })
    return awardId
  }

  it('is verified without the network, in every form that we serve', async () => {
    const awardId = await issued()
    const before = network.asked.length
    const signed = (await server.inject(`/credentials/${awardId}`)).json()
    const addresses = [
      signed.id,
      `https://badges.example/public/assertions/${awardId}`,
      `https://badges.example/public/assertions/${awardId}/baked`,
      `https://badges.example/public/assertions/${awardId}/baked?format=svg&v=2`,
    ]
    for (const address of addresses) {
      const report = (await post({ badge: address, recipient: ada.email })).json()
      expect(report.verdict, `${address} ${JSON.stringify(report)}`).toBe('valid')
    }
    expect(network.asked.length).toBe(before)
  })

  it('is revoked at each of its addresses', async () => {
    const awardId = await issued()
    const signed = (await server.inject(`/credentials/${awardId}`)).json()
    await takeBack(app, awardId, 'plagiarism')
    const hosted = `https://badges.example/public/assertions/${awardId}`
    expect((await post({ badge: signed })).json().verdict).toBe('revoked')
    const { verdict, checks } = (await post({ badge: hosted })).json()
    expect(verdict).toBe('revoked')
    expect(checks).toContainEqual(expect.objectContaining({ error: 'ERR_OB_REVOKED' }))
  })

  it.each([
    'https://badges.example/admin',
    'https://badges.example/verify?url=x',
    'https://badges.example/public/assertions/x/verification',
  ])('is not looked for at %s', async (address) => {
    const report = (await post({ badge: address })).json()
    expect(errorsOf(report)).toEqual(['ERR_OB_HOSTED_UNREACHABLE'])
  })
})

describe('a request that cannot be used', () => {
  it.each([
    ['nothing', () => post({}), 400, 'request-invalid'],
    ['no text', () => post({ badge: ' ' }), 400, 'request-invalid'],
    ['a number', () => post({ badge: 7 }), 400, 'request-invalid'],
    ['a member that is unknown', () => post({ badge, url: 'x' }), 400, 'request-invalid'],
    ['malformed JSON', () => post('{"badge":'), 400, 'request-invalid'],
    ['an empty image', () => post(Buffer.alloc(0), 'image/png'), 400, 'request-invalid'],
    ['a form without a badge', () => post(...aForm({ recipient: grace })), 400, 'request-invalid'],
    ['a type of something else', () => post('x', 'application/pdf'), 415, 'unsupported-media-type'],
    [
      'a form of the old kind',
      () => post('badge=x', 'application/x-www-form-urlencoded'),
      415,
      'unsupported-media-type',
    ],
    ['more than 8 MB', () => post(Buffer.alloc(8_400_000), 'image/png'), 413, 'too-large'],
    [
      'more than 8 MB in a form',
      () => post(...aForm({ file: Buffer.alloc(8_400_000) })),
      413,
      'too-large',
    ],
  ])('%s is a problem document', async (...[, ask, status, code]) => {
    const answer = await ask()
    expect([answer.statusCode, answer.json().code], answer.body.slice(0, 300)).toEqual([
      status,
      code,
    ])
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.headers['access-control-allow-origin']).toBe('*')
  })

  it('may be asked for by a page of another site', async () => {
    const answer = await server.inject({ method: 'OPTIONS', url: path })
    expect(answer.statusCode).toBe(204)
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type',
    })
  })
})

describe('the description of the API', () => {
  it('holds the door and the report', async () => {
    const document = (await server.inject('/api/openapi.json')).json()
    const { requestBody, responses, security } = document.paths[path].post
    expect(Object.keys(requestBody.content)).toEqual(
      expect.arrayContaining(['application/json', 'multipart/form-data', 'image/png']),
    )
    const { $ref } = responses['200'].content['application/json'].schema
    expect($ref).toBe('#/components/schemas/VerificationReport')
    expect(document.components.schemas.VerificationReport.properties.badges.items.$ref).toBe($ref)
    expect(security).toEqual([])
  })
})
