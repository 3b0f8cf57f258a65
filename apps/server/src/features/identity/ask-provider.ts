import * as client from 'openid-client'
import { log } from '../../telemetry/log.js'
import { messageOf } from '../../telemetry/message-of.js'
import type { Attempt } from './attempt-cookie.js'
import { type Claims, type Person, readPerson } from './claims.js'
import { claimsInToken } from './open-edx.js'
import type { Provider, ProviderClients } from './provider-client.js'
import { IdentityRefused } from './sign-in-by-identity.js'

type Deps = {
  readonly configurationOf: ProviderClients
  readonly now: () => Date
  readonly baseUrl: string
}

/** The conversation with a provider: authorization code with PKCE, state and nonce. */
export function createProviderConversation({ configurationOf, now, baseUrl }: Deps) {
  const callbackOf = (provider: Provider) => `${baseUrl}/auth/${provider.id}/callback`

  /** Where to send the browser, and what to keep until it comes back. */
  async function begin(provider: Provider) {
    const configuration = await reached(provider, configurationOf(provider))
    const verifier = client.randomPKCECodeVerifier()
    const [state, nonce] = [client.randomState(), client.randomNonce()]
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: callbackOf(provider),
      scope: provider.scopes.join(' '),
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      ...(provider.kind === 'openid' ? { nonce } : {}),
    })
    return { url: url.href, kept: { provider: provider.id, state, nonce, verifier } }
  }

  /** Who has come back, by the query of the callback. */
  async function finish(provider: Provider, attempt: Attempt, search: string): Promise<Person> {
    const configuration = await reached(provider, configurationOf(provider))
    const url = new URL(`${callbackOf(provider)}${search}`)
    const claims = await redeem({ configuration, provider, attempt, url }).catch((error) => {
      throw refusalOf(provider, error)
    })
    const person = readPerson(provider, claims)
    if (person === undefined) throw new IdentityRefused('failed')
    return person
  }

  async function redeem({ configuration, provider, attempt, url }: Redeeming): Promise<Claims> {
    const { state: expectedState, nonce: expectedNonce, verifier: pkceCodeVerifier } = attempt
    const checks = { pkceCodeVerifier, expectedState }
    if (provider.kind === 'open-edx') {
      const asked = { token_type: 'jwt' }
      const tokens = await client.authorizationCodeGrant(configuration, url, checks, asked)
      const found = claimsInToken(tokens.access_token, now())
      if (found === undefined) throw new Error('the LMS sent no token that is a JWT and in force')
      return found
    }
    const openId = { ...checks, expectedNonce, idTokenExpected: true }
    const tokens = await client.authorizationCodeGrant(configuration, url, openId)
    const claims = tokens.claims() ?? { sub: '' }
    if (configuration.serverMetadata().userinfo_endpoint === undefined) return claims
    const more = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
    return { ...more, ...claims }
  }

  return { begin, finish }
}

export type ProviderConversation = ReturnType<typeof createProviderConversation>

type Redeeming = {
  readonly configuration: client.Configuration
  readonly provider: Provider
  readonly attempt: Attempt
  readonly url: URL
}

async function reached<T>(provider: Provider, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    log.warn({ provider: provider.id, reason: messageOf(cause) }, 'identity provider not reached')
    throw new IdentityRefused('unreachable', { cause })
  }
}

/** The provider's own no is the person's business; everything else, the operator's. */
function refusalOf(provider: Provider, error: unknown): IdentityRefused {
  if (error instanceof client.AuthorizationResponseError) {
    return new IdentityRefused('refused-there', { cause: error })
  }
  const reason = messageOf(error)
  log.warn({ provider: provider.id, reason }, 'the answer of an identity provider was not accepted')
  return new IdentityRefused('failed', { cause: error })
}
