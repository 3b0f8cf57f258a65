import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toPublicId } from '../../http/public-id.js'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { anAward } from '../../testing/sample-awards.js'
import { passingType } from '../../testing/sample-events.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let api: ApiClient
let owner: { organizationId: string; issuerId: string }
beforeAll(async () => {
  app = await createTestApp()
  api = await createApiClient(app)
  owner = await anOrganization(api)
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

const awardedType = 'org.openedx.learning.badge.awarded.v1'

async function aTemplate(name: string, after?: string): Promise<string> {
  const dataRules =
    after === undefined ? [] : [{ keyPath: 'template.uuid', operator: 'eq', value: after }]
  const eventType = after === undefined ? passingType : awardedType
  const requirements = [{ eventType, dataRules }]
  const made = await api.post('badge-templates', { ...owner, name, requirements })
  expect(made.status).toBe(201)
  const active = await api.post(`badge-templates/${made.body.id}/activation`)
  expect(active.status).toBe(200)
  return made.body.id
}

const put = (ids: readonly string[]) => ids.map((templateId) => ({ templateId }))

async function aMap() {
  const [a, b, c] = [await aTemplate('A'), await aTemplate('B'), await aTemplate('C')]
  const made = await api.post('pathways', {
    organizationId: owner.organizationId,
    name: 'Data',
    badges: put([a, b, c]),
    links: [
      { from: a, to: b },
      { from: b, to: c },
    ],
  })
  expect(made.status).toBe(201)
  return { a, b, c, id: String(made.body.id) }
}

describe('pathways', () => {
  it('are drawn, listed, changed, and deleted, each time with an entry in the audit log', async () => {
    const { a, b, c, id } = await aMap()
    const read = await api.get(`pathways/${id}`)
    expect(read.body).toMatchObject({
      name: 'Data',
      isPublic: false,
      publicUrl: `https://badges.example/public/pathways/${toPublicId(id)}`,
      badges: [
        { template: { id: a, name: 'A', state: 'active' }, level: 1, isMilestone: false },
        { template: { id: b }, level: 2 },
        { template: { id: c }, level: 3 },
      ],
    })
    const list = await api.get(`pathways?organizationId=${owner.organizationId}`)
    expect(list.body.items).toContainEqual(
      expect.objectContaining({ id, badges: 3, pictures: [a, b, c] }),
    )
    const changed = await api.patch(`pathways/${id}`, {
      name: 'Data science',
      badges: [{ templateId: c, isMilestone: true }, { templateId: a }],
      links: [],
    })
    expect(changed.body).toMatchObject({
      name: 'Data science',
      links: [],
      badges: [
        { template: { id: c }, level: 1, isMilestone: true },
        { template: { id: a }, level: 1 },
      ],
    })
    expect((await api.delete(`pathways/${id}`)).status).toBe(204)
    expect((await api.get(`pathways/${id}`)).body.code).toBe('pathway-not-found')
    const log = await app.db
      .selectFrom('audit_log')
      .select(['action', 'organization_id'])
      .where('subject', '=', `pathway/${id}`)
      .orderBy('id')
      .execute()
    expect(log).toEqual(
      ['create', 'update', 'delete'].map((what) => ({
        action: `pathway.${what}`,
        organization_id: owner.organizationId,
      })),
    )
  })

  it('draw what follows from rules by themselves', async () => {
    const first = await aTemplate('First')
    const second = await aTemplate('Second', first)
    const made = await api.post('pathways', {
      organizationId: owner.organizationId,
      name: 'By rules',
      badges: put([second, first]),
      links: [{ from: first, to: second }],
    })
    expect(made.body).toMatchObject({
      links: [{ from: first, to: second, by: 'rules' }],
      badges: [
        { template: { id: first }, level: 1 },
        { template: { id: second }, level: 2 },
      ],
    })
  })

  it('never lead in a circle, neither by hand alone nor together with rules', async () => {
    const { a, b, c, id } = await aMap()
    const round = await api.patch(`pathways/${id}`, {
      links: [
        { from: a, to: b },
        { from: b, to: c },
        { from: c, to: a },
      ],
    })
    expect(round).toMatchObject({
      status: 422,
      body: {
        code: 'pathway-invalid',
        title: expect.stringMatching(/in a circle: (A → B → C → A|B → C → A → B|C → A → B → C)\./),
        faults: [{ path: 'links', code: 'circle' }],
      },
    })
    const later = await aTemplate('Later', a)
    const against = await api.patch(`pathways/${id}`, {
      badges: put([a, later]),
      links: [{ from: later, to: a }],
    })
    expect(against).toMatchObject({ status: 422, body: { code: 'pathway-invalid' } })
    expect((await api.get(`pathways/${id}`)).body.links).toHaveLength(2)
  })

  it('of two who draw at once keep one whole map, and never a circle of both', async () => {
    const { a, b, c, id } = await aMap()
    const answers = await Promise.all([
      api.patch(`pathways/${id}`, { links: [{ from: a, to: b }] }),
      api.patch(`pathways/${id}`, { links: [{ from: b, to: a }] }),
      api.patch(`pathways/${id}`, { badges: put([b, c]), links: [{ from: c, to: b }] }),
    ])
    // The last may come first: then the others name a badge that has left the map.
    for (const { status } of answers) expect([200, 422]).toContain(status)
    const { links } = (await api.get(`pathways/${id}`)).body
    expect(links).toHaveLength(1)
  })

  it('hold badges of their own organization only, once each, and links between them', async () => {
    const { a, b, id } = await aMap()
    const other = await anOrganization(api)
    const foreign = await api.post('badge-templates', { ...other, name: 'Foreign' })
    const nobody = '00000000-0000-4000-8000-000000000000'
    const refused = await api.patch(`pathways/${id}`, {
      badges: put([a, foreign.body.id, nobody, a]),
      links: [],
    })
    expect(refused.body.faults.map(({ path }: { path: string }) => path)).toEqual([
      'badges[1].templateId',
      'badges[2].templateId',
      'badges[3].templateId',
    ])
    const [seen, missing] = refused.body.faults
    expect(seen.reason.replace(foreign.body.id, '')).toBe(missing.reason.replace(nobody, ''))
    const loose = await api.patch(`pathways/${id}`, {
      badges: put([a, b]),
      links: [
        { from: a, to: foreign.body.id },
        { from: a, to: a },
        { from: a, to: b },
        { from: a, to: b },
      ],
    })
    expect(loose.body.faults.map(({ path }: { path: string }) => path)).toEqual([
      'links[0]',
      'links[1]',
      'links[3]',
    ])
  })

  it('lose a badge that is deleted, with its links', async () => {
    const { a, b, id } = await aMap()
    const draft = await api.post('badge-templates', { ...owner, name: 'Draft' })
    await api.patch(`pathways/${id}`, {
      badges: put([a, b, draft.body.id]),
      links: [{ from: b, to: draft.body.id }],
    })
    expect((await api.delete(`badge-templates/${draft.body.id}`)).status).toBe(204)
    expect((await api.get(`pathways/${id}`)).body).toMatchObject({ links: [] })
  })
})

describe('the learners on a pathway', () => {
  it('are counted where they are, with where most of them stop', async () => {
    const { a, b, c, id } = await aMap()
    // Four have A, of whom two have B, of whom one has C.
    for (const [n, held] of [[a], [a], [a, b], [a, b, c]].entries()) {
      const learner = await api.post('learners', { username: `p${n}`, email: `p${n}@example.com` })
      for (const templateId of held) {
        const learnerId = learner.body.id
        expect((await api.post(`badge-templates/${templateId}/awards`, { learnerId })).status).toBe(
          201,
        )
      }
    }
    const { body } = await api.get(`pathways/${id}/distribution`)
    expect(body).toEqual({
      learners: 4,
      finished: 1,
      badges: [
        { templateId: a, holders: 4, here: 2 },
        { templateId: b, holders: 2, here: 1 },
        { templateId: c, holders: 1, here: 1 },
      ],
      mostStopAt: a,
      at: expect.any(String),
    })
  })

  it('are shown to everybody in numbers, once the pathway is published', async () => {
    const { a, id } = await aMap()
    await anAward(app, { templateId: a })
    const path = `/public/pathways/${toPublicId(id)}`
    expect((await api.server.inject(path)).statusCode).toBe(404)
    await api.patch(`pathways/${id}`, { isPublic: true, description: 'Numbers <tell>.' })
    const page = await api.server.inject({ url: path, headers: { accept: 'text/html' } })
    expect(page.statusCode).toBe(200)
    expect(page.payload).toContain('earned by 1 person')
    expect(page.payload).toContain('Numbers &#60;tell&#62;.')
    expect(page.payload).not.toMatch(/Lovelace|<script/)
  })
})
