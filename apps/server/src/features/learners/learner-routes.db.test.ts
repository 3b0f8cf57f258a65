import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { aGrade, passingType } from '../../testing/sample-events.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

const nobody = '00000000-0000-4000-8000-000000000000'
const ccxType = 'org.openedx.learning.ccx.course.passing.status.updated.v1'

let app: TestApp
let api: ApiClient
beforeAll(async () => {
  app = await createTestApp()
  api = await createApiClient(app)
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

async function found(search: string): Promise<string[]> {
  const { body } = await api.get(`learners?search=${encodeURIComponent(search)}`)
  return body.items.map(({ username }: { username: string }) => username)
}

describe('learners', () => {
  it('are entered by hand and found by user name, e-mail address and name', async () => {
    const given = { username: 'Grace', email: 'grace@navy.example', name: 'Grace Hopper' }
    const answer = await api.post('learners', given)
    expect(answer.status).toBe(201)
    expect(answer.headers['location']).toBe(`/api/v1/learners/${answer.body.id}`)
    expect(answer.body).toEqual({
      id: expect.any(String),
      lmsUserId: null,
      ...given,
      isActive: true,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    })
    for (const search of ['gra', 'GRACE@', 'hopper', ''])
      expect(await found(search)).toContain('Grace')
    for (const search of ['%', 'race@', 'hoppper']) expect(await found(search)).toEqual([])
  })

  it('are not entered twice, whatever the case of the letters', async () => {
    await api.post('learners', { username: 'mary', email: 'mary@example.com' })
    const same = await api.post('learners', { username: 'MARY', email: 'other@example.com' })
    expect(same).toMatchObject({ status: 409, body: { code: 'learner-exists' } })
    const mail = await api.post('learners', { username: 'jane', email: 'Mary@Example.com' })
    expect(mail).toMatchObject({ status: 409, body: { code: 'learner-exists' } })
  })

  it('are not entered twice when asked at once, under one e-mail address', async () => {
    const enter = (username: string) =>
      api.post('learners', { username, email: 'twins@example.com' })
    const twins = Array.from({ length: 10 }, (_, i) => `twin${i}`)
    const statuses = (await Promise.all(twins.map(enter))).map(({ status }) => status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(1)
    expect(new Set(statuses)).toEqual(new Set([201, 409]))
  })

  it('need a user name and an e-mail address', async () => {
    const answer = await api.post('learners', { username: ' ', email: 'nobody' })
    expect(answer).toMatchObject({ status: 400, body: { code: 'request-invalid' } })
    expect(answer.body.faults.map(({ path }: { path: string }) => path)).toEqual([
      'username',
      'email',
    ])
  })

  it('are shown with progress, awards and events', async () => {
    const owner = await anOrganization(api)
    const template = await api.post('badge-templates', {
      ...owner,
      name: 'Half way',
      requirements: [
        { id: 'pass', eventType: passingType, description: 'Pass' },
        { id: 'ccx', eventType: ccxType },
      ],
    })
    const { id } = template.body
    await api.post(`badge-templates/${id}/activation`)
    const entry = aGrade({ learner: 700 })
    const later = aGrade({ learner: 700, at: '2026-04-01T10:00:00+00:00' })
    await app.progress.handle([later, entry], 'rosette')
    const [learner] = (await api.get('learners?search=learner700')).body.items
    const progress = {
      template: { id, name: 'Half way', state: 'active' },
      learner: {
        id: learner.id,
        username: 'learner700',
        name: 'Learner 700',
        email: 'learner700@example.com',
      },
      instance: null,
      ratio: 0.5,
      complete: false,
      groups: [
        {
          group: 'A',
          fulfilled: true,
          requirements: [
            {
              id: 'pass',
              eventType: passingType,
              description: 'Pass',
              fulfilled: true,
              since: '2026-03-01T10:00:00Z',
            },
          ],
        },
        {
          group: 'B',
          fulfilled: false,
          requirements: [
            { id: 'ccx', eventType: ccxType, description: null, fulfilled: false, since: null },
          ],
        },
      ],
      award: null,
    }
    const read = await api.get(`learners/${learner.id}`)
    expect(read).toMatchObject({ status: 200 })
    expect(read.body).toEqual({ ...learner, progress: [progress], awards: [] })
    expect((await api.get(`learners/${learner.id}/progress`)).body).toEqual({ items: [progress] })
    expect((await api.get(`badge-templates/${id}/progress`)).body).toEqual({
      items: [progress],
      next: null,
    })

    const first = await api.get(`learners/${learner.id}/events?limit=1`)
    const second = await api.get(`learners/${learner.id}/events?limit=1&cursor=${first.body.next}`)
    expect([first, second].map(({ body }) => body.items[0].id)).toEqual([
      later.headers['id'],
      entry.headers['id'],
    ])
    expect(second.body.next).toBeNull()

    const granted = await api.post(`badge-templates/${id}/awards`, { learnerId: learner.id })
    const after = await api.get(`learners/${learner.id}`)
    expect(after.body.progress[0].award).toMatchObject({ id: granted.body.id, source: 'hand' })
    expect(after.body.awards).toMatchObject([{ id: granted.body.id, status: 'awarded' }])
  })

  it('who are missing are not found', async () => {
    for (const path of ['', '/progress', '/events']) {
      const answer = await api.get(`learners/${nobody}${path}`)
      expect(answer).toMatchObject({ status: 404, body: { code: 'learner-not-found' } })
    }
    expect((await api.get(`badge-templates/${nobody}/progress`)).body.code).toBe(
      'template-not-found',
    )
  })

  it('on the way to a badge come in pages', async () => {
    const owner = await anOrganization(api)
    const rule = { keyPath: 'course.course_key', operator: 'eq', value: 'course-v1:P+1+1' }
    const { body } = await api.post('badge-templates', {
      ...owner,
      name: 'Paged',
      requirements: [{ eventType: passingType, dataRules: [rule] }],
    })
    await api.post(`badge-templates/${body.id}/activation`)
    const entries = [801, 802, 803].map((learner) => aGrade({ learner, course: 'course-v1:P+1+1' }))
    await app.progress.handle(entries, 'rosette')
    const first = (await api.get(`badge-templates/${body.id}/progress?limit=2`)).body
    const rest = (await api.get(`badge-templates/${body.id}/progress?cursor=${first.next}`)).body
    const names = [...first.items, ...rest.items].map((one) => one.learner.username)
    expect(names).toEqual(['learner801', 'learner802', 'learner803'])
    expect(rest.items[0]).toMatchObject({ complete: true, ratio: 1, award: { status: 'awarded' } })
    expect(rest.next).toBeNull()
  })
})
