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

const passes = { keyPath: 'is_passing', operator: 'eq', value: 'true' }
const passing = { id: 'r1', group: 'A', eventType: passingType, dataRules: [passes] }
const rules = { requirements: [passing] }
const svg = (fill: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4" fill="${fill}"/></svg>`

async function aTemplate(more: object = {}): Promise<string> {
  const answer = await api.post('badge-templates', { ...owner, name: 'Data', ...rules, ...more })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.id
}

async function putPicture(id: string, fill: string): Promise<void> {
  const answer = await api.send({
    method: 'PUT',
    url: `/api/v1/badge-templates/${id}/image`,
    headers: { 'content-type': 'image/svg+xml' },
    payload: svg(fill),
  })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
}

const versionsOf = async (id: string) =>
  (await api.get(`badge-templates/${id}/versions`)).body.items as {
    number: number
    action: string
    isCurrent: boolean
    changes: object[]
  }[]
const restore = (id: string, number: number) =>
  api.post(`badge-templates/${id}/versions/${number}/restore`)

describe('versions of a badge template', () => {
  it('tell what was changed, the latest first', async () => {
    const id = await aTemplate()
    await api.patch(`badge-templates/${id}`, { name: 'Statistics', tags: ['numbers'] })
    await putPicture(id, '#123456')
    const fails = { ...passes, value: 'false' }
    await api.put(`badge-templates/${id}/rules`, {
      requirements: [
        { ...passing, dataRules: [fails] },
        { ...passing, id: 'r2', group: 'B' },
      ],
    })
    await api.post(`badge-templates/${id}/activation`)
    const versions = await versionsOf(id)
    expect(versions.map(({ number, action }) => [number, action])).toEqual([
      [5, 'activate'],
      [4, 'replace-rules'],
      [3, 'set-image'],
      [2, 'update'],
      [1, 'create'],
    ])
    expect(versions.map(({ isCurrent }) => isCurrent)).toEqual([true, false, false, false, false])
    expect(versions.map(({ changes }) => changes)).toEqual([
      [{ kind: 'detail', field: 'state', before: 'draft', after: 'active' }],
      [
        {
          kind: 'requirement',
          id: 'r1',
          before: passing,
          after: { ...passing, dataRules: [fails] },
        },
        {
          kind: 'requirement',
          id: 'r2',
          before: null,
          after: { ...passing, id: 'r2', group: 'B' },
        },
      ],
      [{ kind: 'image', before: false, after: true }],
      [
        { kind: 'detail', field: 'name', before: 'Data', after: 'Statistics' },
        { kind: 'detail', field: 'tags', before: [], after: ['numbers'] },
      ],
      [],
    ])
  })

  it('are not made where nothing has changed', async () => {
    const id = await aTemplate()
    await api.patch(`badge-templates/${id}`, { name: 'Data' })
    expect(await versionsOf(id)).toHaveLength(1)
  })

  it('are read in pages, each compared with the one before it', async () => {
    const id = await aTemplate()
    for (const name of ['One', 'Two', 'Three']) await api.patch(`badge-templates/${id}`, { name })
    const first = await api.get(`badge-templates/${id}/versions?limit=2`)
    const second = await api.get(`badge-templates/${id}/versions?limit=2&cursor=${first.body.next}`)
    expect(second.body.next).toBeNull()
    const told = [...first.body.items, ...second.body.items].map(({ changes }) => changes[0]?.after)
    expect(told).toEqual(['Three', 'Two', 'One', undefined])
  })

  it('are read one by one, with all that the template was', async () => {
    const id = await aTemplate({ description: 'First' })
    await api.patch(`badge-templates/${id}`, { description: 'Second' })
    const answer = await api.get(`badge-templates/${id}/versions/1`)
    expect(answer.body).toMatchObject({
      number: 1,
      isCurrent: false,
      snapshot: { name: 'Data', description: 'First', ...rules, issuerId: owner.issuerId },
    })
    const missing = await api.get(`badge-templates/${id}/versions/9`)
    expect(missing).toMatchObject({ status: 404, body: { code: 'template-version-not-found' } })
  })

  it('go with the template', async () => {
    const id = await aTemplate()
    expect((await api.delete(`badge-templates/${id}`)).status).toBe(204)
    expect((await api.get(`badge-templates/${id}/versions`)).status).toBe(404)
  })
})

describe('restoring a version', () => {
  it('brings back words, picture and rules, as a new version', async () => {
    const id = await aTemplate({ alignments: [{ name: 'Skill', url: 'https://a.example/1' }] })
    await putPicture(id, '#123456')
    const before = (await api.get(`badge-templates/${id}`)).body
    await api.patch(`badge-templates/${id}`, { name: 'Other', alignments: [] })
    await putPicture(id, '#654321')
    await api.put(`badge-templates/${id}/rules`, { requirements: [], penalties: [] })
    const answer = await restore(id, 2)
    expect(answer).toMatchObject({ status: 200 })
    expect(answer.body).toEqual({ ...before, updatedAt: expect.any(String) })
    const [latest] = await versionsOf(id)
    expect(latest).toMatchObject({ number: 6, action: 'restore-version', isCurrent: true })
    const picture = await api.get(`badge-templates/${id}/versions/2/image`)
    expect(picture).toMatchObject({ status: 200, headers: { 'content-type': 'image/svg+xml' } })
  })

  it('leaves the rules of an active template alone, and refuses to change them', async () => {
    const id = await aTemplate()
    await api.put(`badge-templates/${id}/rules`, { requirements: [{ ...passing, group: 'C' }] })
    await api.post(`badge-templates/${id}/activation`)
    await api.patch(`badge-templates/${id}`, { name: 'Other' })
    const refused = await restore(id, 1)
    expect(refused).toMatchObject({ status: 409, body: { code: 'template-not-draft' } })
    expect((await api.get(`badge-templates/${id}`)).body.name).toBe('Other')
    const answer = await restore(id, 2)
    expect(answer).toMatchObject({ status: 200, body: { name: 'Data', state: 'active' } })
  })

  it('keeps both of two changes at once, one after the other', async () => {
    const id = await aTemplate()
    await api.patch(`badge-templates/${id}`, { name: 'Second' })
    await Promise.all([
      restore(id, 1),
      api.patch(`badge-templates/${id}`, { description: 'Meanwhile' }),
      api.patch(`badge-templates/${id}`, { criteria: 'Meanwhile' }),
    ])
    const numbers = (await versionsOf(id)).map(({ number }) => number)
    expect(numbers).toEqual(numbers.map((_, i) => numbers.length - i))
    expect(numbers.length).toBeGreaterThanOrEqual(4)
  })
})

describe('a duplicate', () => {
  it('is a draft with the words, rules and picture of the other', async () => {
    const id = await aTemplate({ tags: ['x'], expiresAfterDays: 30 })
    await putPicture(id, '#abcdef')
    await api.post(`badge-templates/${id}/activation`)
    const other = (await api.get(`badge-templates/${id}`)).body
    const answer = await api.post(`badge-templates/${id}/duplicate`, { name: 'Copy' })
    expect(answer.status).toBe(201)
    expect(answer.body).toEqual({
      ...other,
      id: expect.any(String),
      name: 'Copy',
      state: 'draft',
      image: { ...other.image, url: expect.stringContaining('/image') },
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      activatedAt: null,
    })
    expect(answer.body.id).not.toBe(id)
    const [first] = await versionsOf(answer.body.id)
    expect(first).toMatchObject({ number: 1, action: 'duplicate' })
  })
})
