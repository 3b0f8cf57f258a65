import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { sitePath } from '../../config/places.js'
import { answer, api, type Schema } from '../../lib/api.js'
import { firstPage } from '../../lib/pages.js'
import { queries } from '../../lib/queries.js'

export type Award = Schema<'Award'>
export type AwardDetail = Schema<'AwardDetail'>
export type AwardHistory = Schema<'AwardHistory'>

/** Which awards are looked at, as the API filters them. */
export type AwardFilter = {
  readonly organizationId: string
  readonly search?: string | undefined
  readonly templateId?: string | undefined
  readonly learnerId?: string | undefined
  readonly status?: 'awarded' | 'revoked' | undefined
  readonly expired?: 'true' | 'false' | undefined
  readonly source?: 'rules' | 'hand' | undefined
  readonly from?: string | undefined
  readonly until?: string | undefined
}
export type AwardSort = 'latest' | 'earliest' | 'newest' | 'oldest'

export function awardsQuery(filter: AwardFilter, sort: AwardSort) {
  return infiniteQueryOptions({
    queryKey: ['awards', 'list', filter, sort],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/awards', {
          params: {
            query: { ...given(filter), sort, ...(pageParam !== null && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
}

export function awardsFile(filter: AwardFilter): string {
  return `${sitePath}api/v1/awards/file?${new URLSearchParams(given(filter))}`
}

export function awardQuery(id: string) {
  return queryOptions({
    queryKey: ['awards', id],
    queryFn: () => answer(api.GET('/api/v1/awards/{id}', { params: { path: { id } } })),
  })
}

export function awardHistoryQuery(id: string) {
  return queryOptions({
    queryKey: ['awards', id, 'history'],
    queryFn: () => answer(api.GET('/api/v1/awards/{id}/history', { params: { path: { id } } })),
  })
}

/** Badges that can be awarded by hand. */
export function grantableQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['badge-template-list', organizationId, 'grantable'],
    queryFn: async () => {
      const query = { organizationId, state: 'active' as const, limit: 200 }
      return (await answer(api.GET('/api/v1/badge-templates', { params: { query } }))).items
    },
  })
}

export function peopleQuery(search: string) {
  return queryOptions({
    queryKey: ['learners', 'found', search],
    queryFn: async () => {
      const query = { search, limit: 20 }
      return (await answer(api.GET('/api/v1/learners', { params: { query } }))).items
    },
    placeholderData: keepPreviousData,
  })
}

/** After anything that changes what somebody holds. */
export async function refreshAwards(): Promise<void> {
  const kinds = ['learners', 'awards', 'issuances']
  await queries.invalidateQueries({
    predicate: ({ queryKey: [kind] }) => kinds.some((one) => one === kind),
  })
}

function given<T extends object>(filter: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return parseGiven(filter)
}

function parseGiven<T extends object>(filter: T) {
  const members = Object.entries(filter).filter(([, value]) => value !== undefined)
  return Object.fromEntries(members) as { [Key in keyof T]: Exclude<T[Key], undefined> }
}
