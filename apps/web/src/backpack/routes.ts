import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import i18next from 'i18next'
import { openRoute, ownRoute, signedInRoute } from './roots.js'

type Search = Readonly<Record<string, string>>

/** Keeps those parts of an address that a page knows, where they are text. */
const texts = (names: readonly string[]) => (search: Record<string, unknown>) =>
  Object.fromEntries(
    names.flatMap((name): [string, string][] => {
      const value = search[name]
      return typeof value === 'string' ? [[name, value]] : []
    }),
  ) satisfies Search

const signIn = createRoute({
  getParentRoute: () => openRoute,
  path: '/sign-in',
  validateSearch: texts(['to', 'problem', 'provider']),
  loader: () => i18next.loadNamespaces('account'),
  component: lazyRouteComponent(() => import('./pages/sign-in-page.js'), 'SignInPage'),
})

const enter = createRoute({
  getParentRoute: () => openRoute,
  path: '/enter',
  component: lazyRouteComponent(() => import('./pages/enter-page.js'), 'EnterPage'),
})

const endorse = createRoute({
  getParentRoute: () => openRoute,
  path: '/endorse',
  component: lazyRouteComponent(() => import('./pages/endorse-page.js'), 'EndorsePage'),
})

export const openRoutes = [signIn, enter, endorse] as const

const home = createRoute({
  getParentRoute: () => ownRoute,
  path: '/',
  validateSearch: texts(['search', 'show']),
  component: lazyRouteComponent(() => import('./pages/home-page.js'), 'HomePage'),
})

const badge = createRoute({
  getParentRoute: () => ownRoute,
  path: '/badges/$badgeId',
  component: lazyRouteComponent(() => import('./pages/badge-page.js'), 'BadgePage'),
})

const bring = createRoute({
  getParentRoute: () => ownRoute,
  path: '/import',
  validateSearch: texts(['address']),
  component: lazyRouteComponent(() => import('./pages/import-page.js'), 'ImportPage'),
})

const onTheWay = createRoute({
  getParentRoute: () => ownRoute,
  path: '/on-the-way',
  component: lazyRouteComponent(() => import('./pages/on-the-way-page.js'), 'OnTheWayPage'),
})

const collections = createRoute({
  getParentRoute: () => ownRoute,
  path: '/collections',
  component: lazyRouteComponent(() => import('./pages/collections-page.js'), 'CollectionsPage'),
})

const collection = createRoute({
  getParentRoute: () => ownRoute,
  path: '/collections/$collectionId',
  component: lazyRouteComponent(() => import('./pages/collection-page.js'), 'CollectionPage'),
})

const endorsements = createRoute({
  getParentRoute: () => ownRoute,
  path: '/endorsements',
  component: lazyRouteComponent(() => import('./pages/endorsements-page.js'), 'EndorsementsPage'),
})

const settings = createRoute({
  getParentRoute: () => ownRoute,
  path: '/settings',
  validateSearch: texts(['host']),
  // Of devices and passwords the console speaks, too.
  loader: () => i18next.loadNamespaces('account'),
  component: lazyRouteComponent(() => import('./pages/settings-page.js'), 'SettingsPage'),
})

export const ownRoutes = [
  home,
  badge,
  bring,
  onTheWay,
  collections,
  collection,
  endorsements,
  settings,
] as const

const address = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/address',
  component: lazyRouteComponent(() => import('./pages/address-page.js'), 'AddressPage'),
})

const allow = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/allow/$uid',
  component: lazyRouteComponent(() => import('./pages/allow-page.js'), 'AllowPage'),
})

/** What is decided by itself, without the bar. */
export const plainRoutes = [address, allow] as const
