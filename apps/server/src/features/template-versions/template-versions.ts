export { templateVersionRoutes } from './version-routes.js'
export { createVersionViews, type VersionViews } from './version-views.js'
