import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { aGrade, passingType } from '../../testing/sample-events.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

const ccxType = 'org.openedx.learning.ccx.course.passing.status.updated.v1'
const awardedType = 'org.openedx.learning.badge.awarded.v1'
const nobody = '00000000-0000-4000-8000-000000000000'
const passes = { keyPath: 'is_passing', operator: 'eq', value: 'true' }
const fails = { keyPath: 'is_passing', operator: 'eq', value: 'false' }

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

async function aDraft(rules: object = {}, name = 'Draft') {
  const answer = await api.post('badge-templates', { ...owner, name, ...rules })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body
}

async function anActive(rules: object = { requirements: [{ eventType: passingType }] }) {
  const { id } = await aDraft(rules)
  const answer = await api.post(`badge-templates/${id}/activation`)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}

describe('a badge template', () => {
  it('is created as a draft with its rules and defaults filled in', async () => {
    const answer = await api.post('badge-templates', {
      organizationId: owner.organizationId,
      name: 'Demo finisher',
      description: 'Finished the demo course',
      tags: ['demo'],
      expiresAfterDays: 365,
      requirements: [{ eventType: passingType, description: 'Pass', dataRules: [passes] }],
      penalties: [{ eventType: passingType, dataRules: [fails], requirements: ['r1'] }],
    })
    expect(answer.status).toBe(201)
    expect(answer.headers['location']).toBe(`/api/v1/badge-templates/${answer.body.id}`)
    expect(answer.body).toEqual({
      id: expect.any(String),
      ...owner,
      name: 'Demo finisher',
      description: 'Finished the demo course',
      criteria: '',
      tags: ['demo'],
      language: null,
      achievementType: 'Badge',
      fieldOfStudy: null,
      alignments: [],
      results: [],
      state: 'draft',
      image: null,
      reaward: 'allowed',
      repeat: null,
      expiresAfterDays: 365,
      issuing: { target: 'native' },
      notifies: true,
      locale: null,
      requirements: [
        {
          id: 'r1',
          group: 'A',
          eventType: passingType,
          description: 'Pass',
          dataRules: [passes],
        },
      ],
      penalties: [{ id: 'p1', eventType: passingType, dataRules: [fails], requirements: ['r1'] }],
      awarded: 0,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      activatedAt: null,
    })
    expect((await api.get(`badge-templates/${answer.body.id}`)).body).toEqual(answer.body)
  })

  it('is listed by state, organization and search', async () => {
    const mine = await anOrganization(api)
    const { body } = await api.post('badge-templates', {
      ...mine,
      name: '100% Unusual_Name',
      tags: ['rare'],
    })
    const asked = async (query: string) =>
      (await api.get(`badge-templates?${query}`)).body.items.map(({ id }: { id: string }) => id)
    expect(await asked(`organizationId=${mine.organizationId}`)).toEqual([body.id])
    expect(await asked(`organizationId=${mine.organizationId}&state=active`)).toEqual([])
    expect(await asked('search=100%25')).toEqual([body.id])
    expect(await asked('search=usual_name')).toEqual([body.id])
    expect(await asked('search=RARE')).toEqual([body.id])
    expect(await asked('search=%25%25%25')).toEqual([])
  })

  it('needs an organization and an issuer of it', async () => {
    const other = await anOrganization(api)
    const cases = [
      [{ organizationId: nobody }, 404, 'organization-not-found'],
      [{ ...owner, issuerId: other.issuerId }, 404, 'issuer-not-found'],
    ] as const
    for (const [who, status, code] of cases) {
      const answer = await api.post('badge-templates', { ...who, name: 'Any' })
      expect(answer).toMatchObject({ status, body: { code } })
    }
  })

  it('may be changed while active, and consumers see the change at once', async () => {
    const { id } = await anActive()
    const before = await version()
    const answer = await api.patch(`badge-templates/${id}`, {
      name: 'Renamed',
      expiresAfterDays: 30,
      reaward: 'never',
    })
    expect(answer).toMatchObject({
      status: 200,
      body: { name: 'Renamed', expiresAfterDays: 30, reaward: 'never', state: 'active' },
    })
    expect(await version()).toBe(before + 1)
    const repeat = await api.patch(`badge-templates/${id}`, { repeat: { by: 'course.course_key' } })
    expect(repeat).toMatchObject({ status: 409, body: { code: 'template-not-draft' } })
  })

  it('is deleted while nobody holds it', async () => {
    const draft = await aDraft()
    expect((await api.delete(`badge-templates/${draft.id}`)).status).toBe(204)
    expect((await api.get(`badge-templates/${draft.id}`)).body.code).toBe('template-not-found')
    const active = await anActive()
    expect((await api.delete(`badge-templates/${active.id}`)).body.code).toBe('template-not-draft')
  })
})

