export { createDisplayer } from './create-displayer.js'
export { displayerRoutes } from './displayer-routes.js'
