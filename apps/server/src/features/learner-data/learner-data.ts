export { learnerDataRoutes } from './learner-data-routes.js'
