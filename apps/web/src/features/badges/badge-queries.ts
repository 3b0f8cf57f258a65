import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api } from '../../lib/api.js'

export type BadgeFilter = {
  readonly search?: string | undefined
  readonly state?: 'draft' | 'active' | 'archived' | undefined
  readonly tag?: string | undefined
  readonly target?: string | undefined
  readonly sort?: 'name' | 'changed' | 'created' | 'awarded' | undefined
}

/** Every list of badge templates begins with this: a change of one fetches them all again. */
const listKey = 'badge-template-list'

export function badgesQuery(organizationId: string, filter: BadgeFilter) {
  return infiniteQueryOptions({
    queryKey: [listKey, organizationId, filter],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/badge-templates', {
          params: {
            query: {
              organizationId,
              limit: 48,
              ...given(filter),
              ...(pageParam !== undefined && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: firstPage(),
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

export function tagsQuery(organizationId: string) {
  return queryOptions({
    queryKey: [listKey, organizationId, 'tags'],
    queryFn: () =>
      answer(api.GET('/api/v1/template-tags', { params: { query: { organizationId } } })),
  })
}

export function accountsQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['provider-accounts', organizationId, 'all'],
    queryFn: () =>
      answer(
        api.GET('/api/v1/provider-accounts', { params: { query: { organizationId, limit: 200 } } }),
      ),
  })
}

export function issuersQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['issuers', organizationId, 'all'],
    queryFn: () =>
      answer(api.GET('/api/v1/issuers', { params: { query: { organizationId, limit: 200 } } })),
  })
}

export function standingQuery(id: string) {
  return queryOptions({
    queryKey: ['badge-templates', id, 'standing'],
    queryFn: () =>
      answer(api.GET('/api/v1/badge-templates/{id}/standing', { params: { path: { id } } })),
  })
}

function firstPage(): string | undefined {
  return undefined
}

function given({ search, state, tag, target, sort }: BadgeFilter) {
  return {
    ...(search !== undefined && { search }),
    ...(state !== undefined && { state }),
    ...(tag !== undefined && { tag }),
    ...(target !== undefined && { target }),
    ...(sort !== undefined && { sort }),
  }
}
