import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import i18next from 'i18next'
import { organizationRoute } from '../roots.js'

const texts = () => i18next.loadNamespaces('rules')

const kinds = ['preview', 'run'] as const
const states = ['queued', 'running', 'done', 'cancelled', 'failed'] as const

/** What is shown of the list, so that it can be linked to. */
export type BackfillsSearch = {
  readonly kind?: (typeof kinds)[number] | undefined
  readonly state?: (typeof states)[number] | undefined
}

const list = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/backfills',
  loader: texts,
  validateSearch: ({ kind, state }: Record<string, unknown>): BackfillsSearch => {
    const isKind = kinds.find((one) => one === kind)
    const isState = states.find((one) => one === state)
    return {
      ...(isKind !== undefined && { kind: isKind }),
      ...(isState !== undefined && { state: isState }),
    }
  },
  component: lazyRouteComponent(() => import('../pages/backfills-page.js'), 'BackfillsPage'),
})

const one = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/backfills/$backfillId',
  loader: texts,
  component: lazyRouteComponent(() => import('../pages/backfill-page.js'), 'BackfillPage'),
})

export const ruleRoutes = [list, one] as const
