import type { Configuration, KoaContextWithOIDC } from 'oidc-provider'
import type { Db } from '../../db/database.js'
import type { ProviderModule } from './load-provider.js'
import { createOAuthAdapter } from './oauth-adapter.js'
import type { OAuthKeys } from './oauth-keys.js'
import { allScopes, offlineAccess } from './scopes.js'

type Deps = {
  readonly db: Db
  readonly keys: OAuthKeys
  /** Without a slash at its end. */
  readonly base: string
  /** Told what an error page has to say. */
  readonly showError: (ctx: KoaContextWithOIDC, problem: OAuthProblem) => void
}

export type OAuthProblem = { readonly status: number; readonly message: string }

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** Where the OAuth server answers, below `/oauth`. */
export const paths = { authorization: '/auth', token: '/token', revocation: '/revoke' } as const

/** What the cookie is called that leads an answer back to the browser in which the question was asked. */
export const proofCookie = 'rosette_consent'

/** Codes with PKCE for registered clients, opaque tokens, and everybody is asked each time. */
export function providerOptions(module: ProviderModule, deps: Deps): Configuration {
  const { db, keys, base, showError } = deps
  const { InvalidGrant } = module.errors
  const usedTwice = () => new InvalidGrant('it was used already')
  return {
    adapter: createOAuthAdapter({ db, usedTwice }),
    routes: paths,
    scopes: allScopes,
    claims: {},
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic'],
    clientDefaults: { id_token_signed_response_alg: 'EdDSA' },
    enabledJWA: { idTokenSigningAlgValues: ['EdDSA'] },
    jwks: { keys: [keys.jwk] },
    pkce: { required: () => true },
    cookies: {
      keys: [keys.cookies],
      short: { signed: true, httpOnly: true, sameSite: 'lax', overwrite: true },
      long: { signed: true, httpOnly: true, sameSite: 'lax', overwrite: true },
      names: { session: 'rosette_oauth', interaction: 'rosette_ask', resume: 'rosette_answer' },
    },
    ttl: {
      AuthorizationCode: 5 * minute,
      AccessToken: hour,
      RefreshToken: 90 * day,
      Interaction: 30 * minute,
      Session: minute,
      Grant: 730 * day,
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId,
      },
    },
    interactions: { policy: policyOf(module), url: createAllowUrl(base, keys) },
    findAccount: (_ctx, accountId) => ({ accountId, claims: async () => ({ sub: accountId }) }),
    loadExistingGrant: grantJustGiven,
    issueRefreshToken: async (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') && source.scopes.has(offlineAccess),
    expiresWithSession: () => false,
    renderError: (ctx, out) => {
      ctx.respond = false
      const message = out.error_description ?? out.error
      showError(ctx, { status: ctx.status, message })
    },
  }
}

function policyOf({ interactionPolicy, errors }: ProviderModule) {
  const { base, Check } = interactionPolicy
  const policy = base()
  const hasState = new Check('no_state', 'state is required', ({ oidc }) => {
    if (oidc.params?.['state']) return Check.NO_NEED_TO_PROMPT
    throw new errors.InvalidRequest('state is required')
  })
  policy.get('login')?.checks.add(hasState, 0)
  return policy
}

// Of the answer that is being carried out, and never one of before: everybody is asked each time.
async function grantJustGiven({ oidc }: KoaContextWithOIDC) {
  const grantId = oidc.result?.consent?.grantId
  return grantId === undefined ? undefined : await oidc.provider.Grant.find(grantId)
}

/** Leads to the page that asks, and leaves a cookie by which this browser is known there. */
function createAllowUrl(base: string, keys: OAuthKeys) {
  const { pathname, protocol } = new URL(base)
  const prefix = pathname.replace(/\/$/, '')
  return (ctx: KoaContextWithOIDC, { uid }: { readonly uid: string }) => {
    ctx.cookies.set(proofCookie, keys.browserProof(uid), {
      path: `${prefix}/api/v1/me/authorizations/${uid}`,
      httpOnly: true,
      sameSite: 'lax',
      secure: protocol === 'https:',
      signed: false,
      maxAge: 30 * minute * 1000,
    })
    return `${base}/backpack/allow/${uid}`
  }
}
