export { createInsights, type Insights } from './create-insights.js'
export { insightRoutes } from './insight-routes.js'
