export { createEndorsements } from './create-endorsements.js'
export { endorsementApiRoutes } from './endorsement-api-routes.js'
export { findEndorsementsOf } from './endorsement-repository.js'
export { endorsementRoutes } from './endorsement-routes.js'
