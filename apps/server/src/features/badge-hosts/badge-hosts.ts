export { createBadgeHosts } from './create-badge-hosts.js'
export { badgeHostRoutes, hostCallbackRoutes } from './host-routes.js'
export { sealedBadgeHosts } from './host-secret.js'
