import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { runTask } from '../../testing/run-task.js'
import { passingType } from '../../testing/sample-events.js'
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
async function anActive(more: object = {}): Promise<string> {
  made += 1
  const requirements = [{ id: 'pass', eventType: passingType }]
  const template = { ...owner, name: `Import ${made}`, requirements, ...more }
  const { body } = await api.post('badge-templates', template)
  expect((await api.post(`badge-templates/${body.id}/activation`)).status).toBe(200)
  return String(body.id)
}

async function upload(text: string | Buffer, templateId?: string) {
  const query = new URLSearchParams({
    organizationId: owner.organizationId,
    fileName: 'spring.csv',
  })
  if (templateId !== undefined) query.set('templateId', templateId)
  return await api.send({
    method: 'POST',
    url: `/api/v1/award-imports?${query}`,
    headers: { 'content-type': 'text/csv' },
    payload: text,
  })
}

async function runToEnd(id: string) {
  for (let part = 0; part < 300; part += 1) {
    const { body } = await api.get(`award-imports/${id}`)
    if (body.state !== 'running') return body
    await runTask(app, 'run-award-import', { id })
  }
  throw new Error('The import does not end.')
}

const rowsOf = async (id: string, query = '') =>
  (await api.get(`award-imports/${id}/rows?limit=200${query}`)).body.items

