import { excerpt, parseJson, quoted, withoutSecrets } from './foreign-text.js'
import { ProviderError } from './provider-error.js'

/** What a call needs of the network; tests and rate limiters put their own in its place. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export type HttpDeps = {
  readonly fetch?: Fetch
  /** Waits until a request may be made; throws a `rate-limited` error when that takes too long. */
  readonly beforeRequest?: (signal: AbortSignal) => Promise<void>
  /** Told how long the provider asked us to stay away. */
  readonly onRateLimited?: (retryAfterMs: number) => Promise<void>
  readonly timeoutMs?: number
}

export type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Sent as JSON; a `URLSearchParams` is sent as a form. */
  readonly body?: object | undefined
  readonly signal?: AbortSignal | undefined
}

/** An answer of any status except those that speak of the service and not of the request. */
export type Answer = {
  readonly status: number
  readonly headers: Headers
  /** Undefined where the body is empty or no JSON. */
  readonly json: unknown
  /** To be quoted: without the key that was sent. */
  readonly text: string
}

export type Http = (call: Call) => Promise<Answer>

const defaultTimeoutMs = 10_000
/** Far more than any page of any list. */
const mostBytes = 16 * 1024 * 1024
/** What we keep away for when a provider says only that it was too much. */
const defaultRetryAfterMs = 30_000

/**
 * Makes calls and tells failures apart: answers of the service as a whole (429, 401, 408, 5xx, no answer)
 * are thrown as a `ProviderError`; everything else is for the caller to judge.
 */
export function createHttp(name: string, deps: HttpDeps = {}): Http {
  const { fetch = globalThis.fetch, beforeRequest, onRateLimited } = deps
  const timeoutMs = deps.timeoutMs ?? defaultTimeoutMs

  return async function call({ method, url, headers, body, signal }) {
    const outer = signal ?? new AbortController().signal
    await beforeRequest?.(outer)
    const limit = limitTime(outer, timeoutMs)
    const sent = send({ method, url, headers, body, signal: limit.signal })
    const { response, text: answered } = await sent.finally(limit.lift)
    const { status } = response
    const text = withoutSecrets(answered, { headers, body })
    if (status === 429) {
      const retryAfterMs = readRetryAfter(response.headers.get('retry-after'))
      await onRateLimited?.(retryAfterMs)
      const message = `${name} asks us to slow down.`
      throw new ProviderError(message, { kind: 'rate-limited', status, retryAfterMs })
    }
    if (status === 401) {
      throw new ProviderError(`${name} does not accept the key${quoted(text)}`, {
        kind: 'unauthorized',
        status,
      })
    }
    if (status >= 500 || status === 408) {
      throw new ProviderError(`${name} failed with status ${status}${quoted(text)}`, {
        kind: 'unanswered',
        status,
      })
    }
    if (status >= 300 && status < 400) {
      // Followed, it would take the key to another address.
      throw new ProviderError(`${name} answers with a redirect. Check the address of the API.`, {
        kind: 'refused',
        reason: 'other',
        status,
      })
    }
    // What was asked for may hold the key, as the list of keys does; a refusal only repeats it.
    const json = parseJson(status < 400 ? answered : text)
    return { status, headers: response.headers, json, text }
  }

  async function send(call: Call) {
    assertSendable(name, call)
    try {
      const response = await fetch(call.url, toInit(call))
      return { response, text: await readText(response) }
    } catch (cause) {
      throw toFailure(name, cause)
    }
  }
}

/**
 * Aborts with the outer signal, or when the time is up. With a timer of its own: on Node 20 the garbage
 * collector takes an `AbortSignal.timeout` that only `AbortSignal.any` knows of, which then never fires.
 */
function limitTime(outer: AbortSignal, timeoutMs: number) {
  const controller = new AbortController()
  const stop = () => controller.abort(outer.reason)
  if (outer.aborted) stop()
  outer.addEventListener('abort', stop)
  const timeout = new DOMException('The time is up.', 'TimeoutError')
  const timer = setTimeout(() => controller.abort(timeout), timeoutMs)
  function lift(): void {
    clearTimeout(timer)
    outer.removeEventListener('abort', stop)
  }
  return { signal: controller.signal, lift }
}

function toInit({ method, headers, body, signal }: Call): RequestInit {
  const isForm = body instanceof URLSearchParams
  return {
    method,
    redirect: 'manual',
    headers: {
      accept: 'application/json',
      'user-agent': 'Rosette',
      ...(body !== undefined && !isForm ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }
}

/** Otherwise it fails as if it had been sent, and the reason repeats the key. */
function assertSendable(name: string, { headers }: Call): void {
  try {
    new Headers(headers)
  } catch {
    const message = `The key for ${name} has characters that cannot be sent. Enter it again.`
    throw new ProviderError(message, { kind: 'unauthorized' })
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > mostBytes) throw new Error(`The answer is longer than ${mostBytes} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Failures of a connection that was never made: the request cannot have had an effect. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

function toFailure(name: string, cause: unknown): ProviderError {
  const code = codeOf(cause)
  if (code !== undefined && neverSent.has(code)) {
    return new ProviderError(`${name} cannot be reached (${code}).`, { kind: 'unreachable', cause })
  }
  const what = cause instanceof Error && cause.name === 'TimeoutError' ? 'in time' : 'to the end'
  return new ProviderError(`${name} did not answer ${what}.`, { kind: 'unanswered', cause })
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  // Several addresses were tried; they fail alike.
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  return codeOf(error.cause)
}

/** Seconds or a date (RFC 9110, section 10.2.3), as milliseconds from now. */
function readRetryAfter(header: string | null): number {
  if (header === null) return defaultRetryAfterMs
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 1000), 3_600_000) : defaultRetryAfterMs
}

/** The answer in the shape that the schema reads; an answer of another shape may have had an effect. */
export function unexpectedAnswer(name: string, what: string, answer: Answer): ProviderError {
  const message = `${name} answered ${what} with something that cannot be read (status ${answer.status}): ${excerpt(answer.text)}`
  return new ProviderError(message, { kind: 'unanswered', status: answer.status })
}

/**
 * The address of the next page, if it is one that the key may be sent to: the same origin as the API.
 * Providers insert other folders, so the path is theirs.
 */
export function checkedNextPage(name: string, next: string, apiBaseUrl: string): string {
  const url = URL.canParse(next, apiBaseUrl) ? new URL(next, apiBaseUrl) : undefined
  // No request is made with a name in its address, so it would fail for ever.
  const isPlain = url?.username === '' && url.password === ''
  if (isPlain && url.origin === new URL(apiBaseUrl).origin) return url.href
  const message = `${name} names a next page at ${url?.host ?? 'no address'}; the key is not sent there.`
  throw new ProviderError(message, { kind: 'refused', reason: 'other' })
}
