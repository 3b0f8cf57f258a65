import { z } from 'zod'
import { AppError } from '../../http/app-error.js'
import { knownScopes, offlineAccess } from './scopes.js'

const name = z.string().trim().min(1).max(200)
const address = z.string().max(2000)

const registration = z.object({
  client_name: name,
  client_uri: address,
  logo_uri: address,
  tos_uri: address,
  policy_uri: address,
  software_id: name,
  software_version: name,
  redirect_uris: z.array(address).min(1).max(20),
  scope: z.string().max(4000).optional(),
  token_endpoint_auth_method: z.literal('client_secret_basic').default('client_secret_basic'),
  grant_types: z
    .array(z.enum(['authorization_code', 'refresh_token']))
    .refine((types) => types.includes('authorization_code'), 'must have authorization_code')
    .optional(),
  response_types: z.array(z.literal('code')).min(1).max(1).default(['code']),
})

/** A client that may not be registered, in the words of RFC 7591. */
export class RegistrationRefused extends AppError {
  readonly error: 'invalid_redirect_uri' | 'invalid_client_metadata'

  constructor(error: RegistrationRefused['error'], message: string) {
    super('request-invalid', message)
    this.error = error
  }
}

/** Characters that would turn the name on a page into something else. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what it is about
const unseen = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g

/**
 * Reads what a client says of itself (Open Badges 3.0, dynamic client registration). All of its addresses
 * are https and on one host; a development server may have clients on its own machine without.
 */
export function readClientMetadata(body: unknown, base: string) {
  const parsed = registration.safeParse(body)
  if (!parsed.success) throw refusalOf(parsed.error)
  const { data } = parsed
  const { client_uri, logo_uri, tos_uri, policy_uri, redirect_uris } = data
  const isLocalAllowed = isLoopback(new URL(base))
  for (const uri of redirect_uris) assertAddress('redirect_uris', uri, isLocalAllowed)
  for (const [member, uri] of Object.entries({ client_uri, logo_uri, tos_uri, policy_uri })) {
    assertAddress(member, uri, isLocalAllowed)
  }
  const hosts = new Set(
    [client_uri, logo_uri, tos_uri, policy_uri, ...redirect_uris].map(
      (uri) => new URL(uri).hostname,
    ),
  )
  if (hosts.size > 1) {
    const found = [...hosts].join(', ')
    const message = `all addresses must be on one host, and these are on ${found}`
    throw new RegistrationRefused('invalid_client_metadata', message)
  }
  const scopes = knownScopes(data.scope ?? '')
  if (scopes.length === 0) {
    throw new RegistrationRefused('invalid_client_metadata', 'scope: names none that is offered')
  }
  const lasting = scopes.includes(offlineAccess) ? ['refresh_token'] : []
  return {
    ...data,
    client_name: data.client_name.replace(unseen, '').trim() || new URL(client_uri).hostname,
    scope: scopes.join(' '),
    grant_types: data.grant_types ?? ['authorization_code', ...lasting],
  }
}

function refusalOf({ issues }: z.ZodError): RegistrationRefused {
  const [first] = issues
  const member = String(first?.path[0] ?? '')
  const reasons = issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  )
  const error = member === 'redirect_uris' ? 'invalid_redirect_uri' : 'invalid_client_metadata'
  return new RegistrationRefused(error, reasons.join('; ').slice(0, 500))
}

function assertAddress(member: string, uri: string, isLocalAllowed: boolean): void {
  const url = URL.canParse(uri) ? new URL(uri) : undefined
  const isSecure =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocalAllowed && isLoopback(url))
  const isPlain = url?.username === '' && url.password === '' && url.hash === ''
  if (isSecure && isPlain && !uri.includes('#')) return
  const message = `${member}: must be an https address without a name, password or fragment`
  const error = member === 'redirect_uris' ? 'invalid_redirect_uri' : 'invalid_client_metadata'
  throw new RegistrationRefused(error, message)
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}
