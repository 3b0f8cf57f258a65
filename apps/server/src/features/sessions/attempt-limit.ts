import rateLimit from '@fastify/rate-limit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'

/** All that one proxy serves may try this many times as often as one of them. */
const perProxy = 10

export type AttemptLimit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>

/**
 * Makes a hook that bounds how often one address may try a password or a link.
 *
 * Of the addresses that a request names, the last is the one that the nearest proxy saw. Without a
 * proxy all of them are invented, so whoever is connected is counted as well.
 */
export async function createAttemptLimit(
  scope: HttpServer,
  perMinute: number,
): Promise<AttemptLimit> {
  if (!scope.hasDecorator('createRateLimit')) await scope.register(rateLimit, { global: false })
  const timeWindow = 60_000
  const limits = [
    scope.createRateLimit({ timeWindow, max: perMinute, keyGenerator: senderOf }),
    scope.createRateLimit({ timeWindow, max: perMinute * perProxy, keyGenerator: peerOf }),
  ]
  return async (request, reply) => {
    for (const limit of limits) {
      const state = await limit(request)
      if (state.isAllowed || !state.isExceeded) continue
      reply.header('retry-after', String(state.ttlInSeconds))
      const message = `There were many tries from your address. Try again in ${state.ttlInSeconds} seconds.`
      throw new AppError('too-many-requests', message)
    }
  }
}

function peerOf({ ip, ips: [peer = ip] = [] }: FastifyRequest): string {
  return networkOf(peer)
}

function senderOf(request: FastifyRequest): string {
  return networkOf(senderAddress(request))
}

/** Who asks, as far as the nearest proxy knows. */
export function senderAddress({
  ip,
  ips: [peer = ip, sender = peer] = [],
}: FastifyRequest): string {
  return sender
}

// Whoever has an IPv6 address has at least 2^64 of them.
function networkOf(address: string): string {
  return rateLimit.normalizeIP(address.slice(0, 64), 64)
}