async function version(): Promise<number> {
  const row = await app.db.selectFrom('rule_version').select('version').executeTakeFirstOrThrow()
  return row.version
}

describe('rules', () => {
  it.each([
    [
      'an unknown event type',
      { eventType: 'org.example.nothing.v1' },
      'eventType',
      'event-type-unknown',
    ],
    [
      'an event type that is known but not configured',
      { eventType: 'org.openedx.learning.course.enrollment.created.v1' },
      'eventType',
      'event-type-unknown',
    ],
    [
      'an unknown key path',
      { eventType: passingType, dataRules: [{ ...passes, keyPath: 'is_pasing' }] },
      'dataRules[0].keyPath',
      'key-path-unknown',
    ],
    [
      'an ignored key path',
      { eventType: passingType, dataRules: [{ ...passes, keyPath: 'user.pii.email' }] },
      'dataRules[0].keyPath',
      'key-path-unknown',
    ],
    [
      'a value of the wrong type',
      { eventType: passingType, dataRules: [{ ...passes, value: 'maybe' }] },
      'dataRules[0].value',
      'value-unfit',
    ],
    [
      'a text that no course key can be',
      {
        eventType: passingType,
        dataRules: [{ keyPath: 'course.course_key', operator: 'eq', value: 'Demo Course' }],
      },
      'dataRules[0].value',
      'value-unfit',
    ],
    [
      'a value that is no text',
      { eventType: passingType, dataRules: [{ ...passes, value: true }] },
      'dataRules[0].value',
      'type-invalid',
    ],
    [
      'an unknown operator',
      { eventType: passingType, dataRules: [{ ...passes, operator: 'like' }] },
      'dataRules[0].operator',
      'operator-unknown',
    ],
    [
      'a window without a time zone',
      { eventType: passingType, window: { from: '2026-01-01T00:00:00' } },
      'window.from',
      'time-invalid',
    ],
    ['a misspelt member', { eventType: passingType, datarules: [] }, 'datarules', 'member-unknown'],
  ])('refuse %s', async (_what, requirement, ...[path, code]) => {
    const at = { path: `requirements[0].${path}`, code, reason: expect.any(String) }
    const created = await api.post('badge-templates', {
      ...owner,
      name: 'Wrong',
      requirements: [requirement],
    })
    expect(created).toMatchObject({ status: 422, body: { code: 'rules-invalid' } })
    expect(created.body.faults).toEqual([at])

    const { id, requirements } = await aDraft({ requirements: [{ eventType: ccxType }] })
    const put = await api.put(`badge-templates/${id}/rules`, { requirements: [requirement] })
    expect(put).toMatchObject({ status: 422, body: { code: 'rules-invalid', faults: [at] } })
    const added = await api.post(`badge-templates/${id}/requirements`, requirement)
    expect(added).toMatchObject({ status: 422, body: { code: 'rules-invalid' } })
    expect(added.body.faults).toEqual([{ ...at, path }])
    expect((await api.get(`badge-templates/${id}`)).body.requirements).toEqual(requirements)
  })

  it('are replaced as a whole in a draft, and marks of the old ones go', async () => {
    const { id } = await anActive({
      requirements: [{ eventType: passingType }, { eventType: ccxType }],
    })
    await app.progress.handle([aGrade({ learner: 900 })], 'rosette')
    expect((await api.get(`badge-templates/${id}/progress`)).body.items).toHaveLength(1)
    await api.post(`badge-templates/${id}/deactivation`)
    const answer = await api.put(`badge-templates/${id}/rules`, {
      reaward: 'never',
      requirements: [{ id: 'only', eventType: ccxType }],
    })
    expect(answer).toMatchObject({
      status: 200,
      body: { reaward: 'never', requirements: [{ id: 'only', group: 'A' }], penalties: [] },
    })
    expect((await api.get(`badge-templates/${id}/progress`)).body.items).toEqual([])
  })

  it('stand still while the template is active', async () => {
    const { id } = await anActive()
    for (const answer of [
      await api.put(`badge-templates/${id}/rules`, { requirements: [] }),
      await api.post(`badge-templates/${id}/requirements`, { eventType: ccxType }),
      await api.delete(`badge-templates/${id}/requirements/r1`),
      await api.post(`badge-templates/${id}/penalties`, {}),
    ]) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'template-not-draft' } })
      expect(answer.body.title).toContain('Deactivate it first')
    }
  })

  it('are added and removed one by one, marks of the others staying', async () => {
    const { id } = await anActive({
      requirements: [{ eventType: passingType }, { eventType: ccxType }],
    })
    await app.progress.handle([aGrade({ learner: 901 })], 'rosette')
    await api.post(`badge-templates/${id}/deactivation`)
    const more = await api.post(`badge-templates/${id}/requirements`, { eventType: passingType })
    expect(more.status).toBe(201)
    expect(
      more.body.requirements.map((r: { id: string; group: string }) => [r.id, r.group]),
    ).toEqual([
      ['r1', 'A'],
      ['r2', 'B'],
      ['r3', 'C'],
    ])
    const penalty = { eventType: passingType, dataRules: [fails], requirements: ['r3'] }
    expect((await api.post(`badge-templates/${id}/penalties`, penalty)).status).toBe(201)
    const named = await api.delete(`badge-templates/${id}/requirements/r3`)
    expect(named).toMatchObject({
      status: 422,
      body: { code: 'rules-invalid', faults: [{ path: 'penalties[0].requirements[0]' }] },
    })
    expect((await api.delete(`badge-templates/${id}/penalties/p1`)).status).toBe(200)
    expect((await api.delete(`badge-templates/${id}/requirements/r3`)).status).toBe(200)
    expect((await api.delete(`badge-templates/${id}/requirements/r3`)).status).toBe(422)
    const { body } = await api.get(`badge-templates/${id}/progress`)
    expect(body.items).toMatchObject([{ ratio: 0.5, learner: { username: 'learner901' } }])
  })
})

