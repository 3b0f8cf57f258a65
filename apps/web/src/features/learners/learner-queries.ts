import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { sitePath } from '../../config/places.js'
import { answer, api, type Schema } from '../../lib/api.js'
import { firstPage } from '../../lib/pages.js'
import { queries } from '../../lib/queries.js'

export type Learner = Schema<'Learner'>
export type LearnerDetail = Schema<'LearnerDetail'>
export type Progress = Schema<'Progress'>
export type Award = Schema<'Award'>

export type LearnerFilter = {
  readonly search?: string | undefined
  readonly organizationId?: string | undefined
}

export function learnersQuery({ search, organizationId }: LearnerFilter) {
  return infiniteQueryOptions({
    queryKey: ['learners', 'list', { search, organizationId }],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/learners', {
          params: {
            query: {
              ...(search !== undefined && { search }),
              ...(organizationId !== undefined && { organizationId }),
              ...(pageParam !== null && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
  })
}

export function learnersFile(filter: LearnerFilter): string {
  const given = Object.entries(filter).filter((entry): entry is [string, string] => !!entry[1])
  return `${sitePath}api/v1/learners/file?${new URLSearchParams(given)}`
}

export function learnerFile(id: string): string {
  return `${sitePath}api/v1/learners/${id}/file`
}

export function learnerQuery(id: string) {
  return queryOptions({
    queryKey: ['learners', id],
    queryFn: () => answer(api.GET('/api/v1/learners/{id}', { params: { path: { id } } })),
  })
}

/** Where the badges of a learner are, by award; asked apart, because not everybody may know. */
export function placesQuery(learnerId: string) {
  return queryOptions({
    queryKey: ['learners', learnerId, 'issuances'],
    queryFn: async () => {
      const query = { learnerId, limit: 200 }
      const { items } = await answer(api.GET('/api/v1/issuances', { params: { query } }))
      return new Map(items.map((issuance) => [issuance.awardId, issuance]))
    },
  })
}

export function learnerEventsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ['learners', id, 'events'],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/learners/{id}/events', {
          params: {
            path: { id },
            query: { limit: 10, ...(pageParam !== null && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
  })
}

/** After anything that changes what somebody holds. */
export async function refreshPeople(): Promise<void> {
  const kinds = ['learners', 'awards', 'issuances']
  await queries.invalidateQueries({
    predicate: ({ queryKey: [kind] }) => kinds.some((one) => one === kind),
  })
}
