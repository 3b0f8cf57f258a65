import { queryOptions } from '@tanstack/react-query'
import { answer, api, type Schema } from '../../lib/api.js'

export type Dashboard = Schema<'Dashboard'>
export type Day = Dashboard['days'][number]
export type Need = Dashboard['needs'][number]

export function dashboardQuery(organizationId: string) {
  return queryOptions({
    queryKey: ['dashboard', organizationId],
    queryFn: () => answer(api.GET('/api/v1/dashboard', { params: { query: { organizationId } } })),
    refetchInterval: 60_000,
  })
}

/** Tries again what failed at one account, or our own badges that failed. */
export function retryFailed(organizationId: string, accountId: string | undefined) {
  const which = accountId === undefined ? { organizationId } : { accountId }
  return answer(api.POST('/api/v1/issuances/retry', { body: { ...which, dryRun: false } }))
}

export function resolveNotice(id: string) {
  return answer(api.POST('/api/v1/notices/{id}/resolve', { params: { path: { id } } }))
}
