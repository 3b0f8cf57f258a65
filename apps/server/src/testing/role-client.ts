import { createHash, randomUUID } from 'node:crypto'
import { permissionsOf, type Role } from '@rosette/contract'
import type { ApiClient } from './api-client.js'
import type { TestApp } from './test-app.js'

/** Asks as a token that may do in one organization what a role may do there. */
export async function createRoleClient(
  app: TestApp,
  api: ApiClient,
  { organizationId, role }: { readonly organizationId: string; readonly role: Role },
) {
  const token = `test_${randomUUID()}`
  await app.db
    .insertInto('api_token')
    .values({
      name: `a token of the ${role}`,
      hash: createHash('sha256').update(token).digest(),
      organization_id: organizationId,
      permissions: `{${permissionsOf[role].join(',')}}`,
    })
    .execute()
  const headers = { authorization: `Bearer ${token}` }
  const asking = (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE') => {
    return (url: string, payload?: object) =>
      api.send({ method, url: `/api/v1/${url}`, headers, ...(payload && { payload }) })
  }
  return {
    get: asking('GET'),
    post: asking('POST'),
    put: asking('PUT'),
    patch: asking('PATCH'),
    delete: asking('DELETE'),
  }
}

export type RoleClient = Awaited<ReturnType<typeof createRoleClient>>
