import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { passingType } from '../../testing/sample-events.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

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

const nobody = '00000000-0000-4000-8000-000000000000'

describe('organizations', () => {
  it('are created with a short name made from the name, and read again', async () => {
    const created = await api.post('organizations', { name: 'Universität Zürich' })
    expect(created.status).toBe(201)
    expect(created.headers['location']).toBe(`/api/v1/organizations/${created.body.id}`)
    expect(created.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      slug: 'universitat-zurich',
      name: 'Universität Zürich',
      createdAt: expect.any(String),
    })
    const read = await api.get(`organizations/${created.body.id}`)
    expect(read).toMatchObject({ status: 200, body: created.body })
  })

  it('are found by the short form of their id too', async () => {
    const { body } = await api.post('organizations', { name: 'Short Form' })
    const short = Buffer.from(body.id.replaceAll('-', ''), 'hex').toString('base64url')
    expect(await api.get(`organizations/${short}`)).toMatchObject({ status: 200, body })
  })

  it('refuse a short name that is taken, and one that is none', async () => {
    await api.post('organizations', { name: 'First', slug: 'taken' })
    const second = await api.post('organizations', { name: 'Second', slug: 'taken' })
    expect(second).toMatchObject({ status: 409, body: { code: 'organization-exists' } })
    const third = await api.post('organizations', { name: 'Third', slug: 'Not A Slug' })
    expect(third.status).toBe(400)
    expect(third.body).toMatchObject({ code: 'request-invalid', faults: [{ path: 'slug' }] })
  })

  it('come in pages by name, without a gap or a repetition', async () => {
    const names = ['Page A', 'Page B', 'Page C', 'Page D', 'Page E']
    for (const name of names) await api.post('organizations', { name })
    const seen: string[] = []
    let cursor = ''
    do {
      const page = await api.get(`organizations?limit=2${cursor && `&cursor=${cursor}`}`)
      expect(page.status).toBe(200)
      expect(page.body.items.length).toBeLessThanOrEqual(2)
      seen.push(...page.body.items.map(({ name }: { name: string }) => name))
      cursor = page.body.next ?? ''
    } while (cursor !== '')
    expect(seen.filter((name) => name.startsWith('Page'))).toEqual(names)
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('refuse a cursor of another list', async () => {
    const answer = await api.get('organizations?cursor=bm9uc2Vuc2U')
    expect(answer).toMatchObject({ status: 400, body: { faults: [{ path: 'cursor' }] } })
  })

  it('are changed, and the change stands in the audit log with its actor', async () => {
    const { body } = await api.post('organizations', { name: 'Old Name' })
    const changed = await api.patch(`organizations/${body.id}`, { name: 'New Name' })
    expect(changed).toMatchObject({ status: 200, body: { ...body, name: 'New Name' } })
    const audit = await app.db
      .selectFrom('audit_log')
      .select(['actor', 'action', 'detail'])
      .where('subject', '=', `organization/${body.id}`)
      .orderBy('id')
      .execute()
    expect(audit).toEqual([
      { actor: 'token: ROSETTE_ADMIN_TOKEN', action: 'organization.create', detail: {} },
      {
        actor: 'token: ROSETTE_ADMIN_TOKEN',
        action: 'organization.update',
        detail: { name: 'New Name' },
      },
    ])
  })

  it('are deleted with their issuers and templates, unless a badge was awarded', async () => {
    const owner = await anOrganization(api)
    const template = await api.post('badge-templates', { ...owner, name: 'Gone' })
    expect(template.status).toBe(201)
    const gone = await api.delete(`organizations/${owner.organizationId}`)
    expect(gone).toMatchObject({ status: 204, body: '' })
    expect((await api.get(`badge-templates/${template.body.id}`)).status).toBe(404)

    const other = await anOrganization(api)
    const kept = await api.post('badge-templates', {
      ...other,
      name: 'Kept',
      requirements: [{ eventType: passingType }],
    })
    await api.post(`badge-templates/${kept.body.id}/activation`)
    const learner = await api.post('learners', { username: 'ada', email: 'ada@example.com' })
    const award = await api.post(`badge-templates/${kept.body.id}/awards`, {
      learnerId: learner.body.id,
    })
    expect(award.status).toBe(201)
    const refused = await api.delete(`organizations/${other.organizationId}`)
    expect(refused).toMatchObject({ status: 409, body: { code: 'organization-in-use' } })
  })

  it('are deleted once, also when asked at once', async () => {
    const { body } = await api.post('organizations', { name: 'Leaving' })
    const remove = () => api.delete(`organizations/${body.id}`)
    const answers = await Promise.all([remove(), remove(), remove()])
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404, 404])
  })

  it('that are missing are not found, and a text that is no id is refused', async () => {
    for (const answer of [
      await api.get(`organizations/${nobody}`),
      await api.patch(`organizations/${nobody}`, { name: 'Any' }),
      await api.delete(`organizations/${nobody}`),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { code: 'organization-not-found' } })
    }
    expect(await api.get('organizations/one')).toMatchObject({
      status: 400,
      body: { code: 'request-invalid', faults: [{ path: 'id' }] },
    })
  })

  it('refuse a body that is no JSON, and a text that cannot be stored', async () => {
    const broken = await api.send({
      method: 'POST',
      url: '/api/v1/organizations',
      headers: { 'content-type': 'application/json' },
      payload: '{"name":',
    })
    expect(broken).toMatchObject({ status: 400, body: { code: 'request-invalid' } })
    const nul = await api.post('organizations', { name: 'a\u0000b', slug: 'nul' })
    expect(nul).toMatchObject({ status: 400, body: { code: 'request-invalid' } })
  })
})

