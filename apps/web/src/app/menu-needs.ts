import { useQuery } from '@tanstack/react-query'
import { dashboardQuery, type Need } from '../features/dashboard/dashboard-queries.js'

/** Where in the menu what needs a person is seen to. */
const places: Readonly<Record<Need['kind'], string>> = {
  'account-paused': '/providers',
  'key-ends': '/providers',
  'issuances-failed': '/issuances',
  'backfill-failed': '/backfills',
  'import-waiting': '/awards',
  'token-ends': '/tokens',
  'rules-quiet': '/badges',
  notice: '',
  'dead-letters': '/platform/dead-letters',
  'consumer-behind': '/platform/bus',
  'signals-stopped': '/platform/bus',
}

/** How much needs a person, by the path of the menu. */
export function useMenuNeeds(organizationId: string | undefined): ReadonlyMap<string, number> {
  const dashboard = useQuery({
    ...dashboardQuery(organizationId ?? ''),
    enabled: organizationId !== undefined,
  })
  const needs = new Map<string, number>()
  for (const { kind, count } of dashboard.data?.needs ?? []) {
    // How far a consumer is behind is no number of things to do.
    const things = kind === 'consumer-behind' ? 1 : count
    needs.set(places[kind], (needs.get(places[kind]) ?? 0) + things)
  }
  return needs
}
