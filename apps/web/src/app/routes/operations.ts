import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import i18next from 'i18next'
import { sessionQuery } from '../../lib/session.js'
import { consoleRoute, organizationRoute, platformRoute } from '../roots.js'

const texts = () => i18next.loadNamespaces('operations')

/** The console begins with the organization that was looked at last, or the first there is. */
const home = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/',
  beforeLoad: async ({ context }) => {
    const { organizations, user } = await context.queries.ensureQueryData(sessionQuery)
    const last = organizations.find(({ id }) => id === user.preferences.organization)
    const first = last ?? organizations.find(({ isDemo }) => !isDemo) ?? organizations[0]
    if (first === undefined) throw redirect({ to: '/welcome' })
    throw redirect({ to: '/o/$organization', params: { organization: first.slug } })
  },
})

const welcome = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/welcome',
  loader: texts,
  component: lazyRouteComponent(() => import('../pages/welcome-page.js'), 'WelcomePage'),
})

export const homeRoutes = [home, welcome] as const

const dashboard = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/',
  loader: texts,
  component: lazyRouteComponent(() => import('../pages/dashboard-page.js'), 'DashboardPage'),
})

const issuers = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/issuers',
  loader: texts,
  component: lazyRouteComponent(() => import('../pages/issuers-page.js'), 'IssuersPage'),
})

const issuer = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/issuers/$issuer',
  loader: texts,
  component: lazyRouteComponent(() => import('../pages/issuer-page.js'), 'IssuerPage'),
})

const additions = ['choose', 'credly', 'accredible', 'badgr'] as const
type ProviderSearch = { readonly add?: (typeof additions)[number] }

const providers = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/providers',
  loader: texts,
  validateSearch: ({ add }: Record<string, unknown>): ProviderSearch => {
    const found = additions.find((one) => one === add)
    return found === undefined ? {} : { add: found }
  },
  component: lazyRouteComponent(() => import('../pages/providers-page.js'), 'ProvidersPage'),
})

const provider = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/providers/$account',
  loader: texts,
  component: lazyRouteComponent(() => import('../pages/provider-page.js'), 'ProviderPage'),
})

export const operationRoutes = [dashboard, issuers, issuer, providers, provider] as const

type EventSearch = { readonly type?: string; readonly username?: string; readonly text?: string }

const events = createRoute({
  getParentRoute: () => platformRoute,
  path: '/events',
  loader: texts,
  validateSearch: ({ type, username, text }: Record<string, unknown>): EventSearch => ({
    ...(typeof type === 'string' && { type }),
    ...isWritten('username', username),
    ...isWritten('text', text),
  }),
  component: lazyRouteComponent(() => import('../pages/events-page.js'), 'EventsPage'),
})

const event = createRoute({
  getParentRoute: () => platformRoute,
  path: '/events/$event',
  loader: texts,
  validateSearch: ({ time }: Record<string, unknown>): { readonly time?: string } =>
    typeof time === 'string' ? { time } : {},
  component: lazyRouteComponent(() => import('../pages/event-page.js'), 'EventPage'),
})

const letterStates = ['parked', 'replayed', 'discarded'] as const
type LetterSearch = { readonly state?: (typeof letterStates)[number]; readonly reason?: string }

const deadLetters = createRoute({
  getParentRoute: () => platformRoute,
  path: '/dead-letters',
  loader: texts,
  validateSearch: ({ state, reason }: Record<string, unknown>): LetterSearch => {
    const found = letterStates.find((one) => one === state)
    return {
      ...(found !== undefined && { state: found }),
      ...(typeof reason === 'string' && { reason }),
    }
  },
  component: lazyRouteComponent(() => import('../pages/dead-letters-page.js'), 'DeadLettersPage'),
})

const bus = createRoute({
  getParentRoute: () => platformRoute,
  path: '/bus',
  loader: texts,
  component: lazyRouteComponent(() => import('../pages/bus-page.js'), 'BusPage'),
})

const configuration = createRoute({
  getParentRoute: () => platformRoute,
  path: '/configuration',
  loader: texts,
  component: lazyRouteComponent(
    () => import('../pages/configuration-page.js'),
    'ConfigurationPage',
  ),
})

export const platformRoutes = [events, event, deadLetters, bus, configuration] as const

/** What looks like a number in an address is read as one. */
function isWritten<Name extends string>(name: Name, value: unknown) {
  const isThere = typeof value === 'string' || typeof value === 'number'
  return isThere ? { [name]: String(value) } : {}
}