describe('issuers', () => {
  it('are created with a key, listed by organization, changed, and get a new key', async () => {
    const { organizationId, issuerId } = await anOrganization(api)
    const read = await api.get(`issuers/${issuerId}`)
    expect(read.body).toEqual({
      id: issuerId,
      organizationId,
      name: expect.any(String),
      url: 'https://university.example',
      email: null,
      description: null,
      identifier: 'url',
      keys: [
        {
          kid: expect.stringMatching(/^z6Mk/),
          algorithm: 'Ed25519',
          createdAt: expect.any(String),
          retiredAt: null,
          revokedAt: null,
          revocationReason: null,
        },
      ],
      createdAt: expect.any(String),
    })
    const list = await api.get(`issuers?organizationId=${organizationId}`)
    expect(list.body).toEqual({ items: [read.body], next: null })

    const changed = await api.patch(`issuers/${issuerId}`, { email: 'badges@university.example' })
    expect(changed.body).toEqual({ ...read.body, email: 'badges@university.example' })

    const rotated = await api.post(`issuers/${issuerId}/keys`)
    const [fresh, old] = rotated.body.keys
    expect(fresh).toMatchObject({ retiredAt: null })
    expect(old).toMatchObject({ kid: read.body.keys[0].kid, retiredAt: expect.any(String) })
  })

  it('need an organization and a web address', async () => {
    const lost = await api.post('issuers', {
      organizationId: nobody,
      name: 'Lost',
      url: 'https://a.example',
    })
    expect(lost).toMatchObject({ status: 404, body: { code: 'organization-not-found' } })
    const { organizationId } = await anOrganization(api)
    const odd = await api.post('issuers', {
      organizationId,
      name: 'Odd',
      url: 'javascript:alert(1)',
    })
    expect(odd).toMatchObject({ status: 400, body: { faults: [{ path: 'url' }] } })
    expect((await api.get(`issuers/${nobody}`)).body.code).toBe('issuer-not-found')
    expect((await api.post(`issuers/${nobody}/keys`)).body.code).toBe('issuer-not-found')
  })
})
