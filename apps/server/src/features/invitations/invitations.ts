export { createInvitationAccepting } from './accept-invitation.js'
export { invitationRoutes } from './invitation-routes.js'
export { createInvitationSending } from './send-invitations.js'
