export { createSearch } from './create-search.js'
export { searchRoutes } from './search-routes.js'