describe('activation', () => {
  it('starts processing, deactivation stops it, and both are told to consumers', async () => {
    const course = 'course-v1:A+activation+1'
    const rule = { keyPath: 'course.course_key', operator: 'eq', value: course }
    const { id } = await aDraft({ requirements: [{ eventType: passingType, dataRules: [rule] }] })
    await app.progress.handle([aGrade({ learner: 910, course })], 'rosette')
    const before = await version()
    const active = await api.post(`badge-templates/${id}/activation`)
    expect(active).toMatchObject({ status: 200, body: { state: 'active', awarded: 0 } })
    expect(active.body.activatedAt).not.toBeNull()
    await app.progress.handle([aGrade({ learner: 911, course })], 'rosette')
    const draft = await api.post(`badge-templates/${id}/deactivation`)
    expect(draft).toMatchObject({ status: 200, body: { state: 'draft', awarded: 1 } })
    await app.progress.handle([aGrade({ learner: 912, course })], 'rosette')
    expect((await api.get(`badge-templates/${id}`)).body.awarded).toBe(1)
    expect(await version()).toBe(before + 2)
  })

  it('is refused with every fault, and nothing changes', async () => {
    const { id } = await aDraft({
      requirements: [],
      penalties: [{ eventType: passingType, dataRules: [], requirements: [] }],
    })
    const before = await version()
    const answer = await api.post(`badge-templates/${id}/activation`)
    expect(answer).toMatchObject({ status: 422, body: { code: 'activation-refused' } })
    expect(answer.body.faults.map(({ code }: { code: string }) => code)).toEqual([
      'no-requirements',
      'penalty-without-rules',
    ])
    expect((await api.get(`badge-templates/${id}`)).body.state).toBe('draft')
    expect(await version()).toBe(before)
  })

  it('refuses badges that wait for each other', async () => {
    const onBadge = (id: string) => ({
      requirements: [
        {
          eventType: awardedType,
          dataRules: [{ keyPath: 'template.uuid', operator: 'eq', value: id }],
        },
      ],
    })
    const first = await aDraft()
    const second = await anActive(onBadge(first.id))
    await api.put(`badge-templates/${first.id}/rules`, onBadge(second.id))
    const answer = await api.post(`badge-templates/${first.id}/activation`)
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'activation-refused', faults: [{ code: 'badge-cycle' }] },
    })
  })

  it('of an archived template needs it to be a draft again', async () => {
    const { id } = await anActive()
    expect((await api.post(`badge-templates/${id}/archival`)).body.state).toBe('archived')
    const answer = await api.post(`badge-templates/${id}/activation`)
    expect(answer).toMatchObject({ status: 409, body: { code: 'template-archived' } })
    await api.post(`badge-templates/${id}/deactivation`)
    expect((await api.post(`badge-templates/${id}/activation`)).body.state).toBe('active')
  })
})

