import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import i18next from 'i18next'
import { insightIntervals, insightPeriods } from '../../features/insights/period.js'
import { organizationRoute, platformRoute } from '../roots.js'

const texts = () => i18next.loadNamespaces('insights')

/** Which numbers are shown, so that they can be linked to; what is usual is left out. */
export type InsightsSearch = {
  readonly period?: (typeof insightPeriods)[number] | undefined
  readonly interval?: (typeof insightIntervals)[number] | undefined
  readonly badge?: string | undefined
}

function validateInsightsSearch(given: Record<string, unknown>): InsightsSearch {
  const period = insightPeriods.find((one) => one === given['period'])
  const interval = insightIntervals.find((one) => one === given['interval'])
  const badge = given['badge']
  return {
    ...(period !== undefined && { period }),
    ...(interval !== undefined && { interval }),
    ...(typeof badge === 'string' && /^[0-9a-f-]{36}$/.test(badge) && { badge }),
  }
}

const insights = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/insights',
  loader: texts,
  validateSearch: validateInsightsSearch,
  component: lazyRouteComponent(() => import('../pages/insights-page.js'), 'InsightsPage'),
})

const pathways = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/pathways',
  loader: texts,
  component: lazyRouteComponent(() => import('../pages/pathways-page.js'), 'PathwaysPage'),
})

const pathway = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/pathways/$pathwayId',
  loader: texts,
  component: lazyRouteComponent(() => import('../pages/pathway-page.js'), 'PathwayPage'),
})

const appearance = createRoute({
  getParentRoute: () => platformRoute,
  path: '/appearance',
  loader: texts,
  component: lazyRouteComponent(() => import('../pages/appearance-page.js'), 'AppearancePage'),
})

export const insightRoutes = [insights, pathways, pathway] as const
export const appearanceRoutes = [appearance] as const
