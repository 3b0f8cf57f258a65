import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import i18next from 'i18next'
import { consoleRoute, doorRoute } from '../roots.js'

const texts = () => i18next.loadNamespaces('account')

/** `to` is where somebody wanted to go; `problem` is why an identity provider sent them back. */
type SignInSearch = { readonly to?: string; readonly problem?: string }

const signIn = createRoute({
  getParentRoute: () => doorRoute,
  path: '/sign-in',
  validateSearch: ({ to, problem }: Record<string, unknown>): SignInSearch => ({
    ...(typeof to === 'string' && { to }),
    ...(typeof problem === 'string' && { problem }),
  }),
  component: lazyRouteComponent(() => import('../pages/sign-in-page.js'), 'SignInPage'),
})

const setUp = createRoute({
  getParentRoute: () => doorRoute,
  path: '/set-up',
  component: lazyRouteComponent(() => import('../pages/set-up-page.js'), 'SetUpPage'),
})

const forgotten = createRoute({
  getParentRoute: () => doorRoute,
  path: '/forgotten-password',
  component: lazyRouteComponent(() => import('../pages/forgotten-page.js'), 'ForgottenPage'),
})

const reset = createRoute({
  getParentRoute: () => doorRoute,
  path: '/new-password',
  component: lazyRouteComponent(() => import('../pages/new-password-page.js'), 'NewPasswordPage'),
})

export const doorRoutes = [signIn, setUp, forgotten, reset] as const

const me = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/me',
  loader: texts,
  component: lazyRouteComponent(() => import('../pages/me-page.js'), 'MePage'),
})

export const accountRoutes = [me] as const
export const settingsRoutes = [] as const