describe('the file format', () => {
  it('carries templates elsewhere, links between them included', async () => {
    const files = [
      { id: 'base', name: 'Base', requirements: [{ eventType: passingType, dataRules: [passes] }] },
      {
        id: 'top',
        name: 'Top',
        repeat: null,
        requirements: [
          {
            eventType: awardedType,
            count: { atLeast: 1 },
            window: { from: '2026-01-01T00:00:00Z' },
            dataRules: [{ keyPath: 'template.uuid', operator: 'in', value: ['base'] }],
          },
        ],
      },
    ]
    const target = await anOrganization(api)
    const answer = await api.post(`template-files?organizationId=${target.organizationId}`, files)
    expect(answer.status).toBe(201)
    const [base, top] = answer.body.items
    expect(top.requirements[0].dataRules[0].value).toEqual([base.id])
    const one = await api.get(`badge-templates/${top.id}/file`)
    expect(one.body).toEqual({
      id: top.id,
      name: 'Top',
      reaward: 'allowed',
      repeat: null,
      requirements: [
        {
          id: 'r1',
          group: 'A',
          eventType: awardedType,
          dataRules: [{ keyPath: 'template.uuid', operator: 'in', value: [base.id] }],
          count: { atLeast: 1 },
          window: { from: '2026-01-01T00:00:00Z' },
        },
      ],
      penalties: [],
    })
    const all = await api.get(`template-files?organizationId=${target.organizationId}`)
    expect(all.body.map(({ name }: { name: string }) => name)).toEqual(['Base', 'Top'])
  })

  it('is refused as a whole when one template is wrong', async () => {
    const target = await anOrganization(api)
    const files = [
      { id: 'good', requirements: [{ eventType: passingType }] },
      { id: 'bad', requirements: [{ eventType: 'nothing' }] },
    ]
    const answer = await api.post(`template-files?organizationId=${target.organizationId}`, files)
    expect(answer).toMatchObject({
      status: 422,
      body: { faults: [{ path: '[1].requirements[0].eventType', code: 'event-type-unknown' }] },
    })
    const all = await api.get(`template-files?organizationId=${target.organizationId}`)
    expect(all.body).toEqual([])
  })
})

describe('event types', () => {
  it('are those configured and our own, with key paths that are not ignored', async () => {
    const { body } = await api.get('event-types')
    const types = body.items.map(({ eventType }: { eventType: string }) => eventType)
    expect(types).toEqual([
      passingType,
      ccxType,
      awardedType,
      'org.openedx.learning.badge.revoked.v1',
    ])
    const paths = body.items[0].keyPaths.map(({ path }: { path: string }) => path)
    expect(paths).toContain('course.course_key')
    expect(paths).not.toContain('user.pii.email')
    expect(body.items[0].keyPaths[0]).toEqual({
      path: 'is_passing',
      label: 'Is passing',
      type: 'boolean',
      nullable: false,
      operators: ['eq', 'ne', 'in', 'not_in', 'exists'],
    })
  })
})
