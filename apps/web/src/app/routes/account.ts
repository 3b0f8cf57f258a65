import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import i18next from 'i18next'
import { consoleRoute, doorRoute, organizationRoute, platformRoute } from '../roots.js'

const texts = () => i18next.loadNamespaces('account')

/** `to` is where somebody wanted to go; `problem` is why an identity provider sent them back. */
type SignInSearch = { readonly to?: string; readonly problem?: string; readonly provider?: string }

const signIn = createRoute({
  getParentRoute: () => doorRoute,
  path: '/sign-in',
  validateSearch: ({ to, problem, provider }: Record<string, unknown>): SignInSearch => ({
    ...(typeof to === 'string' && { to }),
    ...(typeof problem === 'string' && { problem }),
    ...(typeof provider === 'string' && { provider }),
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
  path: '/reset-password',
  component: lazyRouteComponent(() => import('../pages/new-password-page.js'), 'NewPasswordPage'),
})

const invitation = createRoute({
  getParentRoute: () => doorRoute,
  path: '/invitation',
  component: lazyRouteComponent(() => import('../pages/invitation-page.js'), 'InvitationPage'),
})

export const doorRoutes = [signIn, setUp, forgotten, reset, invitation] as const

const me = createRoute({
  getParentRoute: () => consoleRoute,
  path: '/me',
  loader: texts,
  component: lazyRouteComponent(() => import('../pages/me-page.js'), 'MePage'),
})

export const accountRoutes = [me] as const
const organization = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/settings',
  loader: texts,
  component: lazyRouteComponent(() => import('../pages/organization-page.js'), 'OrganizationPage'),
})

const tokens = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/tokens',
  loader: texts,
  component: lazyRouteComponent(() => import('../pages/tokens-page.js'), 'TokensPage'),
})

type AuditSearch = { readonly actor?: string; readonly action?: string; readonly subject?: string }

const audit = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/audit',
  loader: texts,
  validateSearch: ({ actor, action, subject }: Record<string, unknown>): AuditSearch => ({
    ...(typeof actor === 'string' && { actor }),
    ...(typeof action === 'string' && { action }),
    ...(typeof subject === 'string' && { subject }),
  }),
  component: lazyRouteComponent(() => import('../pages/audit-page.js'), 'AuditPage'),
})

const members = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/members',
  loader: texts,
  component: lazyRouteComponent(() => import('../pages/members-page.js'), 'MembersPage'),
})

export const settingsRoutes = [organization, members, tokens, audit] as const

const organizations = createRoute({
  getParentRoute: () => platformRoute,
  path: '/organizations',
  loader: texts,
  component: lazyRouteComponent(
    () => import('../pages/organizations-page.js'),
    'OrganizationsPage',
  ),
})

const users = createRoute({
  getParentRoute: () => platformRoute,
  path: '/users',
  loader: texts,
  component: lazyRouteComponent(() => import('../pages/users-page.js'), 'UsersPage'),
})

/** The pages of the installation that are about people and organizations. */
export const administrationRoutes = [organizations, users] as const
