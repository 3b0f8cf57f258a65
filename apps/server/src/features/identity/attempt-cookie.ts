import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { seal, unseal } from '../../db/sealed.js'

const attempt = z.object({
  provider: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** Where to go afterwards, below the base address. */
  to: z.string(),
  until: z.number(),
})
export type Attempt = z.output<typeof attempt>

type Deps = { readonly masterKey: Buffer; readonly now: () => Date; readonly baseUrl: string }

const lifetimeSeconds = 600
const sealedAs = 'sign-in attempt'

/** Keeps in the browser, sealed, what has to come back from the provider; nobody else can use its answer. */
export function createAttemptCookie({ masterKey, now, baseUrl }: Deps) {
  const { protocol, pathname } = new URL(baseUrl)
  // Over https so that plain http cannot put one in its place.
  const cookieName = `${protocol === 'https:' ? '__Secure-' : ''}rosette_sign_in`
  const attributes = {
    path: `${pathname.replace(/\/$/, '')}/auth`,
    httpOnly: true,
    // Sent when the provider leads back here.
    sameSite: 'lax',
    secure: protocol === 'https:',
  } as const

  function set(reply: FastifyReply, values: Omit<Attempt, 'until'>): void {
    const until = now().getTime() + lifetimeSeconds * 1000
    const sealed = seal(JSON.stringify({ ...values, until }), sealedAs, masterKey)
    const value = sealed.toString('base64url')
    reply.setCookie(cookieName, value, { ...attributes, maxAge: lifetimeSeconds })
  }

  /** Null when there is none that is ours and still good. */
  function read({ headers, server }: FastifyRequest): Attempt | null {
    const value = server.parseCookie(headers.cookie ?? '')[cookieName]
    const text = value === undefined ? undefined : open(value)
    const parsed = text === undefined ? undefined : attempt.safeParse(JSON.parse(text))
    const found = parsed?.data
    return found !== undefined && found.until > now().getTime() ? found : null
  }

  function open(value: string): string | undefined {
    try {
      return unseal(Buffer.from(value, 'base64url'), sealedAs, masterKey)
    } catch {
      return undefined
    }
  }

  return { set, read, clear: (reply: FastifyReply) => reply.clearCookie(cookieName, attributes) }
}

export type AttemptCookie = ReturnType<typeof createAttemptCookie>
