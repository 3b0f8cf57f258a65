import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, createApiClient } from '../../testing/api-client.js'
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
      createdAt: expect.any(String),
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
    const log = await api.get('audit-log?actor=course%20team')
    expect(log).toMatchObject({ status: 200 })
    expect(log.body).toEqual({
      items: [
        {
          id: expect.any(Number),
          at: expect.any(String),
          actor: 'course team',
          action: 'organization.create',
          subject: expect.stringMatching(/^organization\//),
          detail: {},
        },
      ],
      next: null,
    })
  })

  it('that are missing are not found', async () => {
    const answer = await api.post('tokens/00000000-0000-4000-8000-000000000000/revocation')
    expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } })
  })
})
