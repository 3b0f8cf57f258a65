import { z } from 'zod'
import { permission, role } from './access.js'
import { id, idInput, idParams, instant, problems, signedIn } from './common.js'

const route = { tags: ['session'], security: signedIn }
/** What strangers may ask for. */
const openRoute = { tags: ['session'], security: [] }

export const email = z
  .string()
  .trim()
  .max(254)
  .regex(/^[^\s@<>"(),;:\\]+@[^\s@<>"(),;:\\]+$/, 'must be an e-mail address')
const personName = z.string().trim().min(1).max(200)
/** One that exists; how long a new one must be is told with the other reasons against it. */
const password = z.string().min(1).max(1000)
const secret = z
  .string()
  .min(1)
  .max(200)
  .meta({ description: 'What stands behind the # of the link' })

export const preferences = z
  .object({
    language: z.string().nullable(),
    colorScheme: z.enum(['light', 'dark']).nullable().meta({ description: 'Null: as the device' }),
    organization: id.nullable().meta({ description: 'The one that was looked at last' }),
  })
  .meta({ id: 'Preferences' })
export type Preferences = z.output<typeof preferences>

export const sessionUser = z
  .object({
    id,
    name: z.string(),
    email: z.string(),
    isAdministrator: z.boolean(),
    hasPassword: z.boolean(),
    preferences,
  })
  .meta({ id: 'SessionUser' })

export const session = z
  .object({
    user: sessionUser,
    organizations: z
      .array(
        z.object({
          id,
          slug: z.string(),
          name: z.string(),
          isDemo: z.boolean(),
          role: role.nullable().meta({ description: 'Null for administrators who are no member' }),
          permissions: z.array(permission),
        }),
      )
      .meta({ description: 'By name; of administrators, all of them' }),
    permissions: z.array(permission).meta({ description: 'What is allowed everywhere' }),
    installation: z.object({
      name: z.string(),
      baseUrl: z.string(),
      badgesEnabled: z.boolean(),
      hasMail: z.boolean(),
    }),
  })
  .meta({ id: 'Session' })
export type Session = z.output<typeof session>

export const getSession = {
  ...route,
  summary: 'Read who is signed in, where they belong, and what they may do',
  response: { 200: session, ...problems() },
}

export const getSignInOptions = {
  ...openRoute,
  summary: 'Read how people sign in here',
  response: {
    200: z
      .object({
        needsSetUp: z.boolean().meta({ description: 'Nobody runs this installation yet' }),
        password: z.literal(true),
        providers: z.array(z.object({ id: z.string(), name: z.string() })),
        hasMail: z
          .boolean()
          .meta({ description: 'Whether a forgotten password is helped by mail' }),
        mailLink: z.boolean().meta({ description: 'Whether one signs in with a link by mail' }),
      })
      .meta({ id: 'SignInOptions' }),
    ...problems(),
  },
}
export type SignInOptions = z.output<(typeof getSignInOptions)['response'][200]>

/**
 * Why signing in through an identity provider came to nothing: the page of sign-in is opened with it,
 * as in /console/sign-in?problem=unknown-person&provider=lms
 */
export const signInProblems = [
  'expired',
  'refused-there',
  'unreachable',
  'failed',
  'no-email',
  'unverified-email',
  'foreign-domain',
  'unknown-person',
  'disabled',
] as const
export type SignInProblem = (typeof signInProblems)[number]

export const signIn = {
  ...openRoute,
  summary: 'Sign in with a password; the answer sets a cookie',
  body: z
    .strictObject({ email: z.string().trim().min(1).max(254), password })
    .meta({ id: 'SignIn' }),
  response: {
    200: session,
    ...problems('sign-in-refused', 'user-disabled', 'too-many-requests'),
  },
}

export const signOut = {
  ...openRoute,
  summary: 'Sign out on this device',
  description: 'Done by whoever holds the cookie; without one there is nothing to do.',
  response: { 204: z.null(), ...problems('forbidden') },
}

export const deviceSession = z
  .object({
    id,
    device: z.string().meta({ description: 'Such as Firefox on Windows' }),
    method: z.string().meta({
      description: '`password`, `link`, or the id of the identity provider that was used',
    }),
    address: z.string().nullable(),
    createdAt: instant,
    lastSeenAt: instant,
    expiresAt: instant,
    isCurrent: z.boolean(),
  })
  .meta({ id: 'DeviceSession' })
export type DeviceSession = z.output<typeof deviceSession>

export const listSessions = {
  ...route,
  summary: 'List the devices on which one is signed in, the one in use last first',
  response: {
    200: z.object({ items: z.array(deviceSession) }).meta({ id: 'DeviceSessions' }),
    ...problems(),
  },
}

export const endSessions = {
  ...route,
  summary: 'Sign out everywhere, here too',
  response: { 204: z.null(), ...problems() },
}

export const endSession = {
  ...route,
  summary: 'Sign out on one device',
  params: idParams,
  response: { 204: z.null(), ...problems('not-found') },
}

export const updateProfile = {
  ...route,
  summary: 'Change one’s own name or preferences',
  body: z
    .strictObject({
      name: personName.optional(),
      preferences: z
        .strictObject({
          language: z
            .string()
            .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'must be a language tag')
            .max(35)
            .nullable()
            .optional(),
          colorScheme: z.enum(['light', 'dark']).nullable().optional(),
          organization: idInput.nullable().optional(),
        })
        .optional(),
    })
    .meta({ id: 'ProfileChange' }),
  response: { 200: sessionUser, ...problems() },
}

export const changePassword = {
  ...route,
  summary: 'Change one’s own password; all other devices are signed out',
  body: z
    .strictObject({
      currentPassword: password.nullable().optional().meta({
        description: 'Needed by whoever has a password',
      }),
      password,
    })
    .meta({ id: 'PasswordChange' }),
  response: {
    204: z.null(),
    ...problems('password-refused', 'sign-in-refused', 'too-many-requests'),
  },
}

export const setUp = {
  ...openRoute,
  summary: 'Become an administrator with the link that `rosette serve` prints, and sign in',
  body: z
    .strictObject({
      secret,
      name: personName,
      email,
      password,
      organizationName: z.string().trim().min(1).max(200).optional().meta({
        description:
          'Makes an organization with an issuer of this name, owned by the administrator',
      }),
    })
    .meta({ id: 'SetUp' }),
  response: {
    201: session,
    ...problems('link-refused', 'set-up-done', 'password-refused', 'organization-exists'),
  },
}

export const requestPasswordReset = {
  ...openRoute,
  summary: 'Ask for a link by mail with which a forgotten password is replaced',
  description: 'The answer is the same whether the address is known or not.',
  body: z.strictObject({ email }).meta({ id: 'PasswordResetRequest' }),
  response: {
    202: z
      .object({ hasMail: z.boolean(), message: z.string() })
      .meta({ id: 'PasswordResetRequested' }),
    ...problems('too-many-requests'),
  },
}

export const usePasswordReset = {
  ...openRoute,
  summary: 'Replace a forgotten password with the secret of the link; all devices are signed out',
  body: z.strictObject({ secret, password }).meta({ id: 'PasswordReset' }),
  response: {
    200: z
      .object({ email: z.string().meta({ description: 'With which to sign in now' }) })
      .meta({ id: 'PasswordResetDone' }),
    ...problems('link-refused', 'password-refused', 'user-disabled', 'too-many-requests'),
  },
}
