import type { Settings } from '../config/load.js'
import type { Db, Tx } from '../db/database.js'
import { organizationOf } from '../features/access/access.js'
import {
  createPasswordCheck,
  createProfile,
  createResets,
  createSetUp,
  createSignIn,
  createUsers,
  profileRoutes,
  resetRoutes,
  sessionRoutes,
  setUpRoutes,
  userRoutes,
} from '../features/accounts/accounts.js'
import type { Appearances } from '../features/appearance/appearance.js'
import { matchWaiting as addressProven } from '../features/badge-imports/badge-imports.js'
import {
  createInvitationAccepting,
  createInvitationSending,
  invitationRoutes,
} from '../features/invitations/invitations.js'
import type { Issuers } from '../features/issuers/issuers.js'
import { createMembers, insertMember, memberRoutes } from '../features/members/members.js'
import { createOrganizationIn } from '../features/organizations/organizations.js'
import {
  createAttemptLimit,
  createSessionCookie,
  createSessions,
} from '../features/sessions/sessions.js'
import { createTokens } from '../features/tokens/tokens.js'
import type { SubjectKind } from '../http/access.js'
import type { HttpServer } from '../http/http-server.js'
import { createIdentity } from './identity.js'
import { openMailer } from './mail.js'

type Parts = {
  readonly settings: Settings
  readonly db: Db
  readonly now: () => Date
  readonly masterKey: Buffer
  readonly issuers: Issuers
  readonly appearances: Pick<Appearances, 'brand' | 'forMail'>
}

/** How often one address may go to an identity provider in a minute: a campus has one for all. */
const visitsPerMinute = 600
/** How many passwords and links one address may try in a minute. */
const triesPerMinute = 30

/** People who sign in, and programs that hold tokens: how they are known, and what may be done about them. */
export function createAccounts(parts: Parts) {
  const { settings, db, now } = parts
  const mailer = openMailer(settings)
  const installation = installationOf(parts, mailer !== undefined)
  const { baseUrl } = installation
  const { forMail: look } = parts.appearances
  const tokens = createTokens({ db })
  const sessions = createSessions({ db, now })
  const cookie = createSessionCookie(baseUrl)
  const checkPassword = createPasswordCheck({ db, now })
  const setUp = createSetUp({ db, now, baseUrl, sessions, found: createFounding(parts) })
  const signIn = createSignIn({ db, checkPassword, sessions })
  const profile = createProfile({ db, now, checkPassword })
  const resets = createResets({ db, now, baseUrl, mailer, look, addressProven })
  const users = createUsers({ db, now })
  const sending = createInvitationSending({ db, now, baseUrl, mailer, look })
  const identity = createIdentity({ ...parts, sessions, cookie, addressProven })
  const accepting = createInvitationAccepting({ db, now, sessions })

  function routes(server: HttpServer): void {
    userRoutes(server, { db, users, resets })
    memberRoutes(server, { db, members: createMembers({ db }) })
    server.register(async (scope) => {
      const limit = await createAttemptLimit(scope, triesPerMinute)
      const deps = { db, now, installation, sessions, cookie, limit }
      sessionRoutes(scope, { ...deps, signIn, setUp, providers: identity.providers })
      setUpRoutes(scope, { ...deps, setUp })
      profileRoutes(scope, { profile, limit })
      resetRoutes(scope, { resets, baseUrl, limit })
      identity.routes(scope, await createAttemptLimit(scope, visitsPerMinute))
      invitationRoutes(scope, { ...deps, sending, accepting })
    })
  }

  return {
    tokens,
    recognition: {
      authenticate: tokens.authenticate,
      openSession: sessions.open,
      organizationOf: (kind: SubjectKind, id: string) => organizationOf(db, kind, id),
      baseUrl,
    },
    setUp,
    /** What other ways in are made of. */
    doors: { sessions, cookie, installation, mailer, look, addressProven },
    routes,
    tasks: { ...sessions.tasks, ...resets.tasks, ...sending.tasks },
    schedule: [...sessions.schedule, ...resets.schedule],
  }
}

export type Accounts = ReturnType<typeof createAccounts>

function installationOf({ settings: { config }, appearances }: Parts, hasMail: boolean) {
  const { baseUrl } = config.http
  return {
    // As an operator has it at the moment.
    get name() {
      return appearances.brand().name
    },
    baseUrl,
    badgesEnabled: config.badgesEnabled,
    hasMail,
  }
}

/** A newcomer needs no idea of what an issuer is: the organization signs under its own name. */
function createFounding({ issuers, settings }: Parts): Parameters<typeof createSetUp>[0]['found'] {
  const url = settings.config.http.baseUrl
  return async (tx: Tx, { organizationName: name, user }) => {
    const { id: organizationId } = await createOrganizationIn(tx, { name }, user.email)
    await issuers.create(tx, { organizationId, name, url })
    await insertMember(tx, { organization_id: organizationId, user_id: user.id, role: 'owner' })
  }
}
