import type { Permission } from '@rosette/contract'
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { answer, api, type Schema } from './api.js'

export type Session = Schema<'Session'>
export type SessionOrganization = Session['organizations'][number]

/** Who has signed in, and what they may do where. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => answer(api.GET('/api/v1/session')),
  staleTime: 60_000,
  retry: false,
})

export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data
}

/** The organization that the page is about: pages below `/o/$organization` have one. */
export function useOrganization(): SessionOrganization {
  const { organizations } = useSession()
  const { organization: slug } = useParams({ strict: false })
  const found = organizations.find((one) => one.slug === slug)
  if (found === undefined) throw new Error('There is no such organization.')
  return found
}

/** Whether the person may do this in the organization of the page, or everywhere where there is none. */
export function useMay(): (permission: Permission) => boolean {
  const { organizations, permissions } = useSession()
  const { organization: slug } = useParams({ strict: false })
  const here = organizations.find((one) => one.slug === slug)
  return (permission) =>
    permissions.includes(permission) || (here?.permissions.includes(permission) ?? false)
}
