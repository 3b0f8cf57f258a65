import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { createTestDatabase } from '@rosette/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer } from '../proofs/shared/server-process.js'
import { type MailServer, startMailServer } from '../src/testing/mail-server.js'
import { createApi } from './call-api.js'
import { openVisitor, type Visitor } from './visitor.js'

type Site = Awaited<ReturnType<typeof aSite>>

const passing = 'org.openedx.learning.course.passing.status.updated.v1'
const email = 'ada@learners.example'
const reason = 'Given by mistake.'

let mail: MailServer
let university: Site
let portfolio: Site
/** The learner at each of the two sites. */
let at: Visitor
let there: Visitor
let badgeId = ''

beforeAll(async () => {
  mail = await startMailServer()
  const sites = await Promise.all([aSite(), aSite()])
  university = sites[0]
  portfolio = sites[1]
  await aTemplate()
  await passes()
  at = await signInByMail(university)
  badgeId = await earned()
  there = await signInByMail(portfolio)
})

afterAll(async () => {
  await Promise.all([university?.close(), portfolio?.close()])
  await mail?.stop()
})

/** A whole Rosette: a process and a database of its own, which may ask the other one. */
async function aSite() {
  const database = await createTestDatabase(async () => {})
  const token = `token_${randomBytes(16).toString('hex')}`
  const server = startServer({
    DATABASE_URL: database.url,
    ROSETTE_ADMIN_TOKEN: token,
    ROSETTE_MASTER_KEY: randomBytes(32).toString('base64'),
    ROSETTE_VERIFIER_ALLOWED_HOSTS: 'localhost',
    ROSETTE_MAIL_URL: mail.url,
    ROSETTE_MAIL_FROM: 'Badges <badges@university.example>',
    ROSETTE_MAIL_TO: 'operator@university.example',
  })
  await server.start()
  await server.ready()
  const close = async () => {
    await server.stop()
    await database.drop()
  }
  return { ...createApi(() => server, token), server, token, close }
}

async function aTemplate(): Promise<void> {
  const { api } = university
  const name = 'Open University'
  const { id: organizationId } = await api('POST', '/organizations', { slug: 'open', name })
  const issuer = { organizationId, name, url: 'https://university.example' }
  const { id: issuerId } = await api('POST', '/issuers', issuer)
  const { id } = await api('POST', '/badge-templates', {
    organizationId,
    issuerId,
    name: 'Marine Navigation',
    description: 'Finds the way at sea.',
    criteria: 'Pass **Navigation**.',
  })
  const dataRules = [{ keyPath: 'is_passing', operator: 'eq', value: 'true' }]
  const requirements = [{ id: 'pass', eventType: passing, dataRules }]
  await api('PUT', `/badge-templates/${id}/rules`, { requirements })
  await api('POST', `/badge-templates/${id}/activation`)
}

