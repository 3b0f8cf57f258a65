export { createPathways } from './create-pathways.js'
export { pathwayRoutes } from './pathway-routes.js'
export { publicPathwayRoutes } from './public-pathway-routes.js'
