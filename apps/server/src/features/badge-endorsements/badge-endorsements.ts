export { badgeEndorsementRoutes } from './badge-endorsement-routes.js'
export { acceptedEndorsementsOf } from './badge-endorsement-views.js'
export { createBadgeEndorsements } from './create-badge-endorsements.js'
export { personalEndorsementRoutes } from './personal-endorsement-routes.js'
