import { z } from 'zod'
import { role } from './access.js'
import { id, idInput, idParams, instant, problems, signedIn } from './common.js'

export const member = z
  .object({
    userId: id,
    name: z.string(),
    email: z.string(),
    role,
    claimedFrom: z.string().nullable().meta({
      description: 'The identity provider that gave the role, and may take it back',
    }),
    isDisabled: z.boolean(),
    lastSeenAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Member' })
export type Member = z.output<typeof member>

const route = { tags: ['members'], security: signedIn }
const params = z.object({ id: idInput, userId: idInput })

export const listMembers = {
  ...route,
  summary: 'List the people of an organization, by name',
  params: idParams,
  response: {
    200: z.object({ items: z.array(member) }).meta({ id: 'Members' }),
    ...problems('organization-not-found'),
  },
}

export const updateMember = {
  ...route,
  summary: 'Give somebody another role',
  description: 'Nobody gives more than they hold, and one owner always remains.',
  params,
  body: z.strictObject({ role }).meta({ id: 'MemberChange' }),
  response: { 200: member, ...problems('member-not-found', 'last-owner') },
}

export const removeMember = {
  ...route,
  summary: 'Remove somebody from an organization; the account stays',
  params,
  response: { 204: z.null(), ...problems('member-not-found', 'last-owner') },
}
