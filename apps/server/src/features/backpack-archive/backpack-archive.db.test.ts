import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aSignedIn } from '../../testing/person.js'
import { aBadge } from '../../testing/sample-awards.js'
import { anotherSigned } from '../../testing/signed-badges.js'
import { aNetwork, aStranger, aStrangersBadge } from '../../testing/strangers-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

const email = 'lea@university.example'
const stranger = aStranger()
const older = 'https://older.example/assertions/1'
const network = { [older]: oldest() }

let here: Awaited<ReturnType<typeof aRosette>>
let there: Awaited<ReturnType<typeof aRosette>>
/** Who has a badge of this site, one of a stranger and a very old one; and all of it in an archive. */
let full: Awaited<ReturnType<typeof aFullBackpack>>
let archive: Buffer
beforeAll(async () => {
  here = await aRosette('https://here.example')
  there = await aRosette('https://there.example', here.server)
  full = await aFullBackpack()
  archive = await full.download()
})
afterAll(async () => {
  for (const { app, server } of [here, there]) {
    await server.close()
    await app.drop()
  }
})

type Server = ReturnType<TestApp['createServer']>

/** A site of its own, which reaches the other one as everybody does. */
async function aRosette(base: string, other?: Server) {
  const world = aNetwork(network)
  const app = await createTestApp(
    { ROSETTE_BASE_URL: base },
    {
      guardedFetch: async (url, request) => {
        const { origin, pathname, search } = new URL(url)
        if (other === undefined || origin !== 'https://here.example')
          return await world(url, request)
        const answer = await other.inject({
          url: pathname + search,
          headers: { accept: request?.accept },
        })
        if (answer.statusCode !== 200)
          throw Object.assign(new Error(url), { status: answer.statusCode })
        return { bytes: answer.rawPayload, type: String(answer.headers['content-type']), url }
      },
    },
  )
  const server = app.createServer()
  await server.ready()
  return { app, server }
}

async function aLearner({ app, server }: typeof here, address = email) {
  await app.db.deleteFrom('app_user').where('email', '=', address).execute()
  const browser = await aSignedIn(app, server, { email: address, name: 'Lea Lerner' })
  const values = { email_proven_at: new Date().toISOString() }
  await app.db.updateTable('app_user').set(values).where('id', '=', browser.user.id).execute()
  const cookie = [...browser.jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const headers = { cookie, 'sec-fetch-site': 'same-origin' }
  const url = '/api/v1/backpack/archive'
  return {
    ...browser,
    download: async () => (await server.inject({ url, headers })).rawPayload,
    upload: (payload: Buffer) =>
      browser.send({
        method: 'POST',
        url,
        payload,
        headers: { 'content-type': 'application/zip' },
      }),
  }
}

// Open Badges 0.5: it does not say where it is hosted.
function oldest() {
  return {
    recipient: email,
    issued_on: '2014-01-01',
    badge: {
      version: '0.5.0',
      name: 'Telemetry',
      description: 'Knows telemetry',
      image: '/1.png',
      criteria: '/criteria',
      issuer: { origin: 'https://older.example', name: 'Older' },
    },
  }
}

async function aFullBackpack() {
  const lea = await aLearner(here)
  const { templateId } = await aBadge(here.app)
  const learner = { username: crypto.randomUUID(), email, name: 'Lea' }
  const awardId = await anotherSigned(here.app, { templateId, learner })
  const own = await lea.post('backpack/imports', {
    badge: await aStrangersBadge(stranger, { email }),
  })
  const old = await lea.post('backpack/imports', { badge: older })
  expect([own.body.outcome, old.body.outcome]).toEqual(['kept', 'kept'])
  await lea.patch(`backpack/badges/${own.body.badge.id}`, { visibility: 'private' })
  await lea.post('backpack/collections', {
    name: 'At sea',
    description: 'What I did there',
    badges: [{ badgeId: own.body.badge.id, note: 'in a storm' }, { badgeId: awardId }],
  })
  return lea
}

const outcomes = (body: { items: { outcome: string }[] }) => body.items.map((item) => item.outcome)

describe('the archive of a backpack', () => {
  it('says what is in it, and holds each badge as text and inside a picture', async () => {
    const files = unzipSync(archive)
    const manifest = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()))
    expect(manifest).toMatchObject({
      format: 'rosette-backpack',
      version: 1,
      site: 'https://here.example',
      person: { name: 'Lea Lerner', addresses: [email] },
      collections: [{ name: 'At sea', badges: [{ note: 'in a storm' }, { note: '' }] }],
    })
    expect(manifest.badges).toHaveLength(3)
    for (const { files: own } of manifest.badges) {
      expect(JSON.parse(strFromU8(files[own.badge] ?? new Uint8Array()))).toBeTypeOf('object')
      expect(strFromU8((files[own.image] ?? new Uint8Array()).subarray(1, 4), true)).toBe('PNG')
    }
    expect(strFromU8(files['README.txt'] ?? new Uint8Array())).toContain('manifest.json')
  })

  it('is taken in by another Rosette, where each badge verifies; twice changes nothing', async () => {
    const lea = await aLearner(there)
    const first = await lea.upload(archive)
    expect(first.status, JSON.stringify(first.body).slice(0, 500)).toBe(200)
    expect(outcomes(first.body)).toEqual(['kept', 'kept', 'kept'])
    expect(first.body.collections).toBe(1)
    const before = (await lea.get('backpack/badges?show=all')).body.items
    expect(before.map(({ status }: { status: string }) => status)).toEqual([
      'valid',
      'valid',
      'valid',
    ])
    expect(before.map((one: { visibility: string }) => one.visibility).sort()).toEqual([
      'private',
      'unlisted',
      'unlisted',
    ])
    const [collection] = (await lea.get('backpack/collections')).body.items
    expect(collection).toMatchObject({ name: 'At sea', description: 'What I did there', badges: 2 })

    const second = await lea.upload(archive)
    expect(outcomes(second.body)).toEqual(['duplicate', 'duplicate', 'duplicate'])
    expect(second.body.collections).toBe(0)
    expect((await lea.get('backpack/badges?show=all')).body.items).toEqual(before)
    expect((await lea.get('backpack/collections')).body.items).toHaveLength(1)
  })

  it('makes its collections once, also when two processes take it in at once', async () => {
    const lea = await aLearner(there, 'twice@university.example')
    const second = there.app.createServer()
    const manifest = {
      ...{
        format: 'rosette-backpack',
        version: 1,
        badges: [{ name: 'None', files: { badge: 'a.json' } }],
      },
      collections: Array.from({ length: 20 }, (_, n) => ({ name: `Set ${n}`, badges: [] })),
    }
    const files = { 'manifest.json': strToU8(JSON.stringify(manifest)), 'a.json': strToU8('{}') }
    const payload = Buffer.from(zipSync(files))
    const cookie = [...lea.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/zip' }
    const url = '/api/v1/backpack/archive'
    const upload = (server: Server) => server.inject({ method: 'POST', url, headers, payload })
    const answers = await Promise.all([upload(there.server), upload(second)])
    await second.close()
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200])
    expect((await lea.get('backpack/collections')).body.items).toHaveLength(20)
  })

  it('of somebody else waits for their address', async () => {
    const eve = await aLearner(there, 'eve@university.example')
    const { body } = await eve.upload(archive)
    expect(outcomes(body)).toEqual(['waiting', 'waiting', 'waiting'])
  })

  it('comes home to where it was made', async () => {
    const { body } = await full.upload(archive)
    expect(outcomes(body)).toEqual(['duplicate', 'duplicate', 'duplicate'])
  })
})

