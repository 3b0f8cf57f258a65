import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { aPerson, aSignedIn } from '../../testing/person.js'
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

async function twoOwners() {
  const { organizationId } = await anOrganization(api)
  const roles = { [organizationId]: 'owner' as const }
  const ada = await aSignedIn(app, api.server, { roles, name: 'Ada' })
  const bo = await aSignedIn(app, api.server, { roles, name: 'Bo' })
  const path = (userId = '') => `organizations/${organizationId}/members/${userId}`
  return { organizationId, ada, bo, path }
}

describe('the members of an organization', () => {
  it('are listed for all of them, and for nobody else', async () => {
    const { organizationId, ada, path } = await twoOwners()
    const viewer = await aSignedIn(app, api.server, {
      roles: { [organizationId]: 'viewer' },
      name: 'Vi',
    })
    const { body } = await viewer.get(path())
    expect(body.items).toMatchObject([
      { userId: ada.user.id, name: 'Ada', role: 'owner', claimedFrom: null, isDisabled: false },
      { name: 'Bo', role: 'owner' },
      { name: 'Vi', role: 'viewer' },
    ])
    const stranger = await aSignedIn(app, api.server)
    expect((await stranger.get(path())).status).toBe(403)
    const elsewhere = await twoOwners()
    expect((await elsewhere.ada.get(path())).body.code).toBe('organization-not-found')
    expect((await viewer.patch(path(ada.user.id), { role: 'viewer' })).status).toBe(403)
    expect((await elsewhere.ada.delete(path(ada.user.id))).body.code).toBe('organization-not-found')
  })

  it('get another role, which the audit log keeps, and leave', async () => {
    const { organizationId, ada, bo, path } = await twoOwners()
    const changed = await ada.patch(path(bo.user.id), { role: 'staff' })
    expect(changed).toMatchObject({ status: 200, body: { role: 'staff' } })
    const log = await ada.get(`audit-log?subject=user/${bo.user.id}`)
    expect(log.body.items).toMatchObject([
      {
        organizationId,
        actor: ada.user.email,
        action: 'member.update',
        before: { role: 'owner' },
        after: { role: 'staff' },
      },
    ])
    expect((await ada.delete(path(bo.user.id))).status).toBe(204)
    expect((await bo.get('session')).body.organizations).toEqual([])
    expect((await ada.delete(path(bo.user.id))).body.code).toBe('member-not-found')
  })

  it('keep one owner, also when two go at once', async () => {
    const { ada, bo, path } = await twoOwners()
    const going = await Promise.all([
      ada.patch(path(bo.user.id), { role: 'viewer' }),
      bo.patch(path(ada.user.id), { role: 'viewer' }),
    ])
    const statuses = going.map(({ status }) => status).sort()
    // The second is no owner any more, or is refused as the last one.
    expect(statuses[0]).toBe(200)
    expect([403, 409]).toContain(statuses[1])
    const leaving = await twoOwners()
    const left = await Promise.all([
      leaving.ada.delete(leaving.path(leaving.ada.user.id)),
      leaving.bo.delete(leaving.path(leaving.bo.user.id)),
    ])
    expect(left.map(({ status }) => status).sort()).toEqual([204, 409])
    expect(left.find(({ status }) => status === 409)?.body.code).toBe('last-owner')
  })

  it('count no owner whose account is switched off', async () => {
    const { ada, bo, path } = await twoOwners()
    await api.patch(`users/${bo.user.id}`, { isDisabled: true })
    expect((await ada.delete(path(ada.user.id))).body.code).toBe('last-owner')
  })

  it('are given no more than their giver holds', async () => {
    const { organizationId, path } = await twoOwners()
    const { id } = await aPerson(app, { roles: { [organizationId]: 'viewer' } })
    const token = await api.post('tokens', {
      name: 'members',
      organizationId,
      permissions: ['member:edit', 'member:read', 'organization:read'],
    })
    const raised = await api.send({
      method: 'PATCH',
      url: `/api/v1/${path(id)}`,
      headers: { authorization: `Bearer ${token.body.token}` },
      payload: { role: 'owner' },
    })
    expect(raised).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })
})
