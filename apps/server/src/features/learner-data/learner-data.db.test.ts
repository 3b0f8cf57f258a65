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

let made = 0
async function anActive(more: object = {}) {
  made += 1
  const course = `course-v1:D+data${made}+1`
  const dataRules = [{ keyPath: 'course.course_key', operator: 'eq', value: course }]
  const requirements = [{ id: 'pass', description: 'Pass', eventType: passingType, dataRules }]
  const { body } = await api.post('badge-templates', {
    ...owner,
    name: `Data ${made}`,
    requirements,
    ...more,
  })
  expect((await api.post(`badge-templates/${body.id}/activation`)).status).toBe(200)
  return { id: String(body.id), course }
}

const found = async (search: string) =>
  (await api.get(`learners?search=${encodeURIComponent(search)}`)).body.items

/** A learner with a badge that was earned by an event and signed. */
async function aHolder(learner: number) {
  const { id: templateId, course } = await anActive()
  const entry = aGrade({ learner, course })
  await app.progress.handle([entry], 'rosette')
  const [person] = await found(String(learner))
  const [award] = (await api.get(`awards?templateId=${templateId}`)).body.items
  await runTask(app, 'issue-award', { awardId: award.id })
  return { person, award, entry, course, templateId }
}

async function erase({ id, username }: { id: string; username: string }) {
  return await api.post(`learners/${id}/erasure`, { username })
}

