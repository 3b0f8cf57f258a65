import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bake, hashIdentity } from '@rosette/open-badges'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../../db/database.js'
import { toPublicId } from '../../http/public-id.js'
import { createPublicUrls } from '../../http/public-urls.js'
import { aSignedIn } from '../../testing/person.js'
import { runTask } from '../../testing/run-task.js'
import { anotherSigned, aSignedBadge } from '../../testing/signed-badges.js'
import { aNetwork, aStranger, aStrangersBadge } from '../../testing/strangers-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { createBadgeChecks, matchWaiting, releaseUnproven } from './badge-imports.js'

const folder = fileURLToPath(new URL('../../../../../conformance/', import.meta.url))
const hasFolder = existsSync(`${folder}manifest.json`)

type Entry = {
  readonly file: string
  readonly about: string
  readonly kind: string
  readonly verdict: string
  readonly error?: string
  readonly at: string
  readonly recipient?: string
  readonly documents: string
  readonly gone?: readonly string[]
}

const entries: readonly Entry[] = hasFolder
  ? JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8'))
  : []

let app: TestApp
let server: ReturnType<TestApp['createServer']>
let now = new Date('2026-06-01T00:00:00Z')
let world: Record<string, unknown> = {}
let gone: readonly string[] = []
let made = 0

async function network(url: string) {
  if (gone.includes(url)) throw Object.assign(new Error('gone'), { status: 410 })
  return await aNetwork(world)(url, { accept: '*/*' })
}

beforeAll(async () => {
  app = await createTestApp(
    { ROSETTE_BASE_URL: 'https://rosette.example' },
    { now: () => now, guardedFetch: network },
  )
  server = app.createServer()
  await server.ready()
})
afterAll(async () => {
  await server.close()
  await app.drop()
})

async function aLearner(email?: string) {
  made += 1
  const address = email ?? `learner${made}@university.example`
  await app.db.deleteFrom('app_user').where('email', '=', address).execute()
  const browser = await aSignedIn(app, server, { email: address })
  const values = { email_proven_at: now.toISOString() }
  await app.db.updateTable('app_user').set(values).where('id', '=', browser.user.id).execute()
  const hand = (badge: unknown) => browser.post('backpack/imports', { badge })
  return { ...browser, hand, email: address }
}

