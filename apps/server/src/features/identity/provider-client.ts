import * as client from 'openid-client'
import type { OidcProvider } from '../../config/oidc-config.js'
import { fetchAsBearer } from './open-edx.js'

/** A provider as the settings have it, with the secret that it gave us. */
export type Provider = OidcProvider & { readonly secret: string | undefined }

const timeoutSeconds = 10
const freshForMs = 24 * 3_600_000

/** What is known about the providers' endpoints and keys, asked for when it is needed first. */
export function createProviderClients({ now }: { readonly now: () => Date }) {
  const known = new Map<
    string,
    { readonly since: number; readonly of: Promise<client.Configuration> }
  >()

  return async (provider: Provider): Promise<client.Configuration> => {
    const time = now().getTime()
    const found = known.get(provider.id)
    if (found !== undefined && time - found.since < freshForMs) return await found.of
    const of = configure(provider)
    known.set(provider.id, { since: time, of })
    // What could not be reached is asked again by the next one.
    of.catch(() => known.delete(provider.id))
    return await of
  }
}

export type ProviderClients = ReturnType<typeof createProviderClients>

async function configure(provider: Provider): Promise<client.Configuration> {
  const found = await discover(provider)
  found.timeout = timeoutSeconds
  if (provider.kind === 'open-edx') found[client.customFetch] = fetchAsBearer
  else if (found.serverMetadata().jwks_uri !== undefined) client.enableNonRepudiationChecks(found)
  return found
}

async function discover(provider: Provider): Promise<client.Configuration> {
  const { issuer, clientId, secret } = provider
  const metadata = metadataOf(provider)
  const isOpen = new URL(issuer).protocol === 'http:'
  if (metadata !== undefined) {
    const configured = new client.Configuration(metadata, clientId, undefined, post(secret))
    if (isOpen) client.allowInsecureRequests(configured)
    return configured
  }
  const execute = isOpen ? [client.allowInsecureRequests] : []
  const options = { execute, timeout: timeoutSeconds }
  const found = await client.discovery(new URL(issuer), clientId, undefined, post(secret), options)
  const ways = found.serverMetadata().token_endpoint_auth_methods_supported
  if (secret === undefined || ways?.includes('client_secret_post') !== false) return found
  const basic = client.ClientSecretBasic(secret)
  const again = new client.Configuration(found.serverMetadata(), clientId, undefined, basic)
  if (isOpen) client.allowInsecureRequests(again)
  return again
}

function post(secret: string | undefined): client.ClientAuth {
  return secret === undefined ? client.None() : client.ClientSecretPost(secret)
}

/** What the settings say themselves; an LMS has its endpoints in one place. */
function metadataOf({ kind, issuer, endpoints }: Provider): client.ServerMetadata | undefined {
  const root = `${issuer.replace(/\/+$/, '').replace(/\/oauth2$/, '')}/oauth2`
  const known =
    kind === 'open-edx'
      ? { authorization: `${root}/authorize/`, token: `${root}/access_token/`, ...endpoints }
      : endpoints
  if (known === undefined) return undefined
  return {
    issuer,
    authorization_endpoint: known.authorization,
    token_endpoint: known.token,
    ...(endpoints?.userInfo === undefined ? {} : { userinfo_endpoint: endpoints.userInfo }),
    ...(endpoints?.keys === undefined ? {} : { jwks_uri: endpoints.keys }),
  }
}
