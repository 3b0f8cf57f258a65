import { queryOptions } from '@tanstack/react-query'
import { answer, api } from './api.js'

/** Other places that are connected, to which badges can be sent. */
export const hostsQuery = queryOptions({
  queryKey: ['badge-hosts'],
  queryFn: () => answer(api.GET('/api/v1/me/hosts')),
})
