import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { aBadge, anAward, takeBack } from '../../testing/sample-awards.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

const now = () => new Date('2026-05-20T12:00:00Z')
const readOnly = ['organization:read', 'award:read', 'template:read', 'issuance:read']

let app: TestApp
let api: ApiClient
let organizationId: string
let templateId: string
let foreign: { templateId: string; awardId: string }

async function organizationOf(id: string) {
  const row = await app.db
    .selectFrom('badge_template')
    .select('organization_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return row.organization_id
}

async function award(of: string, username: string, awardedAt: string) {
  const learner = { username, name: `Name of ${username}`, email: `${username}@x.example` }
  return await anAward(app, { templateId: of, learner, awardedAt })
}

async function anEvent(at: string) {
  await sql`insert into event_log (occurred_at, id, event_type, source, data)
    values (${at}, ${randomUUID()}, 'x', 'y', '{}')`.execute(app.db)
}

beforeAll(async () => {
  app = await createTestApp({}, { now, countsFreshFor: 0 })
  api = await createApiClient(app)
  templateId = (await aBadge(app)).templateId
  organizationId = await organizationOf(templateId)
  const other = (await aBadge(app, { name: 'Foreign badge' })).templateId
  foreign = { templateId: other, awardId: await award(other, 'eve', '2026-05-20T08:00:00Z') }

  await award(templateId, 'ada', '2026-05-19T23:59:59Z')
  await award(templateId, 'bob', '2026-05-20T00:00:00Z')
  await award(templateId, 'cyd', '2026-04-20T12:00:00Z')
  await takeBack(app, await award(templateId, 'dan', '2026-05-01T12:00:00Z'), 'plagiarism')
  for (const at of ['2026-05-20T01:00:00Z', '2026-05-20T02:00:00Z', '2026-05-18T02:00:00Z']) {
    await anEvent(at)
  }
})

afterAll(async () => await app.drop())

async function read(id = organizationId, client: Pick<ApiClient, 'get'> = api) {
  const { status, body } = await client.get(`dashboard?organizationId=${id}`)
  expect(status).toBe(200)
  return body
}

async function as(permissions: readonly string[], id = organizationId) {
  const made = await api.post('tokens', { name: 'reader', organizationId: id, permissions })
  expect(made.status).toBe(201)
  const headers = { authorization: `Bearer ${made.body.token}` }
  return { get: (url: string) => api.send({ method: 'GET', url: `/api/v1/${url}`, headers }) }
}

async function needsOfKind(kind: string, client?: Pick<ApiClient, 'get'>) {
  const { needs } = await read(organizationId, client)
  return needs.filter((need: { kind: string }) => need.kind === kind)
}

it('counts thirty days by their days in UTC, and nothing of another organization', async () => {
  const { days, eventsAreEstimated } = await read()
  expect(days).toHaveLength(30)
  expect(days[0].day).toBe('2026-04-21')
  const at = (day: string) => days.find((one: { day: string }) => one.day === day)
  expect(at('2026-05-20')).toMatchObject({ awards: 1, events: 2, revocations: 0 })
  expect(at('2026-05-19')).toMatchObject({ awards: 1, events: 0 })
  expect(at('2026-05-18')).toMatchObject({ events: 1 })
  expect(at('2026-05-03')).toMatchObject({ revocations: 1 })
  const sum = days.reduce((total: number, { awards }: { awards: number }) => total + awards, 0)
  // The award of 20 April is older than thirty days.
  expect(sum).toBe(3)
  expect(eventsAreEstimated).toBe(false)
})

it('shows the latest awards of this organization, the last first', async () => {
  const { latestAwards } = await read()
  const names = latestAwards.map((one: { learner: { username: string } }) => one.learner.username)
  expect(names).toEqual(['dan', 'cyd', 'bob', 'ada'])
  expect(latestAwards[0]).toMatchObject({ status: 'revoked', template: { id: templateId } })
  expect(JSON.stringify(await read())).not.toContain(foreign.awardId)
})

it('tells of what failed at an account with the reason in the words of the provider', async () => {
  const { issuer_id } = await app.db
    .selectFrom('badge_template')
    .select('issuer_id')
    .where('id', '=', templateId)
    .executeTakeFirstOrThrow()
  const account = await app.db
    .insertInto('provider_account')
    .values({
      organization_id: organizationId,
      issuer_id,
      provider: 'credly',
      name: 'Our Credly',
      external_id: randomUUID(),
      paused_at: '2026-05-20T09:12:00Z',
      pause_reason: '401: the key was refused',
      key_expires_at: '2026-05-25T00:00:00Z',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await sql`update issuance set state = 'failed', account_id = ${account.id}::uuid,
    target = 'credly', last_error = '401: key not accepted'
    where award_id in (select id from award where template_id = ${templateId}::uuid
      and status = 'awarded')`.execute(app.db)
  const about = { account: { id: account.id, name: 'Our Credly', provider: 'credly' } }
  const [failed] = await needsOfKind('issuances-failed')
  expect(failed).toMatchObject({
    count: 3,
    detail: '401: key not accepted',
    subject: 'failed',
    ...about,
  })
  expect(failed.since).not.toBeNull()
  expect(await needsOfKind('account-paused')).toEqual([
    expect.objectContaining({ ...about, detail: '401: the key was refused' }),
  ])
  const [ending] = await needsOfKind('key-ends')
  expect(Date.parse(ending.endsAt)).toBe(Date.parse('2026-05-25T00:00:00Z'))
  expect((await read()).waiting).toMatchObject({ failed: 3 })
})

it('tells of tokens that end to those who may make others', async () => {
  const made = await api.post('tokens', { name: 'nightly export', organizationId })
  await sql`update api_token set expires_at = '2026-05-30' where id = ${made.body.id}::uuid`.execute(
    app.db,
  )
  expect(await needsOfKind('token-ends')).toEqual([
    expect.objectContaining({ subject: 'nightly export' }),
  ])
  expect(await needsOfKind('token-ends', await as(readOnly))).toEqual([])
})

it('tells of rules that nobody has met for weeks, once they were looked for', async () => {
  await app.db
    .updateTable('badge_template')
    .set({ activated_at: '2026-01-01T00:00:00Z' })
    .where('id', '=', templateId)
    .execute()
  await sql`update award set awarded_at = awarded_at - interval '1 year'
    where template_id = ${templateId}::uuid`.execute(app.db)
  const look = app.tasks['watch-quiet-rules']
  await look?.({}, { number: 1, isLast: false })
  const about = expect.objectContaining({ template: { id: templateId, name: expect.any(String) } })
  expect(await needsOfKind('rules-quiet')).toEqual([about])

  const requirement = await sql<{ id: number }>`
    insert into requirement (template_id, ref, group_letter, event_type, position)
    values (${templateId}::uuid, 'a', 'A', 'x', 0) returning id`.execute(app.db)
  await sql`insert into mark (learner_id, requirement_id, instance, key, first_at, last_at)
    values (1, ${requirement.rows[0]?.id ?? 0}, '*', '*', '2026-05-15', '2026-05-15')`.execute(
    app.db,
  )
  await look?.({}, { number: 1, isLast: false })
  expect(await needsOfKind('rules-quiet')).toEqual([])
})

it('tells of dead letters to those who run the platform, and to nobody else', async () => {
  await app.db
    .insertInto('dead_letter')
    .values({
      topic: 'learning',
      consumer_group: 'rosette',
      position: '1-1',
      event_type: null,
      event_id: null,
      headers: '{}',
      value: null,
      reason: 'undecodable',
      detail: 'x',
    })
    .execute()
  expect(await needsOfKind('dead-letters')).toEqual([
    expect.objectContaining({ count: 1, detail: 'undecodable' }),
  ])
  expect(await needsOfKind('dead-letters', await as(readOnly))).toEqual([])
})

it('ticks off the first steps by what is there', async () => {
  const { organizationId: empty } = await anOrganization(api)
  const none = { badge: false, preview: false, activation: false, events: false, colleague: false }
  expect((await read(empty)).firstSteps).toEqual(none)
  await app.db.insertInto('learner').values({ username: 'lms', lms_user_id: 7 }).execute()
  expect((await read()).firstSteps).toEqual({
    badge: true,
    preview: false,
    activation: true,
    events: true,
    colleague: false,
  })
})

it('answers about a foreign organization as about one that does not exist', async () => {
  const reader = await as(readOnly)
  const other = await organizationOf(foreign.templateId)
  const [its, none] = await Promise.all(
    [other, randomUUID()].map((id) => reader.get(`dashboard?organizationId=${id}`)),
  )
  expect(its?.status).toBe(404)
  expect(its?.body.code).toBe(none?.body.code)
})
