export { imageRoutes } from './image-routes.js'
export { pageRoutes } from './page-routes.js'
