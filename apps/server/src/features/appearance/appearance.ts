export { appearanceRoutes } from './appearance-routes.js'
export { brandRoutes } from './brand-routes.js'
export { type Appearances, createAppearances } from './create-appearances.js'
