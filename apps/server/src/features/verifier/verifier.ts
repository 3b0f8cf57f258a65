export { refuseElsewhere } from './inquiry.js'
export { verifierRoutes } from './verifier-routes.js'
