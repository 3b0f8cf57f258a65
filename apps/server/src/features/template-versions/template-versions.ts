export { templateVersionRoutes } from './version-routes.js'
export { createVersionViews } from './version-views.js'