function upload(file: Buffer, name = 'badge.png') {
  const boundary = 'xxBOUNDARYxx'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`
  return {
    method: 'POST' as const,
    url: '/api/v1/backpack/imports',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), file, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  }
}

async function stored(id: string) {
  const rows = app.db.selectFrom('backpack_entry').selectAll().where('id', '=', id)
  return await rows.executeTakeFirstOrThrow()
}

/** What the verdict of a golden file means for whoever hands it in. */
function outcomeOf({ verdict, kind, error }: Entry): string {
  if (kind === 'EndorsementCredential 3.0') return 'refused'
  // Those are for another address than the one that was asked for.
  if (error === 'ERR_OB_RECIPIENT') return 'kept or waiting'
  return ['valid', 'expired', 'suspended'].includes(verdict) ? 'kept' : 'refused'
}

describe.skipIf(!hasFolder)('a golden badge of any version', () => {
  it.each(entries)('$file: $about', async (entry) => {
    now = new Date(entry.at)
    gone = entry.gone ?? []
    const answers = JSON.parse(readFileSync(`${folder}${entry.documents}`, 'utf8'))
    world = { ...answers }
    for (const [url, answer] of Object.entries(answers)) world[url.replace(/#.*/, '')] ??= answer
    const lea = await aLearner('a@example.com')
    const file = readFileSync(`${folder}${entry.file}`)
    const { status, body } = await lea.send(upload(file))
    expect(status, JSON.stringify(body).slice(0, 500)).toBe(200)
    expect(outcomeOf(entry)).toContain(body.outcome)
    const wanted = outcomeOf(entry) === 'refused' && entry.error !== undefined
    if (wanted) expect(body).toMatchObject({ code: entry.error, badge: null })
    if (body.outcome !== 'kept' || body.inside !== undefined) return
    const standing = entry.error === 'ERR_OB_RECIPIENT' ? 'valid' : entry.verdict
    expect(body.badge).toMatchObject({ origin: 'imported', status: standing })
    const again = await lea.send(upload(file))
    expect(again.body).toMatchObject({ outcome: 'duplicate', badge: { id: body.badge.id } })
    const entryRow = await stored(body.badge.id)
    expect(entryRow.kind).toBe(entry.kind)
    if (entryRow.source_url === null && !/\.uri$/.test(entry.file)) {
      expect(entryRow.content.equals(file)).toBe(true)
    }
  })

  it('keeps each badge of a learner record by itself', async () => {
    const record = entries.find(({ file }) => file.startsWith('badges/clr/'))
    if (record === undefined) throw new Error('There is no learner record among the golden files.')
    now = new Date(record.at)
    world = JSON.parse(readFileSync(`${folder}${record.documents}`, 'utf8'))
    const lea = await aLearner('a@example.com')
    const { body } = await lea.send(upload(readFileSync(`${folder}${record.file}`)))
    expect(body.message).toContain('2 taken in')
    expect(body.inside.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['kept', 'kept'])
    expect((await lea.get('backpack')).body.imported).toBe(2)
  })
})

describe('whose a badge is', () => {
  const stranger = aStranger()
  const hashed = (email: string) => ({
    subject: {
      identifier: [
        {
          type: 'IdentityObject',
          hashed: true,
          identityHash: hashIdentity(email, 'salt'),
          identityType: 'emailAddress',
          salt: 'salt',
        },
      ],
    },
  })
  const badgeFor = (email: string, n = made) =>
    aStrangersBadge(stranger, {
      ...hashed(email),
      credential: { id: `https://riverbend.example/credentials/${n}` },
    })
  beforeAll(() => {
    now = new Date('2026-06-01T00:00:00Z')
    world = {}
    gone = []
  })

  it.each([
    ['as typed', 'ada.Lovelace@Learners.example'],
    ['lower', 'ada.lovelace@learners.example'],
    ['upper', 'ADA.LOVELACE@LEARNERS.EXAMPLE'],
    ['first letter', 'Ada.lovelace@learners.example'],
    ['each word', 'Ada.Lovelace@Learners.Example'],
    ['each word before the host', 'Ada.Lovelace@learners.example'],
    ['upper before the host', 'ADA.LOVELACE@learners.example'],
  ])('is found however the issuer wrote the address: %s', async (_how, written) => {
    const ada = await aLearner('ada.Lovelace@Learners.example')
    const { body } = await ada.hand(await badgeFor(written))
    expect(body).toMatchObject({ outcome: 'kept', code: null })
  })

  it('waits for its address, is not shown to others, and is kept when that is proven', async () => {
    const lea = await aLearner()
    const { body } = await lea.hand(await badgeFor('old@school.example'))
    expect(body).toMatchObject({
      outcome: 'waiting',
      badge: { status: 'waiting', publicUrl: null },
    })
    expect(body.message).toContain('Add the address')
    expect(body.message).not.toContain('old@school.example')
    const match = (email: string) =>
      inTransaction(app.db, (tx) => matchWaiting(tx, lea.user.id, email))
    expect(await match('another@school.example')).toBe(0)
    expect(await match('Old@School.example')).toBe(1)
    const { body: detail } = await lea.get(`backpack/badges/${body.badge.id}`)
    expect(detail).toMatchObject({ status: 'valid', publicUrl: expect.any(String), isNew: true })
    expect(await inTransaction(app.db, (tx) => releaseUnproven(tx, lea.user.id))).toBe(1)
    expect((await lea.get(`backpack/badges/${body.badge.id}`)).body.status).toBe('waiting')
  })

  it('is named where the badge says it in the clear', async () => {
    const lea = await aLearner()
    const subject = {
      identifier: [
        {
          type: 'IdentityObject',
          hashed: false,
          identityHash: 'old@school.example',
          identityType: 'emailAddress',
        },
      ],
    }
    const { body } = await lea.hand(await aStrangersBadge(stranger, { subject }))
    expect(body.outcome).toBe('waiting')
    expect(body.message).toContain('given to old@school.example')
  })

  const nameless = { type: 'IdentityObject', hashed: false, identityHash: 'Ada' }
  it.each([
    ['a name', { identifier: [{ ...nameless, identityType: 'name' }] }, 'does not say to whom'],
    ['a DID', { id: 'did:example:me' }, 'given to "did:example:me"'],
  ])('cannot be said where it names %s', async (_whom, named, words) => {
    const lea = await aLearner()
    const { credentialSubject } = await aStrangersBadge(stranger)
    const { achievement, type } = Object(credentialSubject)
    const credential = { credentialSubject: { type, achievement, ...named } }
    const { body } = await lea.hand(await aStrangersBadge(stranger, { credential }))
    expect(body).toMatchObject({ outcome: 'refused', badge: null })
    expect(body.message).toContain(words)
    expect((await lea.get('backpack/badges?show=all')).body.items).toEqual([])
  })
})

