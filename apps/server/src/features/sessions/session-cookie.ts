import type { FastifyReply } from 'fastify'
import { sessionCookieOf } from '../../http/http-server.js'

export const absoluteDays = 60

/** Keeps the secret of a session in the browser, out of reach of scripts. */
export function createSessionCookie(baseUrl: string) {
  const { protocol, pathname } = new URL(baseUrl)
  const name = sessionCookieOf(baseUrl)
  const attributes = {
    path: pathname,
    httpOnly: true,
    sameSite: 'lax',
    secure: protocol === 'https:',
  } as const
  return {
    // For as long as a session may last; that it ends sooner when it is not used is known here only.
    set: (reply: FastifyReply, secret: string) =>
      reply.setCookie(name, secret, { ...attributes, maxAge: absoluteDays * 86_400 }),
    clear: (reply: FastifyReply) => reply.clearCookie(name, attributes),
  }
}

export type SessionCookie = ReturnType<typeof createSessionCookie>
