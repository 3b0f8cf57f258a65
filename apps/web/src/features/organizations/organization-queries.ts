import { queryOptions } from '@tanstack/react-query'
import { answer, api, done, type Schema } from '../../lib/api.js'
import { queries } from '../../lib/queries.js'
import { sessionQuery } from '../../lib/session.js'

export type Organization = Schema<'Organization'>

export const organizationsQuery = queryOptions({
  queryKey: ['organizations'],
  queryFn: () => answer(api.GET('/api/v1/organizations', { params: { query: { limit: 200 } } })),
})

export function changeOrganization(id: string, change: { name: string; slug: string }) {
  return answer(api.PATCH('/api/v1/organizations/{id}', { params: { path: { id } }, body: change }))
}

/** Makes an organization with an issuer of its name, so that badges can be made at once. */
export async function createOrganization(name: string, issuerUrl: string): Promise<Organization> {
  const organization = await answer(api.POST('/api/v1/organizations', { body: { name } }))
  await answer(
    api.POST('/api/v1/issuers', {
      body: { organizationId: organization.id, name, url: issuerUrl },
    }),
  )
  return organization
}

export function deleteOrganization(id: string): Promise<void> {
  return done(api.DELETE('/api/v1/organizations/{id}', { params: { path: { id } } }))
}

/** After a change, the menu and the lists must know of it. */
export async function organizationsChanged(): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: sessionQuery.queryKey }),
    queries.invalidateQueries({ queryKey: organizationsQuery.queryKey }),
  ])
}
