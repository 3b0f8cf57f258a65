import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { runTask } from '../../testing/run-task.js'
import { passingType } from '../../testing/sample-events.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

const nobody = '00000000-0000-4000-8000-000000000000'

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

let made = 0
async function awarded(count: number, more: (place: number) => object = () => ({})) {
  const owner = await anOrganization(api)
  const requirements = [{ id: 'pass', eventType: passingType }]
  const { body } = await api.post('badge-templates', { ...owner, name: 'Many', requirements })
  await api.post(`badge-templates/${body.id}/activation`)
  const ids: string[] = []
  for (let place = 0; place < count; place += 1) {
    made += 1
    const username = `many${made}`
    const person = await api.post('learners', {
      username,
      email: `${username}@several.example`,
      name: `Many ${made}`,
    })
    const given = { learnerId: person.body.id, ...more(place) }
    const award = await api.post(`badge-templates/${body.id}/awards`, given)
    expect(award.status, JSON.stringify(award.body)).toBe(201)
    ids.push(award.body.id)
  }
  return { ...owner, templateId: String(body.id), ids }
}

describe('revoking many', () => {
  it('answers for each, and for who asks again', async () => {
    const { ids } = await awarded(3)
    const asked = { ids: [...ids, nobody], reason: 'Copied' }
    const dry = await api.post('awards/revocations', { ...asked, dryRun: true })
    expect(dry.body).toEqual({ concerned: 3, learners: 3, remaining: 0, next: null, items: [] })
    const done = await api.post('awards/revocations', asked)
    expect(done.body.items).toEqual([
      ...ids.map((id) => ({ id, outcome: 'revoked', detail: null })),
      { id: nobody, outcome: 'not-found', detail: null },
    ])
    expect((await api.get(`awards/${ids[0]}`)).body).toMatchObject({ revocationReason: 'Copied' })
    const again = await api.post('awards/revocations', asked)
    expect(again.body.items[0]).toMatchObject({ id: ids[0], outcome: 'not-active' })
  })

  it('happens once, asked several times at once', async () => {
    const { ids } = await awarded(20)
    const asked = await Promise.all(
      [ids, [...ids].reverse(), ids].map((each) =>
        api.post('awards/revocations', { ids: each, reason: 'Twice' }),
      ),
    )
    const outcomes = asked.flatMap(({ body }) =>
      body.items.map((one: { outcome: string }) => one.outcome),
    )
    expect(outcomes.filter((outcome) => outcome === 'revoked')).toHaveLength(20)
    expect(outcomes.filter((outcome) => outcome === 'not-active')).toHaveLength(40)
  })

  it('is possible by a filter, part by part', async () => {
    const { templateId } = await awarded(3)
    const filter = { templateId, search: 'MANY' }
    const done = await api.post('awards/revocations', { filter, reason: 'All of them' })
    expect(done.body).toMatchObject({ concerned: 3, learners: 3, remaining: 0, next: null })
    const none = await api.post('awards/revocations', { filter, reason: 'All of them' })
    expect(none.body).toMatchObject({ concerned: 0, items: [] })
    const unclear = await api.post('awards/revocations', { reason: 'Which?' })
    expect(unclear).toMatchObject({ status: 400, body: { faults: [{ path: 'ids' }] } })
  })
})

describe('signing many anew', () => {
  it('answers for each', async () => {
    const { ids } = await awarded(2)
    await runTask(app, 'issue-award', { awardId: ids[0] })
    const done = await api.post('awards/reissues', { ids: [...ids, nobody] })
    expect(done.body.items.map((one: { outcome: string }) => one.outcome)).toEqual([
      'reissued',
      'refused',
      'not-found',
    ])
    const { body } = await api.get(`awards/${ids[0]}/history`)
    const kinds = body.items.map(({ kind }: { kind: string }) => kind)
    expect(kinds).toEqual(expect.arrayContaining(['granted', 'issuance', 'signed', 'signed-anew']))
    expect(body.items[0]).toMatchObject({ kind: 'granted', by: 'token: ROSETTE_ADMIN_TOKEN' })
  })
})

describe('lists of awards', () => {
  it('are narrowed by every filter, and ordered', async () => {
    const days = ['2026-03-01T00:00:00Z', '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z']
    const { ids, organizationId } = await awarded(3, (place) => ({
      awardedAt: days[place],
      expiresAt: place === 0 ? '2026-03-02T00:00:00Z' : null,
    }))
    const listed = async (query: string) =>
      (await api.get(`awards?organizationId=${organizationId}&${query}`)).body.items.map(
        ({ id }: { id: string }) => ids.indexOf(id),
      )
    expect(await listed('')).toEqual([2, 1, 0])
    expect(await listed('sort=earliest')).toEqual([0, 1, 2])
    expect(await listed('sort=newest')).toEqual([0, 2, 1])
    expect(await listed('sort=oldest')).toEqual([1, 2, 0])
    expect(await listed('expired=true')).toEqual([0])
    expect(await listed('expired=false&source=hand&status=awarded')).toEqual([2, 1])
    expect(await listed('from=2026-02-01T00:00:00Z&until=2026-03-01T00:00:00Z')).toEqual([2])
    expect(await listed('search=nobody')).toEqual([])
    const page = await api.get(`awards?organizationId=${organizationId}&sort=oldest&limit=2`)
    expect(await listed(`sort=oldest&cursor=${page.body.next}`)).toEqual([0])
  })

  it('come as a table that no spreadsheet runs', async () => {
    const { organizationId } = await awarded(1, () => ({ narrative: '=HYPERLINK("evil")' }))
    const answer = await api.get(`awards/file?organizationId=${organizationId}`)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="awards.csv"',
    })
    expect(answer.body).toContain(`'=HYPERLINK`)
    for (const list of ['issuances', 'learners']) {
      const table = await api.get(`${list}/file?organizationId=${organizationId}`)
      expect(String(table.body).trim().split('\n'), list).toHaveLength(2)
    }
  })
})
