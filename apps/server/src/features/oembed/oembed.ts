export { oembedRoutes } from './oembed-routes.js'