describe('awards from a file', () => {
  it('are checked row by row, shown, and granted with all that the row says', async () => {
    const template = await anActive()
    const known = await api.post('learners', { username: 'kay', email: 'kay@import.example' })
    await api.post(`badge-templates/${template}/awards`, { learnerId: known.body.id })
    await api.post('learners', { username: 'ready', email: 'ready@import.example', name: 'Rea Dy' })
    const file = [
      'E-Mail; NAME ;Awarded At;Evidence URL;Narrative;Colour',
      'READY@import.example;;2026-03-12;https://university.example/exam;On paper;red',
      'new@import.example;New One;2026-03-12T10:00:00+02:00;;;',
      'kay@import.example;;;;;',
      'nobody;;tomorrow;javascript:1;;',
      'new@import.example;New One;;;;',
    ].join('\n')
    const answer = await upload(file, template)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    expect(answer.body).toMatchObject({
      fileName: 'spring.csv',
      encoding: 'utf-8',
      delimiter: ';',
      state: 'checked',
      rows: 5,
      checks: { ready: 1, 'new-learner': 1, held: 2, faulty: 1 },
      results: { awarded: 0, held: 0, failed: 0 },
    })
    expect(answer.body.columns.map(({ field }: { field: string }) => field)).toEqual([
      'email',
      'name',
      'awardedAt',
      'evidenceUrl',
      'narrative',
      null,
    ])
    const [faulty] = await rowsOf(answer.body.id, '&check=faulty')
    expect(faulty).toMatchObject({ number: 5, result: null })
    expect(faulty.faults.map(({ column }: { column: string }) => column)).toEqual([
      'email',
      'awardedAt',
      'evidenceUrl',
    ])

    expect((await api.post(`award-imports/${answer.body.id}/run`)).status).toBe(202)
    const done = await runToEnd(answer.body.id)
    expect(done).toMatchObject({ state: 'done', results: { awarded: 2, held: 0, failed: 0 } })
    const [first, second] = await rowsOf(answer.body.id, '&result=awarded')
    expect(second.learner).toMatchObject({ username: 'new@import.example', name: 'New One' })
    expect((await api.get(`awards/${first.awardId}`)).body).toMatchObject({
      learner: { username: 'ready' },
      awardedAt: '2026-03-12T00:00:00Z',
      narrative: 'On paper',
      evidence: [{ url: 'https://university.example/exam' }],
      why: { by: 'token: ROSETTE_ADMIN_TOKEN' },
      issuances: [{ state: 'queued' }],
    })
    const table = await api.get(`award-imports/${answer.body.id}/file`)
    expect(table.headers['content-type']).toContain('text/csv')
    expect(String(table.body).split('\n')).toHaveLength(7)
  })

  it('are granted once, though it is run twice at once and the job is done by several', async () => {
    const template = await anActive()
    const rows = Array.from({ length: 250 }, (_, i) => `twice${i}@import.example,Twice ${i}`)
    const { body } = await upload(`email,name\n${rows.join('\n')}`, template)
    const asked = await Promise.all([1, 2, 3].map(() => api.post(`award-imports/${body.id}/run`)))
    expect(asked.map(({ status }) => status).sort()).toEqual([202, 409, 409])
    for (let round = 0; round < 4; round += 1) {
      await Promise.all([1, 2, 3].map(() => runTask(app, 'run-award-import', { id: body.id })))
    }
    const { body: done } = await api.get(`award-imports/${body.id}`)
    expect(done).toMatchObject({ state: 'done', results: { awarded: 250, held: 0, failed: 0 } })
    const { rows: counted } = await app.pool.query(
      'select count(*)::int as count from award where template_id = $1',
      [template],
    )
    expect(counted[0].count).toBe(250)
  })

  it('go on where a crash has ended them, and stop when somebody says so', async () => {
    const template = await anActive()
    const rows = Array.from({ length: 150 }, (_, i) => `stop${i}@import.example`)
    const { body } = await upload(`email\n${rows.join('\n')}`, template)
    await api.post(`award-imports/${body.id}/run`)
    await runTask(app, 'run-award-import', { id: body.id })
    expect((await api.get(`award-imports/${body.id}`)).body.results.awarded).toBe(100)
    const stopped = await api.post(`award-imports/${body.id}/cancellation`)
    expect(stopped.body).toMatchObject({ state: 'cancelled', results: { awarded: 100 } })
    await runTask(app, 'run-award-import', { id: body.id })
    expect((await api.get(`award-imports/${body.id}`)).body.results.awarded).toBe(100)
    expect((await api.delete(`award-imports/${body.id}`)).status).toBe(204)
    const { body: awards } = await api.get(`awards?templateId=${template}&limit=1`)
    expect(awards.items).toHaveLength(1)
  })

  it('are checked again when a column means something else, or another badge is chosen', async () => {
    const template = await anActive()
    const { body } = await upload('Adresse,Wer\nx@import.example,X\n')
    expect(body.checks).toMatchObject({ faulty: 1 })
    const refused = await api.put(`award-imports/${body.id}`, { columns: ['name', 'name'] })
    expect(refused).toMatchObject({ status: 422, body: { code: 'award-import-refused' } })
    const again = await api.put(`award-imports/${body.id}`, {
      columns: ['email', 'name'],
      templateId: template,
    })
    expect(again.body).toMatchObject({ checks: { 'new-learner': 1, faulty: 0 } })
    await api.post(`award-imports/${body.id}/run`)
    const late = await api.put(`award-imports/${body.id}`, { columns: ['name', 'email'] })
    expect(late).toMatchObject({ status: 409, body: { code: 'conflict' } })
  })

  it('name badges of their own organization only', async () => {
    const other = await anOrganization(api)
    const foreign = await api.post('badge-templates', { ...other, name: 'Foreign' })
    const chosen = await upload('email\na@import.example\n', foreign.body.id)
    expect(chosen).toMatchObject({ status: 404, body: { code: 'template-not-found' } })
    const { body } = await upload(`email,badge\na@import.example,${foreign.body.id}\n`)
    const [row] = await rowsOf(body.id)
    expect(row.faults).toEqual([
      { column: 'template', reason: 'This organization has no badge with this id.' },
    ])
  })

  it('of a thousand rows are checked and granted', async () => {
    const template = await anActive()
    const rows = Array.from({ length: 1000 }, (_, i) => `many${i}@import.example,Many ${i}`)
    const { body } = await upload(`email,name\n${rows.join('\n')}`, template)
    expect(body).toMatchObject({ rows: 1000, checks: { 'new-learner': 1000 } })
    await api.post(`award-imports/${body.id}/run`)
    const done = await runToEnd(body.id)
    expect(done.results).toEqual({ awarded: 1000, held: 0, failed: 0 })
  })

  it('that cannot be read are refused in words', async () => {
    expect(await upload('')).toMatchObject({ status: 422, body: { code: 'award-import-refused' } })
    expect((await upload('email\n')).body.title).toContain('no rows')
    expect((await upload('email\n"a@b.example\n')).body.title).toContain('Quote')
    expect((await upload(Buffer.from([0xff, 0xfe, 0, 1, 2]))).status).toBe(422)
  })
})
