import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { aSignedIn } from '../../testing/person.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let api: ApiClient
let organizationId: string
let issuerId: string
let elsewhere: string
beforeAll(async () => {
  app = await createTestApp()
  api = await createApiClient(app)
  ;({ organizationId, issuerId } = await anOrganization(api))
  ;({ organizationId: elsewhere } = await anOrganization(api))
  await api.patch(`issuers/${issuerId}`, { name: 'Registrar, renamed' })
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

const asOwner = () => aSignedIn(app, api.server, { roles: { [organizationId]: 'owner' } })

describe('the audit log', () => {
  it('keeps what changed, as it was and as it is, with the organization', async () => {
    const { body } = await api.get(`audit-log?subject=issuer/${issuerId}&action=issuer.update`)
    expect(body.items).toMatchObject([
      {
        organizationId,
        before: { name: expect.stringMatching(/^Registrar \d+$/) },
        after: { name: 'Registrar, renamed' },
      },
    ])
  })

  it('names the organization of things that are gone as well', async () => {
    const template = await api.post('badge-templates', { organizationId, issuerId, name: 'Gone' })
    await api.delete(`badge-templates/${template.body.id}`)
    const { body } = await api.get(`audit-log?subject=badge-template/${template.body.id}`)
    expect(body.items).toMatchObject([
      { action: 'badge-template.delete', organizationId },
      { action: 'badge-template.create', organizationId },
    ])
  })

  it('shows owners what concerns their organization, and others nothing', async () => {
    const owner = await asOwner()
    const { body } = await owner.get('audit-log?limit=200')
    expect(body.items.length).toBeGreaterThan(2)
    const seen = new Set(
      body.items.map((entry: { organizationId: string }) => entry.organizationId),
    )
    expect([...seen]).toEqual([organizationId])
    const foreign = await owner.get(`audit-log?organizationId=${elsewhere}`)
    expect(foreign.body.items).toEqual([])
    const editor = await aSignedIn(app, api.server, { roles: { [organizationId]: 'editor' } })
    expect((await editor.get('audit-log')).status).toBe(403)
    const all = await api.get(`audit-log?organizationId=${elsewhere}`)
    expect(all.body.items.length).toBeGreaterThan(0)
  })

  it('is narrowed by kind of action, and by time', async () => {
    const issuers = await api.get('audit-log?action=issuer')
    const actions = issuers.body.items.map(({ action }: { action: string }) => action)
    expect(new Set(actions)).toEqual(new Set(['issuer.create', 'issuer.update']))
    expect((await api.get('audit-log?action=iss_er')).body.items).toEqual([])
    expect((await api.get('audit-log?until=2020-01-01T00:00:00Z')).body.items).toEqual([])
  })

  it('is a table for spreadsheets, without formulas', async () => {
    await api.post('organizations', { name: 'Formula', slug: 'formula' })
    const formula = {
      actor: '=HYPERLINK("http://evil.example")',
      action: 'test',
      subject: 'test/1',
    }
    await app.db
      .insertInto('audit_log')
      .values({ ...formula, detail: '{}', organization_id: organizationId })
      .execute()
    const owner = await asOwner()
    const file = await owner.get('/api/v1/audit-log/file')
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8')
    const lines = file.body.trim().split('\n')
    expect(lines[0]).toContain('at,actor,action,subject,organizationId,before,after,detail')
    expect(lines[1]).toContain('"\'=HYPERLINK(""http://evil.example"")"')
    expect(file.body).toContain('Registrar, renamed')
    expect(file.body).not.toContain(elsewhere)
  })
})
