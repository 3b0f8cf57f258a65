import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answer, api, type Schema } from '../../lib/api.js'

export type Found = Schema<'Found'>

export const kinds = ['learner', 'template', 'award', 'issuance', 'event'] as const

export function searchQuery(q: string) {
  return queryOptions({
    queryKey: ['search', q],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/v1/search', { params: { query: { q } }, signal })),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  })
}

/** The page of what was found; what belongs to no organization is shown in the one that is open. */
export function placeOf(found: Found, openSlug: string | undefined): string {
  const slug = found.organization?.slug ?? openSlug ?? ''
  const base = `/o/${slug}`
  switch (found.kind) {
    case 'learner':
      return `${base}/learners/${found.id}`
    case 'template':
      return `${base}/badges/${found.id}`
    case 'award':
      return `${base}/awards/${found.id}`
    case 'issuance':
      return `${base}/issuances/${found.id}`
    case 'event':
      return `/platform/events/${found.id}${found.at === null ? '' : `?time=${encodeURIComponent(found.at)}`}`
  }
}
