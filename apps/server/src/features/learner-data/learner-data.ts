export { createErasure } from './erase-learner.js'
export { type LearnerDataDeps, learnerDataRoutes } from './learner-data-routes.js'
