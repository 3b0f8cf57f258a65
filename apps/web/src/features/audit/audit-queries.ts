import { infiniteQueryOptions } from '@tanstack/react-query'
import { sitePath } from '../../config/places.js'
import { answer, api, type Schema } from '../../lib/api.js'
import { firstPage } from '../../lib/pages.js'

export type AuditEntry = Schema<'AuditEntry'>

export type AuditFilters = {
  readonly organizationId?: string | undefined
  readonly actor?: string | undefined
  readonly action?: string | undefined
  readonly subject?: string | undefined
}

export const auditQuery = (filters: AuditFilters) =>
  infiniteQueryOptions({
    queryKey: ['audit', filters],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/audit-log', {
          params: {
            query: { ...given(filters), ...(pageParam !== null && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
  })

/** Where the same entries are as a table for other programs. */
export function auditFile(filters: AuditFilters): string {
  return `${sitePath}api/v1/audit-log/file?${new URLSearchParams(given(filters))}`
}

function given(filters: AuditFilters): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filters).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, value]],
    ),
  )
}
