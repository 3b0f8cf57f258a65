import { queryOptions } from '@tanstack/react-query'
import { answer, api, type Schema } from '../../lib/api.js'
import { queries } from '../../lib/queries.js'

export type Member = Schema<'Member'>
export type Invitation = Schema<'Invitation'>
export type Role = Schema<'Role'>

export const roles: readonly Role[] = ['viewer', 'staff', 'editor', 'owner']

export function isRole(text: string | null): text is Role {
  return roles.some((role) => role === text)
}

const ofOrganization = (id: string) => ({ params: { path: { id } } })

export const membersQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['members', organizationId],
    queryFn: () =>
      answer(api.GET('/api/v1/organizations/{id}/members', ofOrganization(organizationId))),
  })

export const invitationsQuery = (organizationId: string) =>
  queryOptions({
    queryKey: ['invitations', organizationId],
    queryFn: () =>
      answer(api.GET('/api/v1/organizations/{id}/invitations', ofOrganization(organizationId))),
  })

export async function membersChanged(): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: ['members'] }),
    queries.invalidateQueries({ queryKey: ['invitations'] }),
  ])
}
