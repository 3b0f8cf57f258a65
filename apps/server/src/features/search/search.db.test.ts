import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { toPublicId } from '../../http/public-id.js'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
import { aBadge, anAward } from '../../testing/sample-awards.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let api: ApiClient
let templateId: string
let awardId: string
const eventId = randomUUID()

beforeAll(async () => {
  app = await createTestApp()
  api = await createApiClient(app)
  templateId = (await aBadge(app)).templateId
  const learner = { username: 'ada_l', name: 'Ada Lovelace', email: 'ada@x.example', lmsUserId: 47 }
  awardId = await anAward(app, { templateId, learner })
  await sql`insert into event_log (occurred_at, id, event_type, source, data)
    values ('2026-03-12T08:30:00Z', ${eventId}, 'course.passed', 'lms', '{}')`.execute(app.db)
})

afterAll(async () => await app.drop())

async function find(q: string, client: Pick<ApiClient, 'get'> = api) {
  const { status, body } = await client.get(`search?q=${encodeURIComponent(q)}`)
  expect(status).toBe(200)
  return body.items.map(({ kind, title }: { kind: string; title: string }) => `${kind}: ${title}`)
}

it.each(['ADA_', 'Ada Lov', 'love', 'ada@x', '47'])('finds a learner by %s', async (q) => {
  expect(await find(q)).toEqual(['learner: Ada Lovelace'])
})

it('finds a badge by a part of its name, and nothing by the wildcards of the database', async () => {
  expect(await find('analysis')).toEqual(['template: Data Analysis Foundations'])
  expect(await find('%')).toEqual([])
  expect(await find('_____')).toEqual([])
})

it('finds an award by its id in either form and by a pasted address', async () => {
  const badge = 'award: Data Analysis Foundations'
  for (const q of [
    awardId,
    toPublicId(awardId),
    `https://badges.example/public/assertions/${toPublicId(awardId)}`,
    `https://badges.example/credentials/${toPublicId(awardId)}`,
  ]) {
    expect(await find(q)).toEqual([badge])
  }
  const { body } = await api.get(`search?q=${awardId}`)
  expect(body.items[0]).toMatchObject({ id: awardId, detail: 'Ada Lovelace', templateId })
})

it('finds an issuance by its id here and at the provider, and an event by its id', async () => {
  await sql`update issuance set external_id = 'cr-4711' where award_id = ${awardId}::uuid`.execute(
    app.db,
  )
  expect(await find('cr-4711')).toEqual(['issuance: Data Analysis Foundations'])
  expect(await find(eventId)).toEqual(['event: course.passed'])
})

it('finds nothing that belongs to another organization', async () => {
  const { templateId: other } = await aBadge(app, { name: 'Analysis of others' })
  const { organization_id: organizationId } = await app.db
    .selectFrom('badge_template')
    .select('organization_id')
    .where('id', '=', other)
    .executeTakeFirstOrThrow()
  const signal = randomUUID()
  await sql`insert into event_log (occurred_at, id, event_type, source, data)
    values (now(), ${signal}, 'org.openedx.learning.badge.awarded.v1', 'rosette',
      ${JSON.stringify({ badge: { template: { uuid: templateId } } })}::json)`.execute(app.db)
  const made = await api.post('tokens', { name: 'theirs', organizationId })
  const headers = { authorization: `Bearer ${made.body.token}` }
  const theirs = {
    get: (url: string) => api.send({ method: 'GET', url: `/api/v1/${url}`, headers }),
  }
  expect(await find('analysis', theirs)).toEqual(['template: Analysis of others'])
  for (const id of [awardId, templateId, 'cr-4711', signal]) {
    expect(await find(id, theirs)).toEqual([])
  }
  expect(await find(signal)).toEqual(['event: org.openedx.learning.badge.awarded.v1'])
})

it('looks an event up at once by the time that its id tells', async () => {
  const { rows } = await sql<{ 'QUERY PLAN': string }>`
    explain select id from event_log where id = ${eventId}::uuid
      and occurred_at >= '2026-03-11' and occurred_at < '2026-03-13'`.execute(app.db)
  expect(rows.map((row) => row['QUERY PLAN']).join()).toContain('Index')
})
