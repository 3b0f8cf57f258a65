import { createRouter } from '@tanstack/react-router'
import { Loading } from '../components/states.js'
import { areaPath } from '../config/places.js'
import { queries } from '../lib/queries.js'
import { openRoute, ownRoute, rootRoute, signedInRoute } from './roots.js'
import { openRoutes, ownRoutes, plainRoutes } from './routes.js'

/** The learner's side. Its pages link by plain addresses: types of links are those of the console. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([
    openRoute.addChildren([...openRoutes]),
    signedInRoute.addChildren([...plainRoutes, ownRoute.addChildren([...ownRoutes])]),
  ]),
  basepath: areaPath,
  context: { queries },
  defaultPendingComponent: Loading,
  scrollRestoration: true,
})
