import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '../../lib/api.js'

export function issuersQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['issuers', organizationId, 'all'],
    queryFn: () =>
      answer(api.GET('/api/v1/issuers', { params: { query: { organizationId, limit: 200 } } })),
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

export function providerTemplatesQuery(accountId: string, search: string) {
  return queryOptions({
    queryKey: ['provider-templates', accountId, search],
    queryFn: () =>
      answer(
        api.GET('/api/v1/provider-templates', {
          params: { query: { accountId, limit: 100, ...(search !== '' && { search }) } },
        }),
      ),
  })
}

/** What events may be told by, for the value that a badge repeats by. */
export const eventTypesQuery = queryOptions({
  queryKey: ['event-types'],
  queryFn: async () => (await answer(api.GET('/api/v1/event-types'))).items,
  staleTime: 300_000,
})
