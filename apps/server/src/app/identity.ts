import type { Settings } from '../config/load.js'
import type { Db } from '../db/database.js'
import type { AddressProven } from '../features/accounts/accounts.js'
import {
  createAttemptCookie,
  createIdentitySignIn,
  createProviderClients,
  createProviderConversation,
  identityRoutes,
  type Provider,
} from '../features/identity/identity.js'
import type { AttemptLimit, SessionCookie, Sessions } from '../features/sessions/sessions.js'
import type { HttpServer } from '../http/http-server.js'

type Parts = {
  readonly settings: Settings
  readonly db: Db
  readonly now: () => Date
  readonly masterKey: Buffer
  readonly sessions: Sessions
  readonly cookie: SessionCookie
  readonly addressProven: AddressProven
}

/** Signing in through identity providers, such as an LMS. */
export function createIdentity({ settings, db, now, masterKey, sessions, ...rest }: Parts) {
  const { cookie, addressProven } = rest
  const { config, secrets } = settings
  const { baseUrl } = config.http
  const providers: readonly Provider[] = config.oidcProviders.map((one) => ({
    ...one,
    secret: secrets.oidcSecrets.get(one.id),
  }))
  const configurationOf = createProviderClients({ now })
  const conversation = createProviderConversation({ configurationOf, now, baseUrl })
  const signIn = createIdentitySignIn({ db, now, sessions, addressProven })
  const attempts = createAttemptCookie({ masterKey, now, baseUrl })

  function routes(scope: HttpServer, limit: AttemptLimit): void {
    identityRoutes(scope, { providers, conversation, signIn, attempts, cookie, limit, baseUrl })
  }

  return { providers: providers.map(({ id, name }) => ({ id, name })), routes }
}
