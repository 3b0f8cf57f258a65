import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { aSignedIn, secretIn } from '../../testing/person.js'
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

async function statusWith(token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` }
  return (await api.send({ method: 'GET', url: '/api/v1/tokens', headers })).status
}

describe('administration tokens', () => {
  it('are made, shown once, and revoked for good', async () => {
    const made = await api.post('tokens', { name: 'importer' })
    const { token, ...shown } = made.body
    expect(made.status).toBe(201)
    expect(shown).toEqual({
      id: expect.any(String),
      name: 'importer',
      hint: token.slice(0, 12),
      organizationId: null,
      permissions: null,
      createdBy: 'token: ROSETTE_ADMIN_TOKEN',
      createdAt: expect.any(String),
      expiresAt: null,
      lastUsedAt: null,
      revokedAt: null,
    })
    expect(await statusWith(token)).toBe(200)
    const list = await api.get('tokens')
    expect(JSON.stringify(list.body)).not.toContain(token)
    expect(list.body.items).toContainEqual({ ...shown, lastUsedAt: expect.any(String) })

    const revoked = await api.post(`tokens/${shown.id}/revocation`)
    expect(revoked).toMatchObject({ status: 200, body: { revokedAt: expect.any(String) } })
    expect(await statusWith(token)).toBe(401)
    expect((await api.post(`tokens/${shown.id}/revocation`)).status).toBe(409)
  })

  it('are revoked once, also when asked at once', async () => {
    const { body } = await api.post('tokens', { name: 'leaving' })
    const revoke = () => api.post(`tokens/${body.id}/revocation`)
    const answers = await Promise.all([revoke(), revoke(), revoke()])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  })

  it('leave their name on what is done with them', async () => {
    const { body } = await api.post('tokens', { name: 'course team' })
    await api.send({
      method: 'POST',
      url: '/api/v1/organizations',
      headers: { authorization: `Bearer ${body.token}` },
      payload: { name: 'Audited' },
    })
    const log = await api.get('audit-log?actor=token:%20course%20team')
    expect(log).toMatchObject({ status: 200 })
    expect(log.body).toEqual({
      items: [
        {
          id: expect.any(Number),
          at: expect.any(String),
          actor: 'token: course team',
          action: 'organization.create',
          subject: expect.stringMatching(/^organization\//),
          organizationId: expect.any(String),
          detail: {},
          before: null,
          after: null,
        },
      ],
      next: null,
    })
  })

  it('are never taken for the person whose address they bear', async () => {
    const { user } = await aSignedIn(app, api.server)
    const { body } = await api.post('tokens', { name: user.email })
    const headers = { authorization: `Bearer ${body.token}` }
    const payload = { name: 'Disguised' }
    const url = '/api/v1/organizations'
    const made = await api.send({ method: 'POST', url, headers, payload })
    const sent = await api.send({
      method: 'POST',
      url: `${url}/${made.body.id}/invitations`,
      headers,
      payload: { email: 'guest@university.example', role: 'owner' },
    })
    const secret = secretIn(sent.body.link)
    const found = await api.post('invitations/find', { secret })
    expect(found.body.invitedBy).toBe(`token: ${user.email}`)
    const log = await api.get(`audit-log?organizationId=${made.body.id}`)
    for (const { actor } of log.body.items) expect(actor).toBe(`token: ${user.email}`)
  })

  it('that are missing are not found', async () => {
    const answer = await api.post('tokens/00000000-0000-4000-8000-000000000000/revocation')
    expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } })
  })
})

describe('a token of one organization', () => {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

  it('reaches nothing else, and does no more than it was given', async () => {
    const { organizationId } = await anOrganization(api)
    const { organizationId: elsewhere } = await anOrganization(api)
    const { body } = await api.post('tokens', { name: 'reports', organizationId, role: 'viewer' })
    expect(body).toMatchObject({
      organizationId,
      permissions: expect.arrayContaining(['award:read']),
    })
    const headers = bearer(body.token)
    const read = (id: string) =>
      api.send({ method: 'GET', url: `/api/v1/organizations/${id}`, headers })
    expect((await read(organizationId)).status).toBe(200)
    expect((await read(elsewhere)).status).toBe(404)
    const change = { method: 'PATCH', url: `/api/v1/organizations/${organizationId}` } as const
    const refused = await api.send({ ...change, headers, payload: { name: 'Mine' } })
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })

  it('is what an owner may do when nothing is said, and never more', async () => {
    const { organizationId } = await anOrganization(api)
    const { body } = await api.post('tokens', { name: 'owner', organizationId })
    expect(body.permissions).toContain('token:edit')
    expect(body.permissions).not.toContain('platform:edit')
    const more = { name: 'more', organizationId, permissions: ['platform:edit'] }
    expect(await api.post('tokens', more)).toMatchObject({ status: 400 })
    const both = { name: 'both', role: 'viewer', permissions: ['award:read'] }
    expect(await api.post('tokens', both)).toMatchObject({ status: 400 })
  })

  it('is given by people who hold it all, and shown to those who may make one', async () => {
    const { organizationId } = await anOrganization(api)
    const owner = await aSignedIn(app, api.server, { roles: { [organizationId]: 'owner' } })
    const editor = await aSignedIn(app, api.server, { roles: { [organizationId]: 'editor' } })
    const made = await owner.post('tokens', { name: 'by owner', organizationId, role: 'editor' })
    expect(made).toMatchObject({ status: 201, body: { createdBy: owner.user.email } })
    expect((await owner.get('tokens')).body.items).toMatchObject([{ name: 'by owner' }])
    expect((await owner.post('tokens', { name: 'all' })).status).toBe(403)
    expect((await editor.get('tokens')).status).toBe(403)
    expect((await editor.post(`tokens/${made.body.id}/revocation`)).status).toBe(403)
    const stranger = await aSignedIn(app, api.server, {
      roles: { [(await anOrganization(api)).organizationId]: 'owner' },
    })
    expect((await stranger.post(`tokens/${made.body.id}/revocation`)).status).toBe(404)
    const program = await api.send({
      method: 'POST',
      url: '/api/v1/tokens',
      headers: bearer(made.body.token),
      payload: { name: 'child', organizationId, role: 'viewer' },
    })
    expect(program.status).toBe(403)
    const maker = await owner.post('tokens', {
      name: 'maker',
      organizationId,
      permissions: ['token:edit'],
    })
    const child = await api.send({
      method: 'POST',
      url: '/api/v1/tokens',
      headers: bearer(maker.body.token),
      payload: { name: 'child', organizationId, permissions: ['award:edit'] },
    })
    expect(child).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect(child.body.title).toContain('award:edit')
  })

  it('makes none that outlives it', async () => {
    const soon = new Date(Date.now() + 60_000).toISOString()
    const later = new Date(Date.now() + 120_000).toISOString()
    const { organizationId } = await anOrganization(api)
    const maker = await api.post('tokens', { name: 'maker', organizationId, expiresAt: soon })
    const make = (expiresAt?: string | null) =>
      api.send({
        method: 'POST',
        url: '/api/v1/tokens',
        headers: bearer(maker.body.token),
        payload: { name: 'child', organizationId, role: 'viewer', expiresAt },
      })
    for (const at of [undefined, null, later]) {
      expect(await make(at), String(at)).toMatchObject({
        status: 400,
        body: { faults: [{ path: 'expiresAt' }] },
      })
    }
    expect((await make(soon)).status).toBe(201)
  })

  it('keeps each permission once, however often it is named', async () => {
    const { organizationId } = await anOrganization(api)
    const permissions = Array.from({ length: 1000 }, () => 'award:read')
    const { body } = await api.post('tokens', { name: 'again', organizationId, permissions })
    expect(body.permissions).toEqual(['award:read'])
  })

  it('ends with its organization', async () => {
    const { body: organization } = await api.post('organizations', { name: 'Short-lived' })
    const organizationId = organization.id
    const { body } = await api.post('tokens', { name: 'orphan', organizationId })
    expect(await statusWith(body.token)).toBe(200)
    expect((await api.delete(`organizations/${organizationId}`)).status).toBe(204)
    expect(await statusWith(body.token)).toBe(401)
  })

  it('ends when its time has come', async () => {
    const soon = new Date(Date.now() + 60_000).toISOString()
    const { body } = await api.post('tokens', { name: 'brief', expiresAt: soon })
    expect(await statusWith(body.token)).toBe(200)
    const past = { expires_at: new Date(Date.now() - 1).toISOString() }
    await app.db.updateTable('api_token').set(past).where('id', '=', body.id).execute()
    expect(await statusWith(body.token)).toBe(401)
    const late = await api.post('tokens', { name: 'late', expiresAt: '2020-01-01T00:00:00Z' })
    expect(late).toMatchObject({ status: 400, body: { faults: [{ path: 'expiresAt' }] } })
  })
})
