import { GuardedFetchError } from '@rosette/guarded-fetch'
import { bake } from '@rosette/open-badges'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { log } from '../../telemetry/log.js'
import { aBadge, anAward, takeBack } from '../../testing/sample-awards.js'
import {
  aNetwork,
  anEndorsement,
  aStranger,
  aStrangersBadge,
} from '../../testing/strangers-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { defaultPicture } from '../images/default-picture.js'
import { renderSvg } from '../images/render-svg.js'

let app: TestApp
let server: ReturnType<TestApp['createServer']>
let png: Buffer
let badge: Awaited<ReturnType<typeof aStrangersBadge>>
const stranger = aStranger()
const grace = 'grace@learners.example'
const picture = 'https://riverbend.example/badge.png'
const answers: Record<string, unknown> = {}
const network = aNetwork(answers)

const badgeClass = {
  '@context': 'https://w3id.org/openbadges/v2',
  id: 'https://riverbend.example/b',
}

beforeAll(async () => {
  png = await renderSvg(defaultPicture({ kind: 'badge', seed: 'x', name: 'Navigation' }), 64)
  badge = await aStrangersBadge(stranger, {
    achievement: { image: { id: picture, type: 'Image' } },
  })
  Object.assign(answers, {
    [picture]: png,
    'https://riverbend.example/badge.json': badge,
    'https://riverbend.example/page': '<!doctype html><title>Badge</title>',
    'https://inside.example/': new GuardedFetchError(
      'ERR_GUARD_PRIVATE',
      'It is in a private network.',
    ),
    'https://gone.example/': Object.assign(new Error('gone'), { status: 410 }),
  })
  app = await createTestApp({ ROSETTE_VERIFIER_PER_MINUTE: '100000' }, { guardedFetch: network })
  server = app.createServer()
})
afterAll(() => app.drop())

const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }
const open = (url: string) => server.inject({ url, headers: browser })
const link = (address: string) => open(`/verify?url=${encodeURIComponent(address)}`)

function send(parts: Readonly<Record<string, string | Buffer>>) {
  const pieces = Object.entries(parts).flatMap(([name, value]) => {
    const file = typeof value === 'string' ? '' : '; filename="badge.png"'
    const head = `--X\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`
    return [Buffer.from(head), Buffer.from(value), Buffer.from('\r\n')]
  })
  return server.inject({
    method: 'POST',
    url: '/verify',
    headers: { ...browser, 'content-type': 'multipart/form-data; boundary=X' },
    payload: Buffer.concat([...pieces, Buffer.from('--X--\r\n')]),
  })
}
const sendText = (value: unknown, more: object = {}) =>
  send({
    file: Buffer.alloc(0),
    badge: typeof value === 'string' ? value : JSON.stringify(value),
    ...more,
  })

