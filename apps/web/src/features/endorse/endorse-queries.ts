import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '../../lib/api.js'

export function askedQuery(secret: string) {
  return queryOptions({
    queryKey: ['endorsement-request', secret],
    queryFn: () => answer(api.POST('/api/v1/endorsement-requests/read', { body: { secret } })),
    enabled: secret !== '',
    retry: false,
    // What somebody is writing is not written over.
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
}
