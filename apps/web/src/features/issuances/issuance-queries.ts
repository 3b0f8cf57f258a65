import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { sitePath } from '../../config/places.js'
import { answer, api, type Schema } from '../../lib/api.js'
import { firstPage } from '../../lib/pages.js'
import { queries } from '../../lib/queries.js'

export type Issuance = Schema<'Issuance'>
export type IssuanceDetail = Schema<'IssuanceDetail'>
export type IssuanceCounts = Schema<'IssuanceCounts'>
export type State = Issuance['state']

export type IssuanceFilter = {
  readonly organizationId: string
  readonly search?: string | undefined
  readonly state?: State | undefined
  readonly accountId?: string | undefined
  readonly templateId?: string | undefined
  readonly learnerId?: string | undefined
}

export function issuancesQuery(filter: IssuanceFilter) {
  return infiniteQueryOptions({
    queryKey: ['issuances', 'list', filter],
    queryFn: ({ pageParam }) => {
      const { state, ...rest } = filter
      return answer(
        api.GET('/api/v1/issuances', {
          params: {
            query: {
              ...given(rest),
              ...(state !== undefined && { state: [state] }),
              ...(pageParam !== null && { cursor: pageParam }),
            },
          },
        }),
      )
    },
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
}

export function issuancesFile(filter: IssuanceFilter): string {
  return `${sitePath}api/v1/issuances/file?${new URLSearchParams(given(filter))}`
}

export function issuanceCountsQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['issuances', 'counts', organizationId],
    queryFn: () =>
      answer(api.GET('/api/v1/issuances/counts', { params: { query: { organizationId } } })),
  })
}

export function issuanceQuery(id: string) {
  return queryOptions({
    queryKey: ['issuances', id],
    queryFn: () => answer(api.GET('/api/v1/issuances/{id}', { params: { path: { id } } })),
    // What is on its way is looked at again until it has arrived.
    refetchInterval: ({ state: { data } }) =>
      data !== undefined && moving.has(data.state) ? 4000 : false,
  })
}

const moving = new Set<State>(['queued', 'issuing', 'revoking'])

export async function refreshIssuances(): Promise<void> {
  const kinds = ['awards', 'issuances']
  await queries.invalidateQueries({
    predicate: ({ queryKey: [kind] }) => kinds.some((one) => one === kind),
  })
}

function given(filter: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filter).flatMap(([name, value]) =>
      typeof value === 'string' && value !== '' ? [[name, value]] : [],
    ),
  )
}
