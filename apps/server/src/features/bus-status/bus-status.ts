export { busStatusRoutes } from './bus-status-routes.js'
export { createBusStatus } from './create-bus-status.js'
export { createRunningConsumers } from './running-consumers.js'
