import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { runTask } from '../../testing/run-task.js'
import { aGrade, passingType } from '../../testing/sample-events.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

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

let courses = 0
const aCourse = () => `course-v1:Change+c${++courses}+1`
const requirement = (id: string, group: string, course: string) => ({
  ...{ id, group, eventType: passingType },
  dataRules: [
    { keyPath: 'is_passing', operator: 'eq', value: 'true' },
    { keyPath: 'course.course_key', operator: 'eq', value: course },
  ],
})
let learners = 500
const pass = async (learner: number, course: string, at = '2026-03-01T10:00:00+00:00') =>
  await app.progress.handle([aGrade({ learner, course, at })], 'live')

async function anActive(rules: object): Promise<string> {
  const { body } = await api.post('badge-templates', { ...owner, name: 'Active', ...rules })
  const answer = await api.post(`badge-templates/${body.id}/activation`)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return body.id
}

async function awardsOf(templateId: string): Promise<string[]> {
  const { rows } = await sql<{ one: string }>`
    select l.lms_user_id || ' ' || a.status as one from award a join learner l on l.id = a.learner_id
    where a.template_id = ${templateId} order by a.number`.execute(app.db)
  return rows.map(({ one }) => one)
}

describe('the rules of an active template', () => {
  it('are not replaced without saying to whom they apply', async () => {
    const id = await anActive({ requirements: [requirement('a', 'A', aCourse())] })
    const { status, body } = await api.put(`badge-templates/${id}/rules`, { requirements: [] })
    expect([status, body.code]).toEqual([409, 'template-not-draft'])
    expect(body.title).toContain('?apply=from-now')
  })

  it('change from now on: nobody gains or loses until an event touches them', async () => {
    const [one, two, other] = [aCourse(), aCourse(), aCourse()]
    const [holder, waiting] = [++learners, ++learners]
    const both = [requirement('a', 'A', one), requirement('b', 'B', two)]
    const id = await anActive({ requirements: both })
    await pass(holder, one)
    await pass(holder, two)
    await pass(waiting, one)
    await pass(waiting, other)
    const changed = [requirement('a', 'A', one), requirement('b', 'B', other)]
    const { status, body } = await api.put(`badge-templates/${id}/rules?apply=from-now`, {
      requirements: changed,
    })
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body.requirements[1].dataRules[1].value).toBe(other)
    expect(await awardsOf(id)).toEqual([`${holder} awarded`])
    expect((await api.get(`badge-templates/${id}/backfills`)).body.items).toEqual([])
    // What the unchanged requirement knew is still known: one event is enough now.
    await pass(waiting, other, '2026-04-01T10:00:00+00:00')
    expect(await awardsOf(id)).toEqual([`${holder} awarded`, `${waiting} awarded`])
  })

  it('change for everybody: a backfill is queued with them, and settles it', async () => {
    const [one, other] = [aCourse(), aCourse()]
    const [loses, gains] = [++learners, ++learners]
    const id = await anActive({ requirements: [requirement('a', 'A', one)] })
    await pass(loses, one)
    await pass(gains, other)
    const changed = { requirements: [requirement('a', 'A', other)] }
    const { status } = await api.put(`badge-templates/${id}/rules?apply=everybody`, changed)
    expect(status).toBe(200)
    const [queued] = (await api.get(`badge-templates/${id}/backfills`)).body.items
    expect(queued).toMatchObject({ kind: 'run', state: 'queued', template: { id } })
    await runTask(app, 'backfill', { id: queued.id })
    const { body } = await api.get(`backfills/${queued.id}`)
    expect(body).toMatchObject({ state: 'done', result: { gain: 1, lose: 1 } })
    expect(await awardsOf(id)).toEqual([`${loses} revoked`, `${gains} awarded`])
    const changes = await api.get(`backfills/${queued.id}/changes?change=lose`)
    expect(changes.body.items).toMatchObject([{ learner: { lmsUserId: loses }, lost: [] }])
  })

  it('forget what a penalty reset that is gone, and drop marks that say nothing any more', async () => {
    const [one, two] = [aCourse(), aCourse()]
    const learner = ++learners
    const fails = requirement('p', 'A', one).dataRules.with(0, {
      ...{ keyPath: 'is_passing', operator: 'eq', value: 'false' },
    })
    const penalty = { id: 'p', eventType: passingType, dataRules: fails, requirements: ['a'] }
    const requirements = [requirement('a', 'A', one), requirement('b', 'B', two)]
    const id = await anActive({ requirements, penalties: [penalty] })
    await pass(learner, one)
    await pass(learner, two)
    await app.progress.handle(
      [aGrade({ learner, course: one, passing: false, at: '2026-03-05T10:00:00+00:00' })],
      'live',
    )
    expect(await awardsOf(id)).toEqual([`${learner} revoked`])
    const marks = () =>
      app.db
        .selectFrom('mark')
        .innerJoin('learner', 'learner.id', 'mark.learner_id')
        .selectAll('mark')
        .where('lms_user_id', '=', learner)
        .orderBy('requirement_id')
        .execute()
    const [first, second] = await marks()
    const changed = { requirements: requirements.slice(0, 1), penalties: [] }
    await api.put(`badge-templates/${id}/rules?apply=everybody`, changed)
    expect((await marks())[0]).toMatchObject({ first_at: first?.first_at, reset_at: null })
    await runTask(app, 'drop-marks', { requirementIds: [second?.requirement_id], after: 0 })
    expect(await marks()).toHaveLength(1)
    const [run] = (await api.get(`badge-templates/${id}/backfills`)).body.items
    await runTask(app, 'backfill', { id: run.id })
    expect(await awardsOf(id)).toEqual([`${learner} revoked`, `${learner} awarded`])
  })

  it('must be such that the template could be activated', async () => {
    const id = await anActive({ requirements: [requirement('a', 'A', aCourse())] })
    const refused = await api.put(`badge-templates/${id}/rules?apply=everybody`, {
      requirements: [],
    })
    expect([refused.status, refused.body.code]).toEqual([422, 'activation-refused'])
    const own = {
      ...{ id: 'own', eventType: 'org.openedx.learning.badge.awarded.v1' },
      dataRules: [{ keyPath: 'template.uuid', operator: 'eq', value: id }],
    }
    const cycle = await api.put(`badge-templates/${id}/rules?apply=from-now`, {
      requirements: [own],
    })
    expect([cycle.status, cycle.body.code]).toEqual([422, 'activation-refused'])
    expect((await api.get(`badge-templates/${id}`)).body.requirements[0].id).toBe('a')
  })
})
