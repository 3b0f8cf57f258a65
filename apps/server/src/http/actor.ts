import type { FastifyRequest } from 'fastify'

/** For routes that only an administrator may use. */
export const adminOnly = { permission: 'admin' } as const

/** Who asks, for the audit log; routes behind `adminOnly` always know. */
export function actorOf(request: FastifyRequest): string {
  return request.actor?.name ?? 'unknown'
}
