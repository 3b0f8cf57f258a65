import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
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

async function aTemplate(name: string, more: object = {}): Promise<string> {
  const requirements = [{ eventType: passingType }]
  const answer = await api.post('badge-templates', { ...owner, name, requirements, ...more })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.id
}

let people = 0
async function award(templateId: string, times: number): Promise<string[]> {
  await api.post(`badge-templates/${templateId}/activation`)
  const ids: string[] = []
  for (let i = 0; i < times; i += 1) {
    people += 1
    const username = `holder${people}`
    const learner = await api.post('learners', { username, email: `${username}@x.example` })
    const learnerId = learner.body.id
    const answer = await api.post(`badge-templates/${templateId}/awards`, { learnerId })
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    ids.push(answer.body.id)
  }
  return ids
}

const listed = async (query: string) => {
  const answer = await api.get(`badge-templates?organizationId=${owner.organizationId}&${query}`)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}
const names = async (query: string) =>
  (await listed(query)).items.map(({ name }: { name: string }) => name)

describe('the list of badge templates', () => {
  let alpha: string
  beforeAll(async () => {
    alpha = await aTemplate('Alpha', { tags: ['data', 'python'] })
    const beta = await aTemplate('beta', { tags: ['data'] })
    const gamma = await aTemplate('Gamma')
    await award(beta, 2)
    await award(gamma, 1)
    await api.patch(`badge-templates/${alpha}`, { description: 'Changed last' })
  })

  it.each([
    ['sort=name', ['Alpha', 'beta', 'Gamma']],
    ['sort=awarded', ['beta', 'Gamma', 'Alpha']],
    ['sort=created', ['Gamma', 'beta', 'Alpha']],
    ['sort=changed', ['Alpha', 'Gamma', 'beta']],
    ['tag=data', ['Alpha', 'beta']],
    ['tag=dat', []],
    ['target=native&state=draft', ['Alpha']],
    ['target=00000000-0000-4000-8000-000000000000', []],
  ])('is filtered and sorted by %s', async (query, expected) => {
    expect(await names(query)).toEqual(expected)
  })

  it.each(['name', 'awarded', 'created', 'changed'])(
    'is paged in the order of %s',
    async (sort) => {
      const whole = await names(`sort=${sort}`)
      const paged: string[] = []
      let next: string | null = null
      do {
        const cursor: string = next === null ? '' : `&cursor=${next}`
        const page = await listed(`sort=${sort}&limit=1${cursor}`)
        paged.push(...page.items.map(({ name }: { name: string }) => name))
        next = page.next
      } while (next !== null)
      expect(paged).toEqual(whole)
    },
  )

  it('knows the tags in use', async () => {
    const answer = await api.get(`template-tags?organizationId=${owner.organizationId}`)
    expect(answer.body.items).toEqual([
      { tag: 'data', templates: 2 },
      { tag: 'python', templates: 1 },
    ])
  })
})

describe('the standing of a badge', () => {
  it('counts who holds it and who lost it', async () => {
    const id = await aTemplate('Standing')
    const [first = ''] = await award(id, 3)
    await api.post(`awards/${first}/revocation`, { reason: 'A mistake' })
    const answer = await api.get(`badge-templates/${id}/standing`)
    expect(answer.body).toEqual({ holding: 2, onTheWay: 0, lost: 1 })
  })
})

describe('the file of a template', () => {
  it('carries what the badge says and how long it lasts', async () => {
    const said = {
      description: 'What it is',
      criteria: '**How**',
      tags: ['one'],
      expiresAfterDays: 90,
    }
    const id = await aTemplate('Whole', said)
    const file = (await api.get(`badge-templates/${id}/file`)).body
    expect(file).toMatchObject(said)
    const query = `organizationId=${owner.organizationId}&issuerId=${owner.issuerId}`
    const imported = await api.post(`template-files?${query}`, [file])
    expect(imported).toMatchObject({ status: 201, body: { items: [{ name: 'Whole', ...said }] } })
  })
})