describe('an import', () => {
  const stranger = aStranger()
  const badgeOf = (email: string, more: object = {}) =>
    aStrangersBadge(stranger, { email, ...more })

  it('of one badge twice at once makes one entry', async () => {
    const lea = await aLearner()
    const badge = await badgeOf(lea.email)
    const answers = await Promise.all(Array.from({ length: 6 }, () => lea.hand(badge)))
    const outcomes = answers.map(({ body }) => body.outcome).sort()
    expect(outcomes).toEqual([...Array(5).fill('duplicate'), 'kept'])
    expect((await lea.get('backpack')).body.imported).toBe(1)
  })

  it('by another door finds the badge there, and wants it again', async () => {
    const lea = await aLearner()
    const badge = await badgeOf(lea.email)
    const { body: first } = await lea.hand(badge)
    await lea.patch(`backpack/badges/${first.badge.id}`, { isHidden: true })
    const url = 'https://riverbend.example/credentials/7'
    world = { [url]: badge }
    const { body } = await lea.hand(url)
    expect(body).toMatchObject({ outcome: 'duplicate', badge: { isHidden: false } })
    world = {}
  })

  it('puts a newer copy in the place of the one that is there', async () => {
    const lea = await aLearner()
    await lea.hand(await badgeOf(lea.email))
    const credential = { validFrom: '2026-04-01T00:00:00Z' }
    const { body } = await lea.hand(await badgeOf(lea.email, { name: 'Navigation', credential }))
    expect(body.message).toContain('newer copy')
    expect(body.badge).toMatchObject({ name: 'Navigation', awardedAt: '2026-04-01T00:00:00Z' })
  })

  it('does not put a copy that was given to somebody else in the place of one’s own', async () => {
    const lea = await aLearner()
    const { body: own } = await lea.hand(await badgeOf(lea.email))
    const credential = { validFrom: '2026-04-01T00:00:00Z' }
    const { body } = await lea.hand(await badgeOf('eve@school.example', { credential }))
    expect(body.outcome).toBe('duplicate')
    expect(body.message).not.toContain('newer copy')
    expect((await stored(own.badge.id)).awarded_at).toBe('2026-03-12T08:30:00Z')
  })

  it('keeps a picture that can do nothing, and shows it to the learner only while it is private', async () => {
    const lea = await aLearner()
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><script>alert(1)</script><circle cx="5" cy="5" r="4" fill="#123456"/></svg>'
    const baked = bake(Buffer.from(svg), JSON.stringify(await badgeOf(lea.email)))
    const { body } = await lea.send(upload(Buffer.from(baked)))
    expect(body.outcome).toBe('kept')
    const picture = body.badge.pictureUrl
    const shown = await lea.get(picture)
    expect([shown.status, shown.headers['content-type']]).toEqual([200, 'image/svg+xml'])
    expect(shown.body).toContain('#123456')
    expect(shown.body).not.toMatch(/script|credential/)
    expect((await server.inject({ url: picture })).statusCode).toBe(200)
    await lea.patch(`backpack/badges/${body.badge.id}`, { visibility: 'private' })
    expect((await server.inject({ url: picture })).statusCode).toBe(404)
    expect((await lea.get(picture)).status).toBe(200)
  })

  it('makes a picture of another format one of ours', async () => {
    const lea = await aLearner()
    const gif = 'R0lGODlhAQABAIAAAP8AAAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=='
    const image = { id: `data:image/gif;base64,${gif}`, type: 'Image' }
    const { body } = await lea.hand(await badgeOf(lea.email, { achievement: { image } }))
    expect(body.outcome).toBe('kept')
    const { picture_id } = await stored(body.badge.id)
    expect(picture_id).not.toBe(null)
  })

  it('of an award of this site knows whose it is', async () => {
    const lea = await aLearner()
    const { templateId } = await aSignedBadge(app)
    const learner = { username: lea.email, email: lea.email, name: 'Lea' }
    const awardId = await anotherSigned(app, { templateId, learner })
    const address = `https://rosette.example/public/assertions/${toPublicId(awardId)}`
    const { body } = await lea.hand(address)
    expect(body).toMatchObject({ outcome: 'duplicate', badge: { id: awardId, origin: 'earned' } })
    const other = await aLearner()
    const { body: others } = await other.hand(address)
    expect(others).toMatchObject({ outcome: 'waiting', badge: null })
    expect((await other.get('backpack')).body.waiting).toBe(0)
  })

  it('stores nothing while the issuer cannot be reached', async () => {
    const lea = await aLearner()
    const { body } = await lea.hand('https://nobody.example/badge/1')
    expect(body).toMatchObject({ outcome: 'refused', badge: null })
    expect(body.message).toContain('try again')
  })

  it.each<[string, unknown]>([
    ['nothing', ' '],
    ['a number', 3],
    ['null', null],
    ['an object of nothing', {}],
    ['nothing in a list', []],
    ['words', 'a badge, please'],
    ['an address that is none', 'https://'],
    ['a place on this machine', 'http://127.0.0.1:1/'],
    ['a file', 'file:///etc/passwd'],
    ['half a JWS', 'a.b.c'],
    ['a data URI of nothing', 'data:,'],
    ['data URIs in each other', 'data:,'.repeat(20_000)],
    ['many brackets', '['.repeat(100_000)],
    ['NUL', '{"a":"\\u0000"}'],
  ])('refuses %s, with a reason', async (_what, badge) => {
    const lea = await aLearner()
    const { status, body } = await lea.hand(badge)
    if (status === 200) expect(body).toMatchObject({ outcome: 'refused', badge: null })
    else expect([status, body.code]).toEqual([400, 'request-invalid'])
    expect(String(body.message ?? body.title).length).toBeGreaterThan(20)
  })

  it('refuses what is too large, is no form, or comes from nobody', async () => {
    const lea = await aLearner()
    const large = await lea.send(upload(Buffer.alloc(9 * 1024 * 1024)))
    expect([large.status, large.body.code]).toEqual([413, 'too-large'])
    const headers = { 'content-type': 'text/html' }
    const url = '/api/v1/backpack/imports'
    const html = await lea.send({ method: 'POST', url, headers, payload: '<p>' })
    expect(html.status).toBe(415)
    const empty = await lea.send(upload(Buffer.alloc(0)))
    expect([empty.status, empty.body.code]).toEqual([400, 'request-invalid'])
    expect(empty.body.detail ?? empty.body.title).toContain('The file is empty')
    expect((await server.inject({ method: 'POST', url, payload: { badge: 'x' } })).statusCode).toBe(
      401,
    )
  })

  it('stores what PostgreSQL could not', async () => {
    const lea = await aLearner()
    const name = 'A\u0000B'
    const { status, body } = await lea.hand(JSON.stringify(await badgeOf(lea.email, { name })))
    expect(status).toBe(200)
    expect(body).toMatchObject({ outcome: 'kept', badge: { name: 'AB' } })
  })
})