/** Every text of the whole database that names the person. */
async function traces(...words: string[]): Promise<string[]> {
  const { rows } = await app.pool.query<{ table: string }>(
    `select format('%I.%I', table_schema, table_name) as table from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const seen: string[] = []
  for (const { table } of rows) {
    for (const word of words) {
      const { rowCount } = await app.pool.query(
        `select from ${table} t where t::text ilike '%' || $1 || '%' limit 1`,
        [word],
      )
      if (rowCount !== 0) seen.push(`${word} in ${table}`)
    }
  }
  return seen
}

describe('erasing a learner', () => {
  it('leaves no name anywhere, and no badge that verifies', async () => {
    const { person, award, entry } = await aHolder(90_001)
    await api.patch(`learners/${person.id}`, { name: 'Renamed Person' })
    await api.post(`awards/${award.id}/reissue`)
    const answer = await erase(person)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    expect(answer.body).toEqual({ events: 2, awards: 1, credentials: 1, atProviders: 0 })
    expect(await traces('learner90001', 'Renamed Person')).toEqual([])
    expect((await api.get(`learners/${person.id}`)).status).toBe(404)
    expect(await found('learner90001')).toEqual([])
    const after = await api.get(`awards/${award.id}`)
    expect(after.body).toMatchObject({ status: 'revoked', evidence: [], learner: { email: '' } })
    const { rows } = await app.pool.query(
      `select l.version > l.signed_version as outdated from status_entry e
       join status_list l on l.id = e.list_id where e.award_id = $1`,
      [award.id],
    )
    expect(rows).toEqual([{ outdated: true }])
    await app.progress.handle([entry], 'rosette')
    expect(await traces('learner90001')).toEqual([])
  })

  it('needs the user name, and happens once', async () => {
    const { person } = await aHolder(90_002)
    const wrong = await api.post(`learners/${person.id}/erasure`, { username: 'someone' })
    expect(wrong).toMatchObject({ status: 409, body: { code: 'conflict' } })
    const answers = await Promise.all([erase(person), erase(person), erase(person)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404])
  })

  it('wins against events that arrive at the same time, in any order', async () => {
    for (let round = 0; round < 8; round += 1) {
      const learner = 91_000 + round
      const { person, course } = await aHolder(learner)
      const later = Array.from({ length: 5 }, (_, i) =>
        aGrade({ learner, course, passing: i % 2 === 0, at: `2026-04-0${i + 1}T00:00:00+00:00` }),
      )
      await Promise.all([
        ...later.map((entry) => app.progress.handle([entry], 'rosette')),
        erase(person),
        ...later.map((entry) => app.progress.handle([entry], 'other')),
      ])
      expect(await traces(`learner${learner}`)).toEqual([])
      const { rows } = await app.pool.query(
        `select a.status, count(m.learner_id)::int as marks from learner l
         left join award a on a.learner_id = l.id left join mark m on m.learner_id = l.id
         where l.public_id = $1 group by a.id`,
        [person.id],
      )
      expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['revoked']))
      expect(rows.every(({ marks }) => marks === 0)).toBe(true)
    }
  })

  it('takes away rows of imported files, and a badge by hand of who is unknown to the LMS', async () => {
    const { id: templateId } = await anActive()
    const query = `organizationId=${owner.organizationId}&templateId=${templateId}`
    const { body } = await api.send({
      method: 'POST',
      url: `/api/v1/award-imports?${query}`,
      headers: { 'content-type': 'text/csv' },
      payload: 'email,name\nforget.me@data.example,Forget Me\nkeep@data.example,Keep\n',
    })
    await api.post(`award-imports/${body.id}/run`)
    await runTask(app, 'run-award-import', { id: body.id })
    const [person] = await found('forget.me')
    expect((await erase(person)).body).toMatchObject({ awards: 1, events: 1 })
    expect(await traces('forget.me', 'Forget Me')).toEqual([])
    expect((await api.get(`award-imports/${body.id}/rows`)).body.items[1].values).toMatchObject({
      email: 'keep@data.example',
    })
  })
})

describe('retiring from the LMS', () => {
  it('may be repeated, and keeps events of who was never seen away', async () => {
    const { person } = await aHolder(92_001)
    const once = await api.post('learner-retirements', { lmsUserId: 92_001 })
    expect(once.body).toMatchObject({ outcome: 'erased', awards: 1 })
    const twice = await api.post('learner-retirements', { lmsUserId: 92_001 })
    expect(twice.body).toEqual({
      outcome: 'unknown',
      events: 0,
      awards: 0,
      credentials: 0,
      atProviders: 0,
    })
    expect((await api.get(`learners/${person.id}`)).status).toBe(404)
    const { course } = await anActive()
    await api.post('learner-retirements', { lmsUserId: 92_999 })
    await app.progress.handle([aGrade({ learner: 92_999, course })], 'rosette')
    expect(await traces('learner92999')).toEqual([])
    expect((await api.post('learner-retirements', {})).status).toBe(400)
  })

  it('comes as Open edX asks its Credentials service', async () => {
    await aHolder(92_100)
    const { person } = await aHolder(92_101)
    const answer = await api.post('/api/v2/replace_usernames/', {
      username_mappings: [
        { learner92100: 'retired__user_ab12' },
        { learner92101: 'ada_king' },
        { nobody_here: 'somebody' },
      ],
    })
    expect(answer.body.failed_replacements).toEqual([])
    expect(answer.body.successful_replacements).toHaveLength(3)
    expect(await traces('learner92100')).toEqual([])
    expect((await api.get(`learners/${person.id}`)).body.username).toBe('ada_king')
  })
})

describe('correcting a learner', () => {
  it('holds against events from before, and gives way to later ones', async () => {
    const { person, entry, course } = await aHolder(93_001)
    const answer = await api.patch(`learners/${person.id}`, { username: 'ada', name: 'Ada King' })
    expect(answer).toMatchObject({ status: 200, body: { username: 'ada', name: 'Ada King' } })
    await app.progress.handle([entry], 'rosette')
    expect((await api.get(`learners/${person.id}`)).body.username).toBe('ada')
    const later = new Date(Date.now() + 60_000).toISOString()
    await app.progress.handle([aGrade({ learner: 93_001, course, at: later })], 'rosette')
    expect((await api.get(`learners/${person.id}`)).body.username).toBe('learner93001')
  })

  it('refuses the name of somebody else', async () => {
    const { person } = await aHolder(93_002)
    await api.post('learners', { username: 'taken', email: 'taken@data.example' })
    const answer = await api.patch(`learners/${person.id}`, { username: 'TAKEN' })
    expect(answer).toMatchObject({ status: 409, body: { code: 'learner-exists' } })
  })
})

describe('recomputing a learner', () => {
  it('says what changed, and changes nothing the second time', async () => {
    const { person, award, templateId } = await aHolder(94_001)
    const nothing = await api.post(`learners/${person.id}/recompute`)
    expect(nothing.body).toEqual({ judged: 1, changes: [] })
    await app.pool.query(
      'delete from mark where learner_id = (select id from learner where public_id = $1)',
      [person.id],
    )
    const changed = await api.post(`learners/${person.id}/recompute`)
    expect(changed.body).toMatchObject({
      judged: 1,
      changes: [
        { change: 'revoked', awardId: award.id, template: { id: templateId }, instance: null },
      ],
    })
    expect((await api.post(`learners/${person.id}/recompute`)).body.changes).toEqual([])
  })
})

describe('the file of a learner', () => {
  it('holds all that is stored, and is written down', async () => {
    const { person, award } = await aHolder(95_001)
    const answer = await api.get(`learners/${person.id}/file`)
    expect(answer.headers['content-disposition']).toContain(`learner-${person.id}.json`)
    expect(answer.body).toMatchObject({
      learner: { username: 'learner95001', lmsUserId: 95_001 },
      // Both at one time, so in no order.
      events: expect.arrayContaining([
        expect.objectContaining({ type: passingType }),
        expect.objectContaining({ source: 'rosette' }),
      ]),
      marks: [{ requirement: 'pass' }],
      awards: [{ id: award.id }],
      credentials: [{ awardId: award.id, signedText: expect.stringContaining('proof') }],
      issuances: [{ state: 'issued' }],
      auditLog: [{ action: 'learner.export' }],
    })
  })
})
