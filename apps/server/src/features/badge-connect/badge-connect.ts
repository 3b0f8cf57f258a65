export { badgeConnectRoutes } from './badge-connect-routes.js'