describe('a kept badge', () => {
  const host = 'https://older.example'
  const assertion = (recipient: string) => ({
    '@context': 'https://w3id.org/openbadges/v2',
    type: 'Assertion',
    id: `${host}/assertions/${made}`,
    recipient: { type: 'email', hashed: false, identity: recipient },
    badge: `${host}/class`,
    issuedOn: '2026-01-01T00:00:00Z',
    verification: { type: 'HostedBadge' },
  })
  const described = {
    [`${host}/class`]: {
      '@context': 'https://w3id.org/openbadges/v2',
      type: 'BadgeClass',
      id: `${host}/class`,
      name: 'Seamanship',
      description: 'Ties knots.',
      image: `${host}/image`,
      criteria: `${host}/criteria`,
      issuer: `${host}/issuer`,
    },
    [`${host}/issuer`]: {
      '@context': 'https://w3id.org/openbadges/v2',
      type: 'Issuer',
      id: `${host}/issuer`,
      name: 'Harbour School',
      url: host,
      email: 'harbour@older.example',
    },
  }

  async function aKept() {
    now = new Date('2026-06-01T00:00:00Z')
    const lea = await aLearner()
    const badge = assertion(lea.email)
    world = { ...described, [badge.id]: badge }
    const { body } = await lea.hand(badge.id)
    expect(body.outcome).toBe('kept')
    const check = () => lea.post(`backpack/badges/${body.badge.id}/check`)
    return { lea, badge, id: body.badge.id as string, check }
  }
  const runDue = async (id: string) => {
    const { next_check_at } = await stored(id)
    now = new Date(Date.parse(next_check_at ?? '') + 1000)
    await runTask(app, 'check-backpack-entries')
    return await stored(id)
  }

  it('is verified again, ever more rarely', async () => {
    const { id } = await aKept()
    const days: number[] = []
    for (let round = 0; round < 14; round++) {
      const { next_check_at, checked_at } = await runDue(id)
      days.push(Math.floor((Date.parse(next_check_at ?? '') - Date.parse(checked_at)) / 86_400_000))
    }
    // Spread by a tenth, so that not everything is due at one time.
    const steps = [...new Set(days.map((each) => (each >= 30 ? 30 : each)))]
    expect(steps).toEqual([1, 7, 30])
  })

  it('that its issuer takes back is shown so, with the reason', async () => {
    const { id, badge, check } = await aKept()
    world = {
      ...described,
      [badge.id]: { id: badge.id, revoked: true, revocationReason: 'copied' },
    }
    await runDue(id)
    const { body } = await check()
    expect(body).toMatchObject({
      status: 'revoked',
      statusReason: 'Harbour School took this badge back: copied.',
    })
  })

  it('stays good while its issuer is away for a while, and is unknown only after three tries', async () => {
    const { id, badge } = await aKept()
    world = {}
    expect(await runDue(id)).toMatchObject({ verdict: 'valid', misses: 1 })
    expect(await runDue(id)).toMatchObject({ verdict: 'valid', misses: 2 })
    expect(await runDue(id)).toMatchObject({ verdict: 'unknown', misses: 3 })
    world = { ...described, [badge.id]: badge }
    expect(await runDue(id)).toMatchObject({ verdict: 'valid', misses: 0 })
  })

  it('is verified by one worker of two, and by the next one where that was killed', async () => {
    const { id, badge } = await aKept()
    now = new Date(now.getTime() + 3 * 86_400_000)
    let asked = 0
    const counted = createBadgeChecks({
      db: app.db,
      now: () => now,
      urls: createPublicUrls('https://rosette.example'),
      elsewhere: async (url, request) => {
        if (url === badge.id) asked += 1
        return await aNetwork(world)(url, request)
      },
    })
    await Promise.all([counted.checkDue(), counted.checkDue()])
    expect(asked).toBe(1)
    // A worker that is killed has only moved the next check away.
    const leased = { next_check_at: new Date(now.getTime() + 3_600_000).toISOString() }
    await app.db.updateTable('backpack_entry').set(leased).where('id', '=', id).execute()
    const { checked_at, misses } = await runDue(id)
    expect([checked_at, misses]).toEqual([now.toISOString().replace('.000Z', 'Z'), 0])
  })

  it('of somebody else is not verified for others', async () => {
    const { id } = await aKept()
    const other = await aLearner()
    const { status, body } = await other.post(`backpack/badges/${id}/check`)
    expect([status, body.code]).toEqual([404, 'badge-not-found'])
  })

  it('can be removed, with its picture', async () => {
    const { id, lea } = await aKept()
    expect((await lea.delete(`backpack/badges/${id}`)).status).toBe(204)
    expect((await lea.get(`backpack/badges/${id}`)).status).toBe(404)
    expect((await lea.get('backpack')).body.imported).toBe(0)
  })
})
