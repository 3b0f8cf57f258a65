import { z } from 'zod'
import { role } from './access.js'
import { id, idParams, instant, pageOf, paging, problems, signedIn } from './common.js'

export const user = z
  .object({
    id,
    name: z.string(),
    email: z.string(),
    isAdministrator: z.boolean(),
    hasPassword: z.boolean(),
    providers: z.array(z.string()).meta({ description: 'Identity providers they came through' }),
    organizations: z.array(z.object({ id, name: z.string(), role })),
    createdAt: instant,
    lastSeenAt: instant.nullable(),
    disabledAt: instant.nullable().meta({ description: 'Since when they cannot sign in' }),
  })
  .meta({ id: 'User' })
export type User = z.output<typeof user>

const route = { tags: ['users'], security: signedIn }

export const listUsers = {
  ...route,
  summary: 'List the people who may sign in, by name',
  querystring: z.object({
    ...paging,
    search: z.string().trim().max(200).optional().meta({ description: 'In names and addresses' }),
  }),
  response: { 200: pageOf(user, 'UserPage'), ...problems() },
}

export const getUser = {
  ...route,
  summary: 'Read one person',
  params: idParams,
  response: { 200: user, ...problems('user-not-found') },
}

export const updateUser = {
  ...route,
  summary: 'Let somebody administer the installation or not, switch an account off or on',
  description:
    'One administrator always remains. Whoever is switched off is signed out everywhere at once.',
  params: idParams,
  body: z
    .strictObject({ isAdministrator: z.boolean().optional(), isDisabled: z.boolean().optional() })
    .meta({ id: 'UserChange' }),
  response: { 200: user, ...problems('user-not-found', 'conflict') },
}

export const deleteUser = {
  ...route,
  summary: 'Remove an account; what its person did stays in the audit log',
  params: idParams,
  response: { 204: z.null(), ...problems('user-not-found', 'conflict') },
}

export const createResetLink = {
  ...route,
  summary: 'Make a link with which somebody chooses a new password, to be handed over',
  params: idParams,
  response: {
    201: z.object({ link: z.string(), expiresAt: instant }).meta({ id: 'ResetLink' }),
    ...problems('user-not-found', 'user-disabled'),
  },
}
