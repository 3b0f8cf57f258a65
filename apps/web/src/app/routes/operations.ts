export const operationRoutes = [] as const
export const platformRoutes = [] as const

import { createRoute, redirect } from '@tanstack/react-router'
import { sessionQuery } from '../../lib/session.js'
import { consoleRoute } from '../roots.js'

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

export const homeRoutes = [home] as const
