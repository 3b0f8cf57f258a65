import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
import { aGrade, passingType } from '../../testing/sample-events.js'
import { anActiveTemplate } from '../../testing/sample-templates.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

const structuredType = 'application/cloudevents+json'
const batchType = 'application/cloudevents-batch+json'
const course = 'course-v1:Http+door+1'

let app: TestApp
let api: ApiClient
beforeAll(async () => {
  app = await createTestApp()
  api = await createApiClient(app)
  await anActiveTemplate(app.db, {
    requirements: [
      {
        eventType: passingType,
        dataRules: [{ keyPath: 'course.course_key', operator: 'eq', value: course }],
      },
    ],
  })
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

let sent = 0

function aPayload(learner: number) {
  return {
    is_passing: true,
    course: { course_key: course, display_name: 'Door' },
    user: {
      id: learner,
      is_active: true,
      pii: { username: `http${learner}`, email: '', name: '' },
    },
  }
}

function anEvent(change: object = {}) {
  sent += 1
  return {
    specversion: '1.0',
    type: passingType,
    source: '/lms/moodle',
    id: `grade ${sent}`,
    time: '2026-03-01T10:00:00Z',
    data: { course_passing_status: aPayload(sent) },
    ...change,
  }
}

async function send(contentType: string, payload: unknown, headers = {}) {
  return await api.send({
    method: 'POST',
    url: '/events',
    headers: { 'content-type': contentType, ...headers },
    payload: Buffer.isBuffer(payload) ? payload : JSON.stringify(payload),
  })
}

async function countEvents(): Promise<number> {
  return (await app.db.selectFrom('event_log').select('id').execute()).length
}

async function lastStored() {
  const query = app.db.selectFrom('event_log').selectAll().where('event_type', '=', passingType)
  return await query.orderBy('received_at', 'desc').limit(1).executeTakeFirst()
}

const one = { received: 1, passedOver: 0, matched: 1, awarded: 1, revoked: 0 }

describe('a CloudEvent', () => {
  it('in structured mode is stored as the bus would have delivered it, and awards', async () => {
    const event = anEvent()
    expect(await send(structuredType, event)).toMatchObject({ status: 202, body: one })
    const stored = await lastStored()
    expect(stored).toMatchObject({ source: '/lms/moodle', occurred_at: '2026-03-01T10:00:00Z' })
    expect(stored?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/)
    expect(stored?.data).toEqual({
      course_passing_status: {
        is_passing: true,
        course: { course_key: course, display_name: 'Door', start: null, end: null },
        user: aPayload(sent).user,
      },
    })
  })

  it('that is sent again changes nothing', async () => {
    const event = anEvent()
    await send(structuredType, event)
    const before = await countEvents()
    expect(await send(structuredType, event)).toMatchObject({
      status: 202,
      body: { ...one, awarded: 0 },
    })
    expect(await countEvents()).toBe(before)
  })

  it('keeps its id when that is a UUID, and may carry the payload alone', async () => {
    const id = '0192f5a0-1111-0000-0000-00000000abcd'
    const event = anEvent({ id })
    const alone = { ...event, data: event.data.course_passing_status }
    expect(await send(structuredType, alone)).toMatchObject({ status: 202, body: one })
    expect((await lastStored())?.id).toBe(id)
    const read = await api.get(`events/${id.toUpperCase()}?time=2026-03-01T11:00:00%2B01:00`)
    expect(read).toMatchObject({ status: 200, body: { id, marks: [{ as: ['first', 'last'] }] } })
    const short = Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')
    expect(await api.get(`events/${short}`)).toMatchObject({ status: 200, body: { id } })
  })

  it('in binary mode brings JSON or the Avro bytes of the bus', async () => {
    const headers = (id: string) => ({
      'ce-specversion': '1.0',
      'ce-type': passingType,
      'ce-source': '/lms/%E2%82%AC',
      'ce-id': id,
      'ce-time': '2026-03-01T10:00:00Z',
    })
    const json = await send(
      'application/json',
      { course_passing_status: aPayload(7001) },
      headers('a'),
    )
    expect(json).toMatchObject({ status: 202, body: one })
    expect((await lastStored())?.source).toBe('/lms/€')
    const { value } = aGrade({ learner: 7002, course })
    const avro = await send('application/avro', value, headers('b'))
    expect(avro).toMatchObject({ status: 202, body: one })
    const base64 = anEvent({
      data: undefined,
      datacontenttype: 'application/avro',
      data_base64: aGrade({ learner: 7003, course }).value?.toString('base64'),
    })
    expect(await send(structuredType, base64)).toMatchObject({ status: 202, body: one })
  })

  it('comes in batches, of which known but other types are passed over', async () => {
    const batch = [
      anEvent(),
      anEvent(),
      anEvent({ type: 'org.openedx.learning.course.enrollment.created.v1' }),
    ]
    expect(await send(batchType, batch)).toMatchObject({
      status: 202,
      body: { received: 3, passedOver: 1, matched: 2, awarded: 2, revoked: 0 },
    })
    expect((await send(batchType, [])).body).toMatchObject({ received: 0 })
  })
})

describe('a CloudEvent is refused', () => {
  const user = { id: 1, is_active: true, pii: { username: 'a', email: '', name: '' } }

  it.each([
    ['without a time', { time: undefined }, { code: 'bad-headers', reason: /time: is missing/ }],
    [
      'in another time zone',
      { time: '2026-03-01T10:00:00+02:00' },
      { code: 'bad-headers', reason: /UTC/ },
    ],
    [
      'without a time zone',
      { time: '2026-03-01T10:00:00' },
      { code: 'bad-headers', reason: /no offset/ },
    ],
    [
      'with a time that is none',
      { time: 'yesterday' },
      { code: 'bad-headers', reason: /no ISO 8601/ },
    ],
    ['of another version', { specversion: '0.3' }, { code: 'bad-headers', reason: /specversion/ }],
    ['without a source', { source: '' }, { code: 'bad-headers', reason: /source/ }],
    [
      'of an unknown type',
      { type: 'com.example.nothing' },
      { code: 'unknown-event-type', reason: /not known/ },
    ],
    ['without data', { data: undefined }, { code: 'no-payload', reason: /no data/ }],
    [
      'with data of the wrong form',
      { data: { is_passing: 'yes' } },
      { code: 'undecodable', reason: /is_passing/ },
    ],
    [
      'without a learner',
      { data: { is_passing: true, course: { course_key: course, display_name: '' } } },
      { code: 'undecodable', reason: /user/ },
    ],
    [
      'with a bad course key',
      { data: { is_passing: true, course: { course_key: 'demo', display_name: '' }, user } },
      { code: 'undecodable', reason: /course_key/ },
    ],
    [
      'with bytes that are no Avro',
      { data: undefined, datacontenttype: 'application/avro', data_base64: 'AA==' },
      { code: 'undecodable', reason: /./ },
    ],
  ])('%s, and nothing of the request is stored', async (_what, change, { code, reason }) => {
    const before = await countEvents()
    const answer = await send(batchType, [anEvent(), anEvent(change)])
    expect(answer).toMatchObject({ status: 422, body: { code: 'event-refused' } })
    expect(answer.body.faults).toEqual([
      { path: '[1]', code, reason: expect.stringMatching(reason) },
    ])
    expect(await countEvents()).toBe(before)
  })

  it('when it is no CloudEvent, no JSON, or of a media type that nobody reads', async () => {
    expect((await send('application/json', anEvent())).status).toBe(415)
    expect((await send('text/plain', anEvent(), { 'ce-specversion': '1.0' })).status).toBe(415)
    expect((await send(structuredType, Buffer.from('{'))).status).toBe(400)
    expect((await send(batchType, anEvent())).status).toBe(400)
    expect((await send(batchType, [1])).body.faults).toMatchObject([{ path: '[0]' }])
    const huge = Buffer.alloc(11 * 1024 * 1024, 32)
    expect(await send(structuredType, huge)).toMatchObject({
      status: 413,
      body: { code: 'too-large' },
    })
  })

  it('while badges are off', async () => {
    const off = await createTestApp({ BADGES_ENABLED: 'false' })
    const client = await createApiClient(off)
    const answer = await client.send({
      method: 'POST',
      url: '/events',
      headers: { 'content-type': structuredType },
      payload: JSON.stringify(anEvent()),
    })
    expect(answer).toMatchObject({ status: 503, body: { code: 'badges-disabled' } })
    await client.server.close()
    await off.drop()
  })
})

describe('the event log', () => {
  it('is listed by type, learner and time', async () => {
    await send(batchType, [
      anEvent({ time: '2026-07-01T00:00:00Z', data: aPayload(9001) }),
      anEvent({ time: '2026-07-02T00:00:00Z', data: aPayload(9001) }),
      anEvent({ time: '2026-07-02T00:00:00Z', data: aPayload(9002) }),
    ])
    const times = async (query: string) =>
      (await api.get(`events?${query}&type=${passingType}`)).body.items.map(
        ({ time }: { time: string }) => time,
      )
    expect(await times('username=HTTP9001')).toEqual([
      '2026-07-02T00:00:00Z',
      '2026-07-01T00:00:00Z',
    ])
    expect(await times('lmsUserId=9001&from=2026-07-01T12:00:00%2B02:00')).toHaveLength(1)
    expect(await times('from=2026-07-01T00:00:00Z&until=2026-07-02T00:00:00Z')).toHaveLength(1)
    const first = (await api.get('events?limit=1&from=2026-07-02T00:00:00Z')).body
    const second = (await api.get(`events?limit=1&cursor=${first.next}`)).body
    expect(first.items[0].id).not.toBe(second.items[0].id)
    expect(await api.get('events?from=2026-07-01T00:00:00')).toMatchObject({
      status: 400,
      body: { faults: [{ path: 'from' }] },
    })
    const missing = await api.get('events/00000000-0000-4000-8000-000000000000')
    expect(missing).toMatchObject({ status: 404, body: { code: 'event-not-found' } })
  })
})
