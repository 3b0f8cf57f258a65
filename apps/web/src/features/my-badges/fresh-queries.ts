import { queryOptions } from '@tanstack/react-query'
import { answer, api, done } from '../../lib/api.js'

/** What was new when the page was opened; it is not asked again, or it would go while it is looked at. */
export const freshQuery = queryOptions({
  queryKey: ['backpack-fresh'],
  queryFn: () =>
    answer(
      api.GET('/api/v1/backpack/badges', {
        params: { query: { isNew: 'true', show: 'shown', limit: 6 } },
      }),
    ),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 0,
})

export function markSeen(): Promise<void> {
  return done(api.POST('/api/v1/backpack/seen'))
}