describe('any archive of badges', () => {
  it('is taken in file by file; each says what became of it', async () => {
    const lea = await aLearner(there)
    const badge = JSON.stringify(await aStrangersBadge(stranger, { email }))
    const zip = zipSync({
      'my badges/navigation.json': strToU8(badge),
      'my badges/again.json': strToU8(badge),
      'my badges/../../../etc/passwd.json': strToU8('root'),
      'my badges/letter.txt': strToU8('Dear Lea'),
      '__MACOSX/._navigation.json': strToU8('x'),
    })
    const { body } = await lea.upload(Buffer.from(zip))
    expect(
      body.items.map((one: { name: string; outcome: string }) => [one.name, one.outcome]),
    ).toEqual([
      ['my badges/navigation.json', 'kept'],
      ['my badges/again.json', 'duplicate'],
      ['my badges/../../../etc/passwd.json', 'refused'],
    ])
  })

  it.each<[string, () => Buffer]>([
    ['nothing', () => Buffer.alloc(0)],
    ['no archive', () => Buffer.from('PK, or so it says')],
    ['no badge', () => Buffer.from(zipSync({ 'a.txt': strToU8('a') }))],
    [
      'half',
      () =>
        Buffer.from(zipSync({ 'a.json': strToU8('a'.repeat(5000)) }, { level: 0 })).subarray(
          0,
          900,
        ),
    ],
    [
      'a bomb',
      () => Buffer.from(zipSync({ 'a.json': new Uint8Array(7 * 1024 * 1024) }, { level: 9 })),
    ],
    ['a large file', () => Buffer.from(zipSync({ 'a.json': new Uint8Array(9 * 1024 * 1024) }))],
    [
      'very many files',
      () =>
        Buffer.from(
          zipSync(
            Object.fromEntries(
              Array.from({ length: 2001 }, (_, n) => [`${n}.json`, strToU8('{}')]),
            ),
          ),
        ),
    ],
    [
      'too many badges',
      () =>
        Buffer.from(
          zipSync(
            Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`${n}.json`, strToU8('{}')])),
          ),
        ),
    ],
  ])('is refused with a reason where it is %s', async (_what, make) => {
    const lea = await aLearner(there)
    const { status, body } = await lea.upload(make())
    expect([400, 409, 413, 422]).toContain(status)
    expect(['archive-refused', 'request-invalid']).toContain(body.code)
    expect(body.title.length).toBeGreaterThan(30)
  })

  it('is nothing for strangers, and not any kind of body', async () => {
    const url = '/api/v1/backpack/archive'
    expect((await there.server.inject({ url })).statusCode).toBe(401)
    expect((await there.server.inject({ method: 'POST', url })).statusCode).toBe(401)
    const lea = await aLearner(there)
    expect((await lea.post('backpack/archive', { badge: 'x' })).status).toBe(400)
  })
})
