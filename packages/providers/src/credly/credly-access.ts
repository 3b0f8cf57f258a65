import type { Http } from '../http.js'
import { ProviderError } from '../provider-error.js'
import { accessToken, parseAnswer } from './credly-answers.js'
import { type CredlyOptions, credlyName, joinPath } from './credly-options.js'

/** How requests are authorized. */
export type Access = {
  /** The value of the `Authorization` header. */
  header(): Promise<string>
  /** Told that Credly did not take this header; true when another may do better. */
  discard(header: string): boolean
}

/** Fetched anew this long before it ends, so that it does not end on the way. */
const marginMs = 60_000
/** Where Credly does not say: half of the two hours that its tokens are known to last. */
const assumedSeconds = 3600
const scopes = 'badge_templates events issued_badges'

type Application = { readonly clientId: string; readonly clientSecret: string }

export function createAccess(options: CredlyOptions, http: Http, now: () => Date): Access {
  const { credentials, basicForm, webBaseUrl } = options
  if (credentials.kind === 'oauth') {
    const url = joinPath(webBaseUrl, 'oauth', 'token')
    return createOauthAccess(now, () => fetchToken(credentials, url, http))
  }
  const text = basicForm === 'bare' ? credentials.token : `${credentials.token}:`
  const header = `Basic ${Buffer.from(text).toString('base64')}`
  return { header: async () => header, discard: () => false }
}

type Fetched = { readonly header: string; readonly lifeMs: number }

function createOauthAccess(now: () => Date, fetchNew: () => Promise<Fetched>): Access {
  let held: { readonly header: string; readonly renewAt: number } | undefined
  let fetching: Promise<string> | undefined

  async function renew(): Promise<string> {
    try {
      const { header, lifeMs } = await fetchNew()
      held = { header, renewAt: now().getTime() + Math.max(lifeMs - marginMs, 0) }
      return header
    } finally {
      fetching = undefined
    }
  }

  return {
    async header() {
      if (held !== undefined && now().getTime() < held.renewAt) return held.header
      // Shared, and so not bound to the signal of whoever happened to come first.
      fetching ??= renew()
      return await fetching
    },
    discard(header) {
      // Another call may have renewed it in the meantime; that one is good.
      if (held?.header === header) held = undefined
      return true
    },
  }
}

async function fetchToken(application: Application, url: string, http: Http): Promise<Fetched> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: application.clientId,
    client_secret: application.clientSecret,
    scope: scopes,
  })
  const answer = await http({ method: 'POST', url, headers: {}, body })
  if (answer.status >= 400) {
    const message = `${credlyName} gives no access token (status ${answer.status}). Check the client id and secret.`
    throw new ProviderError(message, { kind: 'unauthorized', status: answer.status })
  }
  const token = parseAnswer(accessToken, answer)
  const lifeMs = (token.expires_in ?? assumedSeconds) * 1000
  return { header: `Bearer ${token.access_token}`, lifeMs }
}
