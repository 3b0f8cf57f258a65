import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { aGrade, passingType } from '../../testing/sample-events.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

const awardedType = 'org.openedx.learning.badge.awarded.v1'
const revokedType = 'org.openedx.learning.badge.revoked.v1'
const nobody = '00000000-0000-4000-8000-000000000000'

let app: TestApp
let api: ApiClient
let owner: Awaited<ReturnType<typeof anOrganization>>
beforeAll(async () => {
  app = await createTestApp()
  api = await createApiClient(app)
  owner = await anOrganization(api)
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

let made = 0
async function anActive(rules: object = {}) {
  made += 1
  // A course of its own, so that no event of another test counts for it.
  const dataRules = [
    { keyPath: 'course.course_key', operator: 'eq', value: `course-v1:A+award${made}+1` },
  ]
  const requirements = [{ id: 'pass', description: 'Pass', eventType: passingType, dataRules }]
  const template = { ...owner, name: `Badge ${made}`, requirements, ...rules }
  const { body } = await api.post('badge-templates', template)
  const active = await api.post(`badge-templates/${body.id}/activation`)
  expect(active.status, JSON.stringify(active.body)).toBe(200)
  return { id: String(body.id), name: String(body.name), course: `course-v1:A+award${made}+1` }
}

async function aLearner() {
  made += 1
  const username = `hand${made}`
  const given = { username, email: `${username}@example.com`, name: `Hand ${made}` }
  const { body } = await api.post('learners', given)
  return { id: String(body.id), ...given }
}

function onBadge(eventType: string, id: string) {
  const dataRules = [{ keyPath: 'template.uuid', operator: 'eq', value: id }]
  return { eventType, dataRules }
}

describe('granting by hand', () => {
  it('awards the badge with all that was said, and queues its credential', async () => {
    const template = await anActive({ expiresAfterDays: 10 })
    const learner = await aLearner()
    const answer = await api.post(`badge-templates/${template.id}/awards`, {
      learnerId: learner.id,
      reason: 'Passed on paper',
      narrative: 'Took the exam in person.',
      evidence: [{ url: 'https://university.example/exam', name: 'Exam' }],
      awardedAt: '2026-03-01T12:00:00+02:00',
    })
    expect(answer.status).toBe(201)
    expect(answer.headers['location']).toBe(`/api/v1/awards/${answer.body.id}`)
    expect(answer.body).toEqual({
      id: expect.any(String),
      template: { id: template.id, name: template.name },
      learner,
      instance: null,
      status: 'awarded',
      expired: true,
      source: 'hand',
      awardedAt: '2026-03-01T10:00:00Z',
      expiresAt: '2026-03-11T10:00:00Z',
      revokedAt: null,
      revokedBy: null,
      revocationReason: null,
      narrative: 'Took the exam in person.',
      evidence: [{ url: 'https://university.example/exam', name: 'Exam' }],
      results: [],
      showsName: false,
      publicUrl: expect.stringMatching(
        /^https:\/\/badges\.example\/public\/assertions\/[\w-]{22}$/,
      ),
      why: { by: 'token: ROSETTE_ADMIN_TOKEN', fulfillments: [] },
      revocation: null,
      issuances: [
        {
          id: expect.any(String),
          target: 'native',
          account: null,
          state: 'queued',
          wanted: 'issued',
          externalState: null,
          externalId: null,
          externalUrl: null,
          attempts: 0,
          lastError: null,
          reason: null,
          remedy: null,
          note: null,
          nextTryAt: null,
          issuedAt: null,
          revokedAt: null,
          revocationEffect: null,
        },
      ],
    })
    expect((await api.get(`awards/${answer.body.id}`)).body).toEqual(answer.body)
    const { body } = await api.get(`awards?templateId=${template.id}`)
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual([answer.body.id])
  })

  it('is refused a second time, also when asked twice at once', async () => {
    const template = await anActive()
    const learner = await aLearner()
    const grant = () => api.post(`badge-templates/${template.id}/awards`, { learnerId: learner.id })
    const answers = await Promise.all([grant(), grant(), grant()])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    expect(await grant()).toMatchObject({ status: 409, body: { code: 'award-exists' } })
  })

  it('refuses evidence with a member that nobody would read', async () => {
    const template = await anActive()
    const answer = await api.post(`badge-templates/${template.id}/awards`, {
      learnerId: (await aLearner()).id,
      evidence: [{ url: 'https://university.example/exam', narrativ: 'Took the exam.' }],
    })
    expect(answer).toMatchObject({ status: 400, body: { faults: [{ path: 'evidence.0' }] } })
  })

  it('needs a learner and an active template', async () => {
    const template = await anActive()
    const learner = await aLearner()
    const grant = async (id: string, learnerId: string) =>
      await api.post(`badge-templates/${id}/awards`, { learnerId })
    expect(await grant(template.id, nobody)).toMatchObject({
      status: 404,
      body: { code: 'learner-not-found' },
    })
    expect((await grant(nobody, learner.id)).body.code).toBe('template-not-found')
    await api.post(`badge-templates/${template.id}/deactivation`)
    expect((await grant(template.id, learner.id)).body.code).toBe('template-not-active')
    await api.post(`badge-templates/${template.id}/archival`)
    expect((await grant(template.id, learner.id)).body.code).toBe('template-archived')
  })

  it.each([
    ['awardedAt', { awardedAt: '2026-03-01T12:00:00' }],
    ['awardedAt', { awardedAt: '2999-01-01T00:00:00Z' }],
    ['expiresAt', { awardedAt: '2026-03-01T12:00:00Z', expiresAt: '2026-02-01T00:00:00Z' }],
    ['instance', { instance: 'any' }],
    ['evidence.0.url', { evidence: [{ url: 'javascript:alert(1)' }] }],
  ])('refuses a wrong %s', async (path, given) => {
    const template = await anActive()
    const learner = await aLearner()
    const answer = await api.post(`badge-templates/${template.id}/awards`, {
      learnerId: learner.id,
      ...given,
    })
    expect(answer).toMatchObject({ status: 400, body: { code: 'request-invalid' } })
    expect(answer.body.faults[0].path).toBe(path)
  })

  it('stands for one value of a repeated badge', async () => {
    const template = await anActive({ repeat: { by: 'course.course_key' } })
    const learner = await aLearner()
    const grant = async (instance?: string) =>
      await api.post(`badge-templates/${template.id}/awards`, { learnerId: learner.id, instance })
    expect((await grant()).body.faults[0].path).toBe('instance')
    expect(await grant('one')).toMatchObject({ status: 201, body: { instance: 'one' } })
    expect((await grant('two')).status).toBe(201)
    expect((await grant('one')).body.code).toBe('award-exists')
  })

  it('counts for badges that build on it, and so does revoking', async () => {
    const base = await anActive()
    const top = await anActive({
      requirements: [{ id: 'base', ...onBadge(awardedType, base.id) }],
      penalties: [{ ...onBadge(revokedType, base.id), requirements: ['base'] }],
    })
    const learner = await aLearner()
    const granted = await api.post(`badge-templates/${base.id}/awards`, { learnerId: learner.id })
    const held = async () =>
      (await api.get(`awards?learnerId=${learner.id}&status=awarded`)).body.items.map(
        ({ template }: { template: { id: string } }) => template.id,
      )
    expect((await held()).sort()).toEqual([base.id, top.id].sort())
    await api.post(`awards/${granted.body.id}/revocation`, { reason: 'By mistake' })
    expect(await held()).toEqual([])
    await api.post(`badge-templates/${base.id}/awards`, { learnerId: learner.id })
    expect((await held()).sort()).toEqual([base.id, top.id].sort())
  })
})

describe('revoking by hand', () => {
  it('keeps the reason, works once, and is not undone by the rules', async () => {
    const { id, course } = await anActive()
    await app.progress.handle([aGrade({ learner: 501, course })], 'rosette')
    const [award] = (await api.get(`awards?templateId=${id}`)).body.items
    const answer = await api.post(`awards/${award.id}/revocation`, { reason: 'Copied' })
    expect(answer).toMatchObject({
      status: 200,
      body: {
        status: 'revoked',
        revokedBy: 'hand',
        revocationReason: 'Copied',
        revocation: { by: 'token: ROSETTE_ADMIN_TOKEN', lost: [] },
      },
    })
    const again = await api.post(`awards/${award.id}/revocation`, { reason: 'Copied' })
    expect(again).toMatchObject({ status: 409, body: { code: 'award-not-active' } })
    const later = aGrade({ learner: 501, course, at: '2026-05-01T00:00:00+00:00' })
    await app.progress.handle([later], 'rosette')
    expect((await api.get(`awards?templateId=${id}&status=awarded`)).body.items).toEqual([])
  })

  it('needs a reason and an award', async () => {
    expect((await api.post(`awards/${nobody}/revocation`, { reason: 'Any' })).body.code).toBe(
      'award-not-found',
    )
    expect((await api.post(`awards/${nobody}/revocation`, { reason: ' ' })).body).toMatchObject({
      code: 'request-invalid',
      faults: [{ path: 'reason' }],
    })
  })
})

describe('an award of the rules', () => {
  it('tells why, down to the payload of the events', async () => {
    const { id, course } = await anActive()
    const entry = aGrade({ learner: 502, course })
    await app.progress.handle([entry], 'rosette')
    const [{ id: awardId }] = (await api.get(`awards?templateId=${id}`)).body.items
    const { body } = await api.get(`awards/${awardId}`)
    expect(body.why).toEqual({
      by: null,
      fulfillments: [
        {
          requirement: 'pass',
          group: 'A',
          description: 'Pass',
          eventType: passingType,
          since: '2026-03-01T10:00:00Z',
          events: [
            {
              id: entry.headers['id'],
              type: passingType,
              time: '2026-03-01T10:00:00Z',
              source: 'openedx/lms/web',
              lmsUserId: 502,
              receivedAt: expect.any(String),
              data: expect.objectContaining({
                course_passing_status: expect.objectContaining({ is_passing: true }),
              }),
            },
          ],
        },
      ],
    })
    const event = await api.get(`events/${entry.headers['id']}?time=2026-03-01T10:00:00Z`)
    expect(event.body).toMatchObject({
      learner: { username: 'learner502' },
      marks: [{ template: { id }, requirement: 'pass', instance: null, as: ['first', 'last'] }],
      awards: [{ id: awardId, template: { id }, status: 'awarded', role: 'granted' }],
    })
  })

  it('names the learner in public once that is agreed', async () => {
    const template = await anActive()
    const learner = await aLearner()
    const { body } = await api.post(`badge-templates/${template.id}/awards`, {
      learnerId: learner.id,
    })
    const answer = await api.patch(`awards/${body.id}`, { showsName: true })
    expect(answer).toMatchObject({ status: 200, body: { ...body, showsName: true } })
    expect((await api.patch(`awards/${nobody}`, { showsName: true })).status).toBe(404)
  })
})
