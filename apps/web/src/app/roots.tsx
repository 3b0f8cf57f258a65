import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import i18next from 'i18next'
import { sessionQuery } from '../lib/session.js'
import { Missing } from './missing.js'
import { PageProblem } from './page-problem.js'
import { requireSession } from './require-session.js'

export type Context = { readonly queries: QueryClient }

export const rootRoute = createRootRouteWithContext<Context>()({
  component: Outlet,
  notFoundComponent: Missing,
  errorComponent: PageProblem,
})

/** What needs no session: signing in, setting up, invitations. */
export const doorRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'door',
  component: Outlet,
  loader: () => i18next.loadNamespaces('account'),
})

/** Everything else, in the frame with the menu. Who has not signed in is led to the door, and back. */
export const consoleRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'console',
  // Who has yet to sign in has no use for it.
  component: lazyRouteComponent(() => import('./shell.js'), 'Shell'),
  beforeLoad: requireSession,
})

/** The pages of one organization. */
export const organizationRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/o/$organization',
  component: Outlet,
  notFoundComponent: Missing,
  beforeLoad: async ({ context, params }) => {
    const { organizations } = await context.queries.ensureQueryData(sessionQuery)
    if (organizations.some(({ slug }) => slug === params.organization)) return
    throw redirect({ to: '/' })
  },
})

/** The pages about the installation, for administrators. */
export const platformRoute = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/platform',
  component: Outlet,
})
