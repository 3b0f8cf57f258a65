import { queryOptions, useQuery } from '@tanstack/react-query'
import { answer, api, type Schema } from './api.js'

export type Appearance = Schema<'Appearance'>

/** How the operator has dressed the site; open to everybody, so that the sign-in page wears it too. */
export const appearanceQuery = queryOptions({
  queryKey: ['appearance'],
  queryFn: () => answer(api.GET('/api/v1/appearance')),
  staleTime: 300_000,
})

/** The name of the site; that of the brand until it is known. */
export function useSiteName(): string {
  return useQuery(appearanceQuery).data?.name ?? 'Rosette'
}