describe('the page of the verifier', () => {
  it('is a form that every public page leads to', async () => {
    const { body, headers } = await open('/verify')
    expect(body).toContain(
      '<form class="verify" method="post" action="/verify" enctype="multipart/form-data">',
    )
    expect(body).not.toContain('<script')
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    expect((await open('/')).body).toContain('<a href="/verify">Verify a badge</a>')
    expect((await open('/')).body).toContain('<a href="/backpack/">Your badges</a>')
  })

  it('shows the badge of a file with its own picture, and whose it is', async () => {
    const baked = Buffer.from(bake(png, JSON.stringify(badge)))
    const { body, headers } = await send({ file: baked, badge: '', recipient: grace })
    expect(body).toContain(`src="data:image/png;base64,${baked.toString('base64')}"`)
    expect(body).toContain('<strong>Valid</strong>Signed by the issuer')
    expect(body).toContain('Yes: this badge was given to <b>grace@learners.example</b>')
    expect(body).toContain('<strong>three passages</strong>')
    expect(headers['cache-control']).toBe('no-store')
  })

  it('says that a real badge is somebody else’s, and never that it is valid', async () => {
    const { body } = await sendText(badge, { recipient: 'mallory@learners.example' })
    expect(body).toContain('<strong>Somebody else’s</strong>The badge is real')
    expect(body).toContain('not given to <b>mallory@learners.example</b>')
    expect(body).toContain('See whether the address is written right')
    expect(body).not.toContain('<strong>Valid</strong>')
  })

  it('says that a changed badge is not valid, with the signature first', async () => {
    const { body } = await sendText(JSON.stringify(badge).replaceAll('Marine', 'Grand'))
    expect(body).toContain('<strong>Not valid</strong>The signature does not match')
    expect(body.indexOf('<strong>Signature</strong>: <span class="bad">failed')).toBeLessThan(
      body.indexOf('<strong>Badge file</strong>'),
    )
    expect(body).toContain('What it claims')
  })

  it('verifies a link at once, and fetches its picture itself, so that nobody learns of the reader', async () => {
    const { body } = await link('https://riverbend.example/badge.json')
    expect(body).toContain('<strong>Valid</strong>')
    expect(body).toContain(`src="data:image/png;base64,${png.toString('base64')}"`)
    expect(body).not.toMatch(/<img[^>]+src="https?:/)
    expect(body).toContain('href="/verify?url=https%3A%2F%2Friverbend.example%2Fbadge.json"')
    expect(body).toContain('Addresses that were asked (1)')
  })

  it('leads to the backpack with a badge that it would keep, and its address where there is one', async () => {
    const address = encodeURIComponent('https://riverbend.example/badge.json')
    const { body } = await link('https://riverbend.example/badge.json')
    expect(body).toContain(`href="/backpack/import?address=${address}">Keep in my backpack<`)
    const pasted = await sendText(badge)
    expect(pasted.body).toContain('href="/backpack/import">Keep in my backpack<')
    const changed = await sendText(JSON.stringify(badge).replaceAll('Marine', 'Grand'))
    expect(changed.body).not.toContain('Keep in my backpack')
  })

  it('holds the whole report as JSON', async () => {
    const { body } = await sendText(badge)
    const [, data = ''] = /href="data:application\/json;base64,([\w+/=]+)"/.exec(body) ?? []
    const report = JSON.parse(Buffer.from(data, 'base64').toString())
    expect(report).toMatchObject({ verdict: 'valid', badge: { name: 'Marine Navigation' } })
  })

  it('shows endorsements with their own verdicts', async () => {
    const other = aStranger('Harbour Guild')
    const id = 'https://riverbend.example/credentials/7'
    const word = await anEndorsement(other, id, 'They steer <b>well</b>.')
    const bad = { ...word, name: 'changed' }
    const { body } = await sendText(
      await aStrangersBadge(stranger, { credential: { endorsement: [word, bad] } }),
    )
    expect(body).toContain('They steer &#60;b&#62;well&#60;/b&#62;.')
    expect(body.match(/<p class="mark good">/g)).toHaveLength(1)
    expect(body.match(/<p class="mark bad">/g)).toHaveLength(1)
  })

  it('shows each badge of a record with its own verdict, and does not call the whole of it good', async () => {
    const forged = JSON.parse(JSON.stringify(badge).replaceAll('Marine', 'Grand'))
    const { body } = await sendText(
      await stranger.sign({
        '@context': [
          'https://www.w3.org/ns/credentials/v2',
          'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json',
          'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
        ],
        id: 'https://riverbend.example/records/1',
        type: ['VerifiableCredential', 'ClrCredential'],
        name: 'Transcript',
        issuer: stranger.profile,
        validFrom: '2026-03-12T08:30:00Z',
        credentialSubject: { type: ['ClrSubject'], verifiableCredential: [badge, forged] },
      }),
    )
    expect(body).toContain('Badges in this record (2)')
    expect(body).toContain('But of the 2 badges in it, 1 is not.')
    expect(body).toContain('<b>Not valid</b> The signature does not match')
  })

  it('escapes whatever a badge says, and links to no script', async () => {
    const evil = '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>'
    const { body } = await sendText(
      await aStrangersBadge(aStranger(evil), {
        name: evil,
        achievement: {
          description: evil,
          tag: [evil],
          criteria: { id: 'javascript:alert(1)', narrative: `${evil} [x](javascript:alert(1))` },
          image: { id: 'javascript:alert(1)', type: 'Image' },
        },
        credential: { evidence: [{ type: ['Evidence'], id: 'javascript:alert(1)', name: evil }] },
      }),
    )
    expect(body).toContain('&#60;script&#62;')
    expect(body).not.toMatch(/<script|<img src=x|href="javascript:|src="javascript:/)
  })
})

describe('what is no badge', () => {
  it.each([
    [
      'a picture without a badge',
      () => send({ file: png }),
      'This is a PNG picture. There is no badge inside',
      'Screenshots',
    ],
    [
      'a photo',
      () => send({ file: Buffer.from('ffd8ffe000104a46', 'hex') }),
      'This is a JPEG photo.',
      'PNG and SVG',
    ],
    [
      'a sentence',
      () => sendText('my badge'),
      'This is text without a badge in it.',
      'Paste the link',
    ],
    [
      'other JSON',
      () => sendText({ a: 1 }),
      'This is JSON, but not a badge.',
      'as its platform hands it out',
    ],
    [
      'what can be earned, and not what was',
      () => sendText({ ...badgeClass, type: 'BadgeClass' }),
      'give the badge that somebody was awarded',
      'as its platform hands it out',
    ],
    [
      'a web page',
      () => link('https://riverbend.example/page'),
      'This is a web page.',
      'button that downloads',
    ],
    [
      'an address that does not answer',
      () => link('https://nowhere.example/'),
      'nowhere.example does not answer.',
      'Open the link yourself',
    ],
    [
      'an address in a private network',
      () => link('https://inside.example/'),
      'inside.example is in a private network, where this site asks nobody.',
      'give the file',
    ],
    ['an address that is gone', () => link('https://gone.example/'), 'took back', 'give the file'],
  ])('is called what it is: %s', async (...[, ask, found, remedy]) => {
    const { body, statusCode } = await ask()
    expect(statusCode).toBe(200)
    expect(body).toMatch(/<strong>(No badge found|Not reached)<\/strong>/)
    expect(body).toContain(found)
    expect(body).toContain(remedy)
    expect(body).not.toContain('<strong>Valid</strong>')
  })
})

describe('what goes back into the form', () => {
  it('is the part of a text that may be a badge, and the address, so that nobody types twice', async () => {
    const { body } = await sendText('Hello: https://badges.example/1 Bye', { recipient: grace })
    expect(body).toContain('This is text with a link in it.')
    expect(body).toMatch(
      /<textarea[^>]*aria-describedby="problem badge-hint"[^>]*>https:\/\/badges.example\/1</,
    )
    expect(body).toContain('value="grace@learners.example"')
  })

  it('is only as much as keeps the page small', async () => {
    const { body } = await sendText(`x ${'<&'.repeat(20_000)}`)
    expect(body).toContain('This is text without a badge in it.')
    expect(body.length).toBeLessThan(30_000)
  })
})

describe('what is said first', () => {
  it('is the verdict, in the title of the page', async () => {
    const titles = [
      await sendText(badge),
      await sendText('my badge'),
      await send({ file: Buffer.alloc(0) }),
    ].map(({ body }) => /<title>(.*)<\/title>/.exec(body)?.[1])
    expect(titles).toEqual([
      'Valid: Marine Navigation',
      'No badge found. Is this badge real?',
      'Not checked: Is this badge real?',
    ])
  })

  it('is that the text was left out where a file came too', async () => {
    const { body } = await send({ file: png, badge: 'text' })
    expect(body).toContain('the file was checked, the text was not')
  })

  it('is that something is no address, where the recipient can be none', async () => {
    const { body } = await sendText(badge, { recipient: 'grace at learners' })
    expect(body).toContain('does not look like an e-mail address')
  })
})

describe('what cannot be checked', () => {
  it.each([
    [
      'nothing',
      () => send({ file: Buffer.alloc(0), badge: ' ' }),
      400,
      'Nothing was given, or the file was empty. Choose a file',
    ],
    ['no link', () => link('javascript:alert(1)'), 400, 'A link to a badge begins with https://'],
    ['too much', () => send({ file: Buffer.alloc(8_400_000) }), 413, 'larger than 8 MB'],
    [
      'another kind of form',
      () =>
        server.inject({
          method: 'POST',
          url: '/verify',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          payload: 'badge=x',
        }),
      415,
      'Unsupported Media Type',
    ],
  ])('is said above the form: %s', async (...[, ask, status, words]) => {
    const { body, statusCode } = await ask()
    expect(statusCode).toBe(status)
    expect(body).toContain('role="alert"')
    expect(body).toContain(words)
    expect(body).toContain('Check this badge</button>')
    expect(body).not.toContain('javascript:alert(1)"')
  })
})

describe('a badge of our own', () => {
  it('leads to its page, and is revoked with the reason and the date that only we know', async () => {
    const awardId = await anAward(app, await aBadge(app))
    await app.issuances.issue({ awardId }, { number: 1, isLast: false })
    const { body: text } = await server.inject(`/credentials/${awardId}`)
    expect((await sendText(text)).body).toContain('Its page on this site')
    await takeBack(app, awardId, 'plagiarism')
    for (const answer of [
      await sendText(text),
      await link(`https://badges.example/public/assertions/${awardId}`),
    ]) {
      expect(answer.body).toContain(
        '<strong>Revoked</strong>Open University took this badge back on',
      )
      expect(answer.body).toContain('3 May 2026</time>: plagiarism')
    }
  })

  it('is not lent to a forgery that names its address', async () => {
    const awardId = await anAward(app, await aBadge(app))
    await app.issuances.issue({ awardId }, { number: 1, isLast: false })
    const { body: text } = await server.inject(`/credentials/${awardId}`)
    const { body } = await sendText(text.replaceAll('Foundations', 'Mastery'))
    expect(body).toContain('<strong>Not valid</strong>')
    expect(body).not.toContain('Its page on this site')
  })
})

describe('what was given', () => {
  it('is written into no log, whatever comes of it', async () => {
    const levels = ['debug', 'info', 'warn', 'error'] as const
    const spies = levels.map((level) => vi.spyOn(log, level))
    await sendText(badge, { recipient: 'secret@learners.example' })
    await link('https://nowhere.example/secret')
    await link('not a link of secret@learners.example')
    await send({ file: Buffer.alloc(8_400_000), recipient: 'secret@learners.example' })
    await sendText('{"secret"', { recipient: 'secret@learners.example' })
    const said = JSON.stringify(spies.flatMap((spy) => spy.mock.calls))
    for (const spy of spies) spy.mockRestore()
    expect(said).toBe('[]')
  })

  it('is in no table', async () => {
    const before = await rows()
    await sendText(badge, { recipient: grace })
    await link('https://riverbend.example/badge.json')
    expect(await rows()).toEqual(before)
  })

  async function rows() {
    const tables = await app.db.introspection.getTables()
    const counts = tables.map(async ({ name, schema }) => {
      const { rows: found } = await sql<{ count: string }>`
        select count(*) as count from ${sql.table(`${schema}.${name}`)}`.execute(app.db)
      return [name, found[0]?.count]
    })
    return await Promise.all(counts)
  }
})