async function passes(): Promise<void> {
  const user = { id: 42, is_active: true, pii: { username: 'ada', email, name: 'Ada Lovelace' } }
  const course = { course_key: 'course-v1:Example+NAV+2026', display_name: 'Navigation' }
  const event = {
    specversion: '1.0',
    id: randomUUID(),
    source: '/lms',
    type: passing,
    time: new Date().toISOString(),
    data: { course_passing_status: { is_passing: true, course, user } },
  }
  const answer = await fetch(`${university.server.url()}/events`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${university.token}`,
      'content-type': 'application/cloudevents+json',
    },
    body: JSON.stringify(event),
  })
  expect(answer.status).toBeLessThan(300)
}

/** Waits until something is there. */
async function eventually<Found>(look: () => Promise<Found | undefined>): Promise<Found> {
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    university.server.assertRunning()
    portfolio.server.assertRunning()
    await pause(100)
  }
}

async function signInByMail({ server }: Site): Promise<Visitor> {
  const visitor = openVisitor(server.url())
  expect((await visitor.api('POST', 'sign-in-links', { email })).status).toBe(202)
  // The letter about the badge has a link into the backpack as well, and it is as good.
  const link = new RegExp(`${server.url()}/backpack/enter#(\\S+)`)
  const secret = await eventually(async () =>
    mail.mails
      .filter(({ to }) => to.includes(email))
      .map(({ text }) => link.exec(text)?.[1])
      .find((one) => one !== undefined),
  )
  const used = await visitor.api('POST', 'sign-in-links/use', { secret })
  expect(used, JSON.stringify(used.body)).toMatchObject({ status: 200 })
  return visitor
}

/** The badge of the university, as soon as it is signed. */
async function earned(): Promise<string> {
  return await eventually(async () => {
    const { body } = await at.api('GET', 'backpack/badges')
    const signed = body.items.find(({ status }: { status: string }) => status === 'valid')
    return signed?.id
  })
}

const fileAs = (form: string) => at.download(`backpack/badges/${badgeId}/file?form=${form}`)
const doors: readonly [string, string, () => Promise<{ body: unknown; status: number }>][] = [
  ...['png', 'svg', 'json', 'jwt'].map((form): (typeof doors)[number] => [
    `a file (${form})`,
    'file',
    async () => await there.upload('backpack/imports', await fileAs(form), `badge.${form}`),
  ]),
  ['the address of its page', 'url', async () => await byAddress(await pageOf())],
  ['the address of the credential', 'url', async () => await byAddress(await credentialOf())],
]

const byAddress = (badge: string) => there.api('POST', 'backpack/imports', { badge })

async function pageOf(): Promise<string> {
  const { body } = await at.api('GET', `backpack/badges/${badgeId}`)
  expect(body.publicUrl).toMatch(`${university.server.url()}/public/assertions/`)
  return body.publicUrl
}

/** Where the signed badge says that it is. */
async function credentialOf(): Promise<string> {
  const { id } = JSON.parse(String(await fileAs('json')))
  expect(id).toMatch(`${university.server.url()}/credentials/`)
  return id
}

async function kept(id: string, source: string): Promise<void> {
  const standing = {
    origin: 'imported',
    source,
    status: 'valid',
    name: 'Marine Navigation',
    issuer: { name: 'Open University' },
  }
  const { body } = await there.api('GET', `backpack/badges/${id}`)
  expect(body).toMatchObject(standing)
  expect(body.report.verdict).toBe('valid')
  const checked = await there.api('POST', `backpack/badges/${id}/check`)
  expect(checked).toMatchObject({ status: 200, body: standing })
  expect(Date.parse(checked.body.checkedAt)).toBeGreaterThanOrEqual(Date.parse(body.checkedAt))
}

/** Why, as soon as a check at the second site finds it out. */
async function revoked(id: string): Promise<string> {
  return await eventually(async () => {
    const { status, body } = await there.api('POST', `backpack/badges/${id}/check`)
    expect(status).toBe(200)
    return body.status === 'revoked' ? body.statusReason : undefined
  })
}

describe('a badge issued by one Rosette goes into a second Rosette', () => {
  it.each(doors)('through %s, and is verified there', async (_door, source, enter) => {
    const { status, body } = parseEntered(await enter())
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body).toMatchObject({ outcome: 'kept', badge: { status: 'valid' } })
    await kept(body.badge.id, source)
    expect(await enter()).toMatchObject({
      status: 200,
      body: { outcome: 'duplicate', badge: { id: body.badge.id } },
    })
    expect((await there.api('DELETE', `backpack/badges/${body.badge.id}`)).status).toBe(204)
  })

  it('through an archive with its collection, and is shown as revoked once it was taken back', async () => {
    const made = await at.api('POST', 'backpack/collections', {
      name: 'At sea',
      badges: [{ badgeId, note: 'My first.' }],
    })
    expect(made.status).toBe(201)
    const archive = await at.download('backpack/archive')
    const { body } = await there.upload('backpack/archive', archive, 'backpack.zip')
    expect(body).toMatchObject({ items: [{ outcome: 'kept' }], collections: 1 })
    const [{ badge }] = body.items
    await kept(badge.id, 'archive')
    const { body: collections } = await there.api('GET', 'backpack/collections')
    expect(collections.items).toMatchObject([{ name: 'At sea', badges: 1 }])

    const { body: hosted } = await byAddress(await pageOf())
    const credential = await credentialOf()
    await university.api('POST', `/awards/${badgeId}/revocation`, { reason })
    // Only a hosted badge says why; a status list knows nothing but bits (Bitstring Status List 1.0).
    expect(await revoked(hosted.badge.id)).toBe(`Open University took this badge back: ${reason}`)
    expect(await revoked(badge.id)).toBe('Open University took this badge back.')
    await there.api('DELETE', `backpack/badges/${badge.id}`)
    const late = await byAddress(credential)
    expect(late.body).toMatchObject({ outcome: 'refused', badge: null })
  })
})

function parseEntered(entered: { readonly body: unknown; readonly status: number }) {
  return entered as { readonly status: number; readonly body: { badge: { id: string } } }
}
