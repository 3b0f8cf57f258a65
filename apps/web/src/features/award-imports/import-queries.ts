import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { sitePath, siteUrl } from '../../config/places.js'
import { answer, api, type Schema } from '../../lib/api.js'
import { firstPage } from '../../lib/pages.js'
import { ProblemError } from '../../lib/problem.js'
import { queries } from '../../lib/queries.js'

export type AwardImport = Schema<'AwardImport'>
export type AwardImportRow = Schema<'AwardImportRow'>
export type Field = NonNullable<AwardImport['columns'][number]['field']>
export type Check = AwardImportRow['check']
export type Result = NonNullable<AwardImportRow['result']>

export const fields: readonly Field[] = [
  'email',
  'username',
  'lmsUserId',
  'name',
  'template',
  'instance',
  'awardedAt',
  'expiresAt',
  'narrative',
  'evidenceUrl',
  'evidenceName',
  'evidenceNarrative',
]

export function importsQuery(organizationId: string) {
  return infiniteQueryOptions({
    queryKey: ['award-imports', 'list', organizationId],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/award-imports', {
          params: {
            query: { organizationId, limit: 20, ...(pageParam !== null && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
  })
}

export function importQuery(id: string) {
  return queryOptions({
    queryKey: ['award-imports', id],
    queryFn: () => answer(api.GET('/api/v1/award-imports/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state: { data } }) => (data?.state === 'running' ? 1000 : false),
  })
}

export function importRowsQuery(
  id: string,
  filter: { readonly check?: Check | undefined; readonly result?: Result | undefined },
) {
  const { check, result } = filter
  return infiniteQueryOptions({
    queryKey: ['award-imports', id, 'rows', filter],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/award-imports/{id}/rows', {
          params: {
            path: { id },
            query: {
              ...(check !== undefined && { check }),
              ...(result !== undefined && { result }),
              ...(pageParam !== null && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
  })
}

export function importFile(id: string): string {
  return `${sitePath}api/v1/award-imports/${id}/file`
}

/** Badges that rows can be awarded. */
export function badgesQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['badge-template-list', organizationId, 'grantable'],
    queryFn: async () => {
      const query = { organizationId, state: 'active' as const, limit: 200 }
      return (await answer(api.GET('/api/v1/badge-templates', { params: { query } }))).items
    },
  })
}

/** Sends the file as it is: which letters it is written in is found out there. */
export async function uploadImport(
  file: File,
  { organizationId, templateId }: { readonly organizationId: string; readonly templateId: string },
): Promise<AwardImport> {
  const query = new URLSearchParams({ organizationId, fileName: file.name })
  if (templateId !== '') query.set('templateId', templateId)
  const response = await fetch(`${siteUrl}/api/v1/award-imports?${query}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: file,
    credentials: 'same-origin',
  }).catch((cause: unknown) => {
    throw ProblemError.offline(cause)
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw ProblemError.from(body, response)
  return parseImport(body)
}

function parseImport(body: unknown): AwardImport {
  return body as AwardImport
}

export function keepImport(given: AwardImport): void {
  queries.setQueryData(importQuery(given.id).queryKey, given)
  void queries.invalidateQueries({ queryKey: ['award-imports', given.id, 'rows'] })
  void queries.invalidateQueries({ queryKey: ['award-imports', 'list'] })
}
