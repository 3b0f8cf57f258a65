import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { aPerson, aSignedIn, openBrowser } from '../../testing/person.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let api: ApiClient
beforeEach(async () => {
  app = await createTestApp()
  api = await createApiClient(app)
})
afterEach(async () => {
  await api.server.close()
  await app.drop()
})

describe('the people who may sign in', () => {
  it('are listed by name with what they belong to, searched, and turned page by page', async () => {
    const { organizationId } = await anOrganization(api)
    await aPerson(app, { name: 'Bo', email: 'bo@university.example' })
    await aPerson(app, {
      name: 'Ada',
      email: 'ada@university.example',
      roles: { [organizationId]: 'owner' },
    })
    await aPerson(app, { name: 'Cy', email: 'cy_x@university.example', isAdministrator: true })
    const all = await api.get('users')
    expect(all.body.items).toMatchObject([
      { name: 'Ada', organizations: [{ id: organizationId, role: 'owner' }], providers: [] },
      { name: 'Bo', isAdministrator: false, hasPassword: true, disabledAt: null },
      { name: 'Cy', isAdministrator: true },
    ])
    const first = await api.get('users?limit=2')
    const rest = await api.get(`users?limit=2&cursor=${first.body.next}`)
    expect(rest.body.items).toMatchObject([{ name: 'Cy' }])
    expect((await api.get('users?search=y_x')).body.items).toMatchObject([{ name: 'Cy' }])
    expect((await api.get('users?search=%25')).body.items).toEqual([])
  })

  it('are shown and changed by administrators only', async () => {
    const { organizationId } = await anOrganization(api)
    const owner = await aSignedIn(app, api.server, { roles: { [organizationId]: 'owner' } })
    expect((await owner.get('users')).status).toBe(403)
    expect((await owner.patch(`users/${owner.user.id}`, { isAdministrator: true })).status).toBe(
      403,
    )
  })

  it('are switched off, which signs them out, and on again', async () => {
    const person = await aSignedIn(app, api.server)
    const path = `users/${person.user.id}`
    const off = await api.patch(path, { isDisabled: true })
    expect(off).toMatchObject({ status: 200, body: { disabledAt: expect.any(String) } })
    expect((await person.get('session')).status).toBe(401)
    expect((await person.signIn(person.user.email)).body.code).toBe('user-disabled')
    expect((await api.patch(path, { isDisabled: false })).body.disabledAt).toBeNull()
    expect((await person.signIn(person.user.email)).status).toBe(200)
    const log = await api.get(`audit-log?subject=user/${person.user.id}`)
    expect(log.body.items).toMatchObject([
      { after: { disabled_at: null } },
      { before: { disabled_at: null } },
    ])
  })

  it('become administrators, and stop being it, but one remains', async () => {
    const ada = await aSignedIn(app, api.server, { isAdministrator: true })
    const { id } = await aPerson(app)
    const last = await ada.patch(`users/${ada.user.id}`, { isAdministrator: false })
    expect(last).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect((await ada.patch(`users/${ada.user.id}`, { isDisabled: true })).status).toBe(409)
    expect((await ada.delete(`users/${ada.user.id}`)).status).toBe(409)
    expect((await ada.patch(`users/${id}`, { isAdministrator: true })).status).toBe(200)
    expect((await ada.patch(`users/${ada.user.id}`, { isAdministrator: false })).status).toBe(200)
    expect((await ada.get('users')).status).toBe(403)
  })

  it('keep one administrator when two step down at once', async () => {
    const ada = await aSignedIn(app, api.server, { isAdministrator: true })
    const bo = await aSignedIn(app, api.server, { isAdministrator: true })
    const answers = await Promise.all([
      ada.patch(`users/${ada.user.id}`, { isAdministrator: false }),
      bo.patch(`users/${bo.user.id}`, { isAdministrator: false }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('are removed, once, and their sessions with them', async () => {
    const person = await aSignedIn(app, api.server)
    const path = `users/${person.user.id}`
    const answers = await Promise.all([api.delete(path), api.delete(path)])
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404])
    expect((await person.get('session')).status).toBe(401)
    expect((await openBrowser(api.server).signIn(person.user.email)).status).toBe(401)
    expect((await api.get(path)).body.code).toBe('user-not-found')
  })

  it('are not raised by a token that may not do everything itself', async () => {
    const { body } = await api.post('tokens', { name: 'users', permissions: ['user:edit'] })
    const { id } = await aPerson(app)
    const headers = { authorization: `Bearer ${body.token}` }
    const raised = await api.send({
      method: 'PATCH',
      url: `/api/v1/users/${id}`,
      headers,
      payload: { isAdministrator: true },
    })
    expect(raised).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })
})
