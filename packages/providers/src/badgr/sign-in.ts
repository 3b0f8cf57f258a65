import { z } from 'zod'
import { excerpt } from '../foreign-text.js'
import { type Answer, createHttp, type Fetch, type HttpDeps } from '../http.js'
import { ProviderError } from '../provider-error.js'
import type { BadgrCredentials } from './options.js'

/** What a sign-in gives, and for how long. */
export type Grant = {
  readonly token: string
  readonly refreshToken: string | null
  readonly lifetimeMs: number
}

export type SigningIn = Exclude<BadgrCredentials, { kind: 'token' }>

/** What a server that keeps quiet about the end of a token is taken to mean. */
const defaultLifetimeSeconds = 3600

const grantSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish(),
  expires_in: z.number().positive().nullish(),
})
const errorSchema = z.object({
  error: z.string().catch(''),
  error_description: z.string().catch(''),
})
const throttledSchema = z.object({ expires: z.number().positive() })

/**
 * The two ways to a token. What fails here fails before the call that wanted the token was sent, so nothing
 * is ever `unanswered`; and no answer is quoted whole, because answers of this route hold secrets.
 */
export function createSignIn(base: string, credentials: SigningIn, deps: HttpDeps) {
  const name = new URL(base).host
  const fetch = tellingRetryAfter(deps.fetch ?? globalThis.fetch)
  const http = createHttp(name, { ...deps, fetch })
  const what = credentials.kind === 'password' ? 'user name and password' : 'client id and secret'

  async function post(form: Readonly<Record<string, string>>): Promise<Grant> {
    const answer = await http({
      method: 'POST',
      url: `${base}/o/token`,
      headers: {},
      body: new URLSearchParams(form),
    }).catch((error) => {
      throw beforehand(name, what, error)
    })
    if (answer.status >= 400) throw toRefusal(answer, Object.values(form))
    const parsed = grantSchema.safeParse(answer.json)
    if (!parsed.success) {
      const message = `${name} answered the sign-in with something that is no token.`
      throw new ProviderError(message, { kind: 'unreachable', status: answer.status })
    }
    const { access_token: token, refresh_token: refreshToken, expires_in: seconds } = parsed.data
    const lifetimeMs = (seconds ?? defaultLifetimeSeconds) * 1000
    return { token, refreshToken: refreshToken ?? null, lifetimeMs }
  }

  function toRefusal({ status, json }: Answer, secrets: readonly string[]): ProviderError {
    if (status !== 400 && status !== 403) {
      const message = `${name} does not let us sign in (status ${status}). Check the address of the API.`
      return new ProviderError(message, { kind: 'refused', reason: 'other', status })
    }
    const { error = '', error_description: more = '' } = errorSchema.safeParse(json).data ?? {}
    const said = secrets.reduce((text, secret) => text.split(secret).join('…'), `${error} ${more}`)
    const message = `${name} does not accept the ${what}: ${excerpt(said)}`
    return new ProviderError(message, { kind: 'unauthorized', status })
  }

  return {
    signIn: () => post(toForm(credentials)),
    refresh: (refreshToken: string) =>
      post({ grant_type: 'refresh_token', refresh_token: refreshToken }),
  }
}

export type SignIn = ReturnType<typeof createSignIn>

function toForm(credentials: SigningIn): Readonly<Record<string, string>> {
  if (credentials.kind === 'password') {
    // Without a client id, servers take their public client, which may issue.
    const { username, password } = credentials
    return { grant_type: 'password', username, password }
  }
  // Without a scope, a client may only read its own profile.
  const { clientId, clientSecret } = credentials
  return {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: 'rw:issuer',
  }
}

function beforehand(name: string, what: string, error: unknown): unknown {
  if (!(error instanceof ProviderError)) return error
  const { kind, status } = error
  if (kind === 'unauthorized') {
    return new ProviderError(`${name} does not accept the ${what}.`, {
      kind,
      ...withStatus(status),
    })
  }
  if (kind !== 'unanswered') return error
  const how = status === undefined ? 'did not answer' : `failed with status ${status}`
  const message = `${name} ${how} when we signed in.`
  return new ProviderError(message, { kind: 'unreachable', ...withStatus(status) })
}

function withStatus(status: number | undefined) {
  return status === undefined ? {} : { status }
}

/** Throttled logins say in the body alone how many seconds to stay away. */
function tellingRetryAfter(fetch: Fetch): Fetch {
  return async (url, init) => {
    const response = await fetch(url, init)
    if (response.status !== 429 || response.headers.has('retry-after')) return response
    const body: unknown = await response
      .clone()
      .json()
      .catch(() => undefined)
    const throttled = throttledSchema.safeParse(body)
    if (!throttled.success) return response
    const headers = new Headers(response.headers)
    headers.set('retry-after', String(Math.ceil(throttled.data.expires)))
    return new Response(response.body, { status: response.status, headers })
  }
}
