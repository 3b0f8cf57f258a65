import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import i18next from 'i18next'
import { organizationRoute } from '../roots.js'
import {
  awardsSearch,
  importSearch,
  importsSearch,
  issuancesSearch,
  learnersSearch,
} from './people-search.js'

const texts = () => i18next.loadNamespaces('people')

const learners = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/learners',
  loader: texts,
  validateSearch: learnersSearch,
  component: lazyRouteComponent(() => import('../pages/learners-page.js'), 'LearnersPage'),
})

const learner = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/learners/$learnerId',
  loader: () => i18next.loadNamespaces(['people', 'operations']),
  component: lazyRouteComponent(() => import('../pages/learner-page.js'), 'LearnerPage'),
})

const awards = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/awards',
  loader: texts,
  validateSearch: awardsSearch,
  component: lazyRouteComponent(() => import('../pages/awards-page.js'), 'AwardsPage'),
})

const award = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/awards/$awardId',
  loader: () => i18next.loadNamespaces(['people', 'operations']),
  component: lazyRouteComponent(() => import('../pages/award-page.js'), 'AwardPage'),
})

const imports = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/awards/import',
  loader: texts,
  validateSearch: importsSearch,
  component: lazyRouteComponent(() => import('../pages/imports-page.js'), 'ImportsPage'),
})

const oneImport = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/awards/import/$importId',
  loader: texts,
  validateSearch: importSearch,
  component: lazyRouteComponent(() => import('../pages/import-page.js'), 'ImportPage'),
})

const issuances = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/issuances',
  loader: texts,
  validateSearch: issuancesSearch,
  component: lazyRouteComponent(() => import('../pages/issuances-page.js'), 'IssuancesPage'),
})

const issuance = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/issuances/$issuanceId',
  loader: texts,
  component: lazyRouteComponent(() => import('../pages/issuance-page.js'), 'IssuancePage'),
})

export const peopleRoutes = [
  learners,
  learner,
  awards,
  award,
  imports,
  oneImport,
  issuances,
  issuance,
] as const
