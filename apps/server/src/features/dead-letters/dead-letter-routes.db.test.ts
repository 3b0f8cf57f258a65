import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
import { aGrade, passingType } from '../../testing/sample-events.js'
import { anActiveTemplate } from '../../testing/sample-templates.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

const nobody = '00000000-0000-4000-8000-000000000000'
const course = 'course-v1:Dead+letters+1'

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

async function letters(query: string) {
  return (await api.get(`dead-letters?${query}`)).body.items
}

/** A sound entry that was parked for a reason that has passed. */
async function aParkedGrade(learner: number): Promise<string> {
  const entry = aGrade({ learner, course })
  await app.progress.park(entry, 'The disk was full.', 'rosette')
  const found = await letters('reason=handling-failed')
  return found.find(({ position }: { position: string }) => position === entry.position).id
}

describe('dead letters', () => {
  it('show their bytes, headers and reason, and are counted by reason', async () => {
    const sound = aGrade()
    const broken = { ...sound, position: '900-1', value: Buffer.from([1, 2, 255]) }
    const unknown = { ...sound, position: '900-2', headers: { type: 'com.example.odd' } }
    await app.progress.handle([broken, unknown], 'rosette')
    const [letter] = await letters('reason=undecodable')
    const { body } = await api.get(`dead-letters/${letter.id}`)
    expect(body).toEqual({
      id: letter.id,
      topic: 'learning-badges-lifecycle',
      consumerGroup: 'rosette',
      position: '900-1',
      eventType: passingType,
      eventId: sound.headers['id'],
      reason: 'undecodable',
      detail: expect.any(String),
      state: 'parked',
      createdAt: expect.any(String),
      settledAt: null,
      headers: sound.headers,
      value: { bytes: 3, base64: 'AQL/', hex: '0102ff' },
    })
    expect((await api.get('dead-letters/counts')).body).toEqual({
      items: [
        { state: 'parked', reason: 'undecodable', count: 1 },
        { state: 'parked', reason: 'unknown-event-type', count: 1 },
      ],
    })
  })

  it('that can be used by now are replayed once, with their awards', async () => {
    const id = await aParkedGrade(601)
    const answer = await api.post(`dead-letters/${id}/replay`)
    expect(answer).toMatchObject({ status: 200, body: { id, state: 'replayed' } })
    expect(answer.body.settledAt).not.toBeNull()
    const [learner] = (await api.get('learners?search=learner601')).body.items
    const awards = await api.get(`awards?learnerId=${learner.id}`)
    expect(awards.body.items).toMatchObject([{ status: 'awarded' }])
    const again = await api.post(`dead-letters/${id}/replay`)
    expect(again).toMatchObject({ status: 409, body: { code: 'dead-letter-settled' } })
  })

  it('that still cannot be used stay parked, with the reason of today', async () => {
    const [letter] = await letters('reason=unknown-event-type')
    const answer = await api.post(`dead-letters/${letter.id}/replay`)
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'replay-refused', faults: [{ code: 'unknown-event-type' }] },
    })
    expect((await api.get(`dead-letters/${letter.id}`)).body.state).toBe('parked')
  })

  it('are given up, and stay readable', async () => {
    const id = await aParkedGrade(602)
    const answer = await api.post(`dead-letters/${id}/discard`)
    expect(answer).toMatchObject({ status: 200, body: { state: 'discarded' } })
    expect(await letters('state=discarded')).toMatchObject([{ id }])
    expect((await api.post(`dead-letters/${id}/replay`)).body.code).toBe('dead-letter-settled')
    const audit = await app.db
      .selectFrom('audit_log')
      .select('action')
      .where('subject', '=', `dead-letter/${id}`)
      .execute()
    expect(audit).toEqual([{ action: 'dead-letter.discard' }])
  })

  it('of one reason are replayed together, one refusal holding up no other', async () => {
    for (const learner of [611, 612, 613]) await aParkedGrade(learner)
    const bad = { ...aGrade({ learner: 614 }), value: Buffer.from([9]) }
    await app.progress.park(bad, 'The disk was full.', 'rosette')
    const answer = await api.post('dead-letters/replays', { reason: 'handling-failed' })
    expect(answer).toMatchObject({ status: 200, body: { replayed: 3, refused: 1, remaining: 0 } })
    expect(await letters('reason=handling-failed')).toMatchObject([{ position: bad.position }])
  })

  it('that are missing are not found', async () => {
    for (const answer of [
      await api.get(`dead-letters/${nobody}`),
      await api.post(`dead-letters/${nobody}/replay`),
      await api.post(`dead-letters/${nobody}/discard`),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { code: 'dead-letter-not-found' } })
    }
  })
})

describe('signals', () => {
  it('that we emit are listed with their state', async () => {
    const { body } = await api.get('signals?state=waiting&limit=1')
    expect(body.items).toEqual([
      {
        id: expect.any(Number),
        eventType: 'org.openedx.learning.badge.awarded.v1',
        eventId: expect.any(String),
        time: '2026-03-01T10:00:00Z',
        data: { badge: expect.objectContaining({ uuid: expect.any(String) }) },
        state: 'waiting',
        lastError: null,
        createdAt: expect.any(String),
        sentAt: null,
      },
    ])
    const rest = await api.get(`signals?cursor=${body.next}`)
    expect(rest.body.items).toHaveLength(3)
    expect((await api.get('signals?state=sent')).body.items).toEqual([])
    expect((await api.get('signals?state=lost')).status).toBe(400)
  })
})
