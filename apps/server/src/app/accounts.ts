import type { Settings } from '../config/load.js'
import type { Db, Tx } from '../db/database.js'
import { organizationOf } from '../features/access/access.js'
import {
  createPasswordCheck,
  createProfile,
  createSetUp,
  createSignIn,
  profileRoutes,
  sessionRoutes,
  setUpRoutes,
} from '../features/accounts/accounts.js'
import type { Issuers } from '../features/issuers/issuers.js'
import { insertMember } from '../features/members/members.js'
import { createOrganizationIn } from '../features/organizations/organizations.js'
import {
  createAttemptLimit,
  createSessionCookie,
  createSessions,
} from '../features/sessions/sessions.js'
import { createTokens } from '../features/tokens/tokens.js'
import type { SubjectKind } from '../http/access.js'
import type { HttpServer } from '../http/http-server.js'

type Parts = {
  readonly settings: Settings
  readonly db: Db
  readonly now: () => Date
  readonly issuers: Issuers
}

/** How many passwords and links one address may try in a minute. */
const triesPerMinute = 30

/** People who sign in: how they are known, and what they do with their accounts. */
export function createAccounts(parts: Parts) {
  const { settings, db, now } = parts
  const { config, secrets } = settings
  const { baseUrl } = config.http
  const installation = {
    name: 'Rosette',
    baseUrl,
    badgesEnabled: config.badgesEnabled,
    hasMail: secrets.mailUrl !== undefined && config.mail !== undefined,
  }
  const tokens = createTokens({ db })
  const sessions = createSessions({ db, now })
  const cookie = createSessionCookie(baseUrl)
  const checkPassword = createPasswordCheck({ db, now })
  const setUp = createSetUp({ db, now, baseUrl, sessions, found: createFounding(parts) })
  const signIn = createSignIn({ db, checkPassword, sessions })
  const profile = createProfile({ db, now, checkPassword })

  function routes(server: HttpServer): void {
    server.register(async (scope) => {
      const limit = await createAttemptLimit(scope, triesPerMinute)
      const deps = { db, installation, sessions, cookie, limit, providers: [] }
      sessionRoutes(scope, { ...deps, signIn, setUp })
      setUpRoutes(scope, { ...deps, setUp })
      profileRoutes(scope, { profile, limit })
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
    routes,
    tasks: sessions.tasks,
    schedule: sessions.schedule,
  }
}

export type Accounts = ReturnType<typeof createAccounts>

/** A newcomer needs no idea of what an issuer is: the organization signs under its own name. */
function createFounding({ issuers, settings }: Parts): Parameters<typeof createSetUp>[0]['found'] {
  const url = settings.config.http.baseUrl
  return async (tx: Tx, { organizationName: name, user }) => {
    const { id: organizationId } = await createOrganizationIn(tx, { name }, user.email)
    await issuers.create(tx, { organizationId, name, url })
    await insertMember(tx, { organization_id: organizationId, user_id: user.id, role: 'owner' })
  }
}
