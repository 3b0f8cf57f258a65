import { z } from 'zod'
import { role } from './access.js'
import { id, idParams, instant, problems, signedIn } from './common.js'
import { email, session } from './session.js'

export const invitation = z
  .object({
    id,
    organizationId: id,
    email: z.string(),
    role,
    createdBy: z.string().nullable(),
    createdAt: instant,
    mailedAt: instant.nullable().meta({ description: 'Null while it is on its way' }),
    expiresAt: instant,
    isExpired: z.boolean(),
  })
  .meta({ id: 'Invitation' })
export type Invitation = z.output<typeof invitation>

const sentInvitation = invitation
  .extend({
    link: z.string().nullable().meta({
      description: 'To be handed over; null where it goes by mail',
    }),
  })
  .meta({ id: 'SentInvitation' })

const route = { tags: ['members'], security: signedIn }
const openRoute = { tags: ['members'], security: [] }
const secret = z
  .string()
  .min(1)
  .max(200)
  .meta({ description: 'What stands behind the # of the link' })

export const listInvitations = {
  ...route,
  summary: 'List the invitations of an organization that nobody has accepted yet',
  params: idParams,
  response: {
    200: z.object({ items: z.array(invitation) }).meta({ id: 'Invitations' }),
    ...problems('organization-not-found'),
  },
}

export const createInvitation = {
  ...route,
  summary: 'Invite somebody to an organization',
  description:
    'Whoever is invited already gets a new link with the new role. It holds for a week. Nobody gives more than they hold.',
  params: idParams,
  body: z.strictObject({ email, role }).meta({ id: 'NewInvitation' }),
  response: { 201: sentInvitation, ...problems('organization-not-found', 'member-exists') },
}

export const resendInvitation = {
  ...route,
  summary: 'Send an invitation again, with a new link that holds for a week',
  params: idParams,
  response: { 200: sentInvitation, ...problems('invitation-not-found') },
}

export const withdrawInvitation = {
  ...route,
  summary: 'Withdraw an invitation',
  params: idParams,
  response: { 204: z.null(), ...problems('invitation-not-found') },
}

export const findInvitation = {
  ...openRoute,
  summary: 'Read what the secret of an invitation invites to',
  body: z.strictObject({ secret }).meta({ id: 'InvitationSecret' }),
  response: {
    200: z
      .object({
        organization: z.object({ id, name: z.string() }),
        role,
        email: z.string(),
        invitedBy: z.string().nullable(),
        hasAccount: z.boolean().meta({ description: 'Then sign in with it, and accept' }),
        signedInAs: z.string().nullable().meta({
          description: 'The invited address, where it is one of those of whoever is signed in',
        }),
      })
      .meta({ id: 'FoundInvitation' }),
    ...problems('link-refused', 'too-many-requests'),
  },
}

export const acceptInvitation = {
  ...openRoute,
  summary: 'Accept an invitation with a new account, or with the one that is signed in',
  body: z
    .strictObject({
      secret,
      name: z.string().trim().min(1).max(200).optional(),
      password: z.string().min(1).max(1000).optional(),
    })
    .meta({ id: 'InvitationAcceptance' }),
  response: {
    200: session,
    ...problems('link-refused', 'user-exists', 'conflict', 'password-refused', 'too-many-requests'),
  },
}
