export { createDashboard } from './create-dashboard.js'
export { dashboardRoutes } from './dashboard-routes.js'
export { createQuietWatch } from './quiet-rules.js'
