import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import i18next from 'i18next'
import { organizationRoute } from '../roots.js'

const texts = () => i18next.loadNamespaces('people')
type Given = Record<string, unknown>

/** What is looked at in lists of people and awards, so that it can be linked to; what is usual is left out. */
export type LearnersSearch = {
  readonly search?: string | undefined
  /** Also who has nothing to do with this organization. */
  readonly who?: 'everybody' | undefined
}
const standings = ['in-force', 'expired', 'revoked'] as const
const sources = ['rules', 'hand'] as const
const sorts = ['latest', 'earliest', 'newest', 'oldest'] as const
export type AwardsSearch = {
  readonly search?: string | undefined
  readonly templateId?: string | undefined
  readonly learnerId?: string | undefined
  readonly standing?: (typeof standings)[number] | undefined
  readonly source?: (typeof sources)[number] | undefined
  /** Days, as the reader's calendar has them. */
  readonly from?: string | undefined
  readonly until?: string | undefined
  readonly sort?: (typeof sorts)[number] | undefined
}
const states = ['queued', 'issuing', 'issued', 'failed', 'stopped', 'revoking', 'revoked'] as const
export type IssuancesSearch = {
  readonly search?: string | undefined
  readonly state?: (typeof states)[number] | undefined
  readonly accountId?: string | undefined
  readonly templateId?: string | undefined
  readonly learnerId?: string | undefined
}
const checks = ['ready', 'new-learner', 'held', 'faulty'] as const
const results = ['awarded', 'held', 'failed'] as const
export type ImportSearch = {
  readonly check?: (typeof checks)[number] | undefined
  readonly result?: (typeof results)[number] | undefined
}

const learners = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/learners',
  loader: texts,
  validateSearch: (given: Given): LearnersSearch => ({
    ...textOf(given, 'search'),
    ...oneOf(given, 'who', ['everybody'] as const),
  }),
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
  validateSearch: (given: Given): AwardsSearch => ({
    ...textOf(given, 'search'),
    ...textOf(given, 'templateId'),
    ...textOf(given, 'learnerId'),
    ...oneOf(given, 'standing', standings),
    ...oneOf(given, 'source', sources),
    ...dayOf(given, 'from'),
    ...dayOf(given, 'until'),
    ...oneOf(given, 'sort', sorts),
  }),
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
  validateSearch: (given: Given) => textOf(given, 'templateId'),
  component: lazyRouteComponent(() => import('../pages/imports-page.js'), 'ImportsPage'),
})

const oneImport = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/awards/import/$importId',
  loader: texts,
  validateSearch: (given: Given): ImportSearch => ({
    ...oneOf(given, 'check', checks),
    ...oneOf(given, 'result', results),
  }),
  component: lazyRouteComponent(() => import('../pages/import-page.js'), 'ImportPage'),
})

const issuances = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/issuances',
  loader: texts,
  validateSearch: (given: Given): IssuancesSearch => ({
    ...textOf(given, 'search'),
    ...oneOf(given, 'state', states),
    ...textOf(given, 'accountId'),
    ...textOf(given, 'templateId'),
    ...textOf(given, 'learnerId'),
  }),
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

function textOf<Name extends string>(
  given: Given,
  name: Name,
): { readonly [Key in Name]?: string } {
  const value = given[name]
  // A number of a user in the LMS is read as a number from the address.
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text !== '' ? parseMember(name, text) : {}
}

function dayOf<Name extends string>(given: Given, name: Name): { readonly [Key in Name]?: string } {
  const value = given[name]
  const isDay = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
  return isDay ? parseMember(name, value) : {}
}

function oneOf<Name extends string, Value extends string>(
  given: Given,
  name: Name,
  values: readonly Value[],
): { readonly [Key in Name]?: Value } {
  const found = values.find((value) => value === given[name])
  return found === undefined ? {} : parseMember(name, found)
}

// The compiler does not follow a computed name.
function parseMember<Name extends string, Value>(name: Name, value: Value) {
  return { [name]: value } as { readonly [Key in Name]: Value }
}
