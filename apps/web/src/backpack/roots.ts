import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router'
import i18next from 'i18next'
import { PageProblem } from '../app/page-problem.js'
import { requireSession } from '../app/require-session.js'
import { Missing } from './missing.js'

type Context = { readonly queries: QueryClient }

export const rootRoute = createRootRouteWithContext<Context>()({
  component: Outlet,
  notFoundComponent: Missing,
  errorComponent: PageProblem,
  loader: () => i18next.loadNamespaces('backpack'),
})

/** What needs no session: signing in, and what links in letters lead to. */
export const openRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'open',
  component: Outlet,
})

/** Everything else. Who has not signed in is led to the door, and back. */
export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  component: Outlet,
  beforeLoad: requireSession,
})

/** What stands in the frame with the bar. */
export const ownRoute = createRoute({
  getParentRoute: () => signedInRoute,
  id: 'own',
  // Who has yet to sign in has no use for it.
  component: lazyRouteComponent(() => import('./shell.js'), 'Shell'),
  notFoundComponent: Missing,
})
