import { ProviderError } from '../provider-error.js'
import type { Grant, SignIn } from './sign-in.js'

type Held = Grant & { readonly until: number }

/** Does work with a token that is good now; when the server no longer takes it, once more with a new one. */
export type Tokens = {
  use<T>(work: (token: string) => Promise<T>, signal?: AbortSignal): Promise<T>
}

export function fixedToken(token: string): Tokens {
  // Pasted tokens bring line ends along, which no header may hold.
  const trimmed = token.trim()
  return { use: (work) => work(trimmed) }
}

/** How long before its end a token is no longer used: a call must arrive before it. */
const marginMs = 60_000

/** Keeps one token for all calls. Those that wait for a new one wait for the same. */
export function createTokens(name: string, { signIn, refresh }: SignIn, now: () => Date): Tokens {
  let held: Held | undefined
  let coming: Promise<Held> | undefined

  async function current(signal: AbortSignal | undefined): Promise<string> {
    if (held !== undefined && now().getTime() < held.until) return held.token
    // The fetch belongs to everybody, so nobody's signal may end it; a caller only stops waiting.
    throwIfAborted(name, signal)
    coming ??= fetchToken(held?.refreshToken ?? null).finally(() => {
      coming = undefined
    })
    return (await untilAborted(name, coming, signal)).token
  }

  async function fetchToken(refreshToken: string | null): Promise<Held> {
    const grant = refreshToken === null ? await signIn() : await refreshOrSignIn(refreshToken)
    const lasts = Math.max(grant.lifetimeMs - marginMs, grant.lifetimeMs / 2)
    held = { ...grant, until: now().getTime() + lasts }
    return held
  }

  async function refreshOrSignIn(refreshToken: string): Promise<Grant> {
    try {
      const grant = await refresh(refreshToken)
      return { ...grant, refreshToken: grant.refreshToken ?? refreshToken }
    } catch (error) {
      if (!isUnauthorized(error)) throw error
      return await signIn()
    }
  }

  return {
    async use(work, signal) {
      const token = await current(signal)
      try {
        return await work(token)
      } catch (error) {
        if (!isUnauthorized(error)) throw error
        // Another call may have brought a new one already.
        if (held?.token === token) held = undefined
        return await work(await current(signal))
      }
    },
  }
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof ProviderError && error.kind === 'unauthorized'
}

function stopped(name: string, signal: AbortSignal): ProviderError {
  const message = `The call to ${name} was given up before it was sent.`
  return new ProviderError(message, { kind: 'unreachable', cause: signal.reason })
}

function throwIfAborted(name: string, signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw stopped(name, signal)
}

function untilAborted<T>(
  name: string,
  promise: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (signal === undefined) return promise
  return new Promise((resolve, reject) => {
    const abort = () => reject(stopped(name, signal))
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
