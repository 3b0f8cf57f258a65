import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../http/app-error.js'
import { senderAddress } from '../sessions/sessions.js'
import { TriedTooOften } from './check-password.js'

/** The person who asks; programs have no account of their own. */
export function personIn({ actor, sessionId }: FastifyRequest) {
  if (actor?.kind === 'user' && sessionId !== null)
    return { id: actor.id, email: actor.name, sessionId }
  const message = 'This is about the account of a person. Sign in instead of sending a token.'
  throw new AppError('not-signed-in', message)
}

/** From where a session is begun, and which one it takes the place of. */
export function beginningOf(request: FastifyRequest) {
  return {
    userAgent: request.headers['user-agent'],
    address: senderAddress(request),
    replaces: request.server.sessionSecret(request),
  }
}

/** Tells programs as well when they may try again. */
export async function sayWhen<T>(reply: FastifyReply, work: Promise<T>): Promise<T> {
  return await work.catch((error: unknown) => {
    if (error instanceof TriedTooOften) reply.header('retry-after', String(error.seconds))
    throw error
  })
}
