import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import i18next from 'i18next'
import { organizationRoute } from '../roots.js'

const texts = () => i18next.loadNamespaces(['badges', 'rules'])

const states = ['draft', 'active', 'archived'] as const
const sorts = ['name', 'changed', 'created', 'awarded'] as const

/** What is shown of the list, so that it can be linked to; what is usual is left out. */
export type BadgesSearch = {
  readonly view?: 'table' | undefined
  readonly search?: string | undefined
  readonly state?: (typeof states)[number] | undefined
  readonly tag?: string | undefined
  /** `native`, or the id of a provider account. */
  readonly target?: string | undefined
  readonly sort?: (typeof sorts)[number] | undefined
}

function validateBadgesSearch(given: Record<string, unknown>): BadgesSearch {
  const { view, search, state, tag, target, sort } = given
  const isState = states.find((one) => one === state)
  const isSort = sorts.find((one) => one === sort)
  return {
    ...(view === 'table' && { view }),
    ...(typeof search === 'string' && search !== '' && { search }),
    ...(isState !== undefined && { state: isState }),
    ...(typeof tag === 'string' && tag !== '' && { tag }),
    ...(typeof target === 'string' && target !== '' && { target }),
    ...(isSort !== undefined && { sort: isSort }),
  }
}

const list = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/badges',
  loader: texts,
  validateSearch: validateBadgesSearch,
  component: lazyRouteComponent(() => import('../pages/badges-page.js'), 'BadgesPage'),
})

const badge = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/badges/$templateId',
  loader: texts,
  component: lazyRouteComponent(() => import('../pages/badge-page.js'), 'BadgePage'),
})

const look = createRoute({
  getParentRoute: () => badge,
  path: '/',
  component: lazyRouteComponent(() => import('../pages/badge-look-page.js'), 'BadgeLookPage'),
})

const rules = createRoute({
  getParentRoute: () => badge,
  path: '/rules',
  component: lazyRouteComponent(() => import('../pages/badge-rules-page.js'), 'BadgeRulesPage'),
})

const issuing = createRoute({
  getParentRoute: () => badge,
  path: '/issuing',
  component: lazyRouteComponent(() => import('../pages/badge-issuing-page.js'), 'BadgeIssuingPage'),
})

const learnerGroups = ['lost', 'on-the-way'] as const

const learners = createRoute({
  getParentRoute: () => badge,
  path: '/learners',
  validateSearch: ({
    who,
  }: Record<string, unknown>): { readonly who?: (typeof learnerGroups)[number] } => {
    const known = learnerGroups.find((one) => one === who)
    return { ...(known !== undefined && { who: known }) }
  },
  component: lazyRouteComponent(
    () => import('../pages/badge-learners-page.js'),
    'BadgeLearnersPage',
  ),
})

const history = createRoute({
  getParentRoute: () => badge,
  path: '/history',
  component: lazyRouteComponent(() => import('../pages/badge-history-page.js'), 'BadgeHistoryPage'),
})

export const badgeRoutes = [
  list,
  badge.addChildren([look, rules, issuing, learners, history]),
] as const
