import { infiniteQueryOptions } from '@tanstack/react-query'
import { answer, api } from '../../lib/api.js'

/** Who has begun and never held the badge. */
export function onTheWayQuery(templateId: string) {
  return infiniteQueryOptions({
    queryKey: ['badge-templates', templateId, 'on-the-way'],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/badge-templates/{id}/progress', {
          params: {
            path: { id: templateId },
            query: {
              standing: 'on-the-way',
              limit: 30,
              ...(pageParam !== undefined && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: firstPage(),
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

export function awardsQuery(templateId: string, status: 'awarded' | 'revoked') {
  return infiniteQueryOptions({
    queryKey: ['badge-templates', templateId, 'awards', status],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/awards', {
          params: {
            query: {
              templateId,
              status,
              limit: 30,
              ...(pageParam !== undefined && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: firstPage(),
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

function firstPage(): string | undefined {
  return undefined
}
