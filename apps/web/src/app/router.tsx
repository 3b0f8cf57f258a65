import { createRouter } from '@tanstack/react-router'
import { Loading } from '../components/states.js'
import { areaPath } from '../config/places.js'
import { queries } from '../lib/queries.js'
import { consoleRoute, doorRoute, organizationRoute, platformRoute, rootRoute } from './roots.js'
import {
  accountRoutes,
  administrationRoutes,
  doorRoutes,
  settingsRoutes,
} from './routes/account.js'
import { badgeRoutes } from './routes/badges.js'
import { appearanceRoutes, insightRoutes } from './routes/insights.js'
import { homeRoutes, operationRoutes, platformRoutes } from './routes/operations.js'
import { peopleRoutes } from './routes/people.js'
import { ruleRoutes } from './routes/rules.js'

const tree = rootRoute.addChildren([
  doorRoute.addChildren([...doorRoutes]),
  consoleRoute.addChildren([
    ...homeRoutes,
    ...accountRoutes,
    organizationRoute.addChildren([
      ...badgeRoutes,
      ...ruleRoutes,
      ...peopleRoutes,
      ...insightRoutes,
      ...operationRoutes,
      ...settingsRoutes,
    ]),
    platformRoute.addChildren([...platformRoutes, ...administrationRoutes, ...appearanceRoutes]),
  ]),
])

export const router = createRouter({
  routeTree: tree,
  basepath: areaPath,
  context: { queries },
  defaultPreload: 'intent',
  defaultPendingComponent: Loading,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
