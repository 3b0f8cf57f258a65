export { createInsights } from './create-insights.js'
export { insightRoutes } from './insight-routes.js'
