export { bakerRoutes } from './baker-routes.js'
