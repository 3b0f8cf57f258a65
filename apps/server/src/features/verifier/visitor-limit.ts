import rateLimit from '@fastify/rate-limit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import type { Visitor } from './turns.js'

/** All that one proxy serves may ask for this many times as much as one of them. */
const perProxy = 10

type Limit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>

/**
 * Makes a hook that bounds how often one address may have a badge verified; throws `too-many-requests`.
 *
 * Of the addresses that a request names, the last is the one that the nearest proxy saw. Without a
 * proxy all of them are invented, so whoever is connected is counted as well.
 */
export async function createVisitorLimit(scope: HttpServer, perMinute: number): Promise<Limit> {
  await scope.register(rateLimit, { global: false })
  const timeWindow = 60_000
  const limits = [
    scope.createRateLimit({ timeWindow, max: perMinute, keyGenerator: senderOf }),
    scope.createRateLimit({ timeWindow, max: perMinute * perProxy, keyGenerator: peerOf }),
  ]
  return async (request, reply) => {
    for (const limit of limits) {
      const state = await limit(request)
      if (!state.isAllowed && state.isExceeded) throw tooMany(reply, state.ttlInSeconds)
    }
  }
}

/** Who asks, for as long as they are connected. */
export function visitorOf(request: FastifyRequest, reply: FastifyReply): Visitor {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  return { by: senderOf(request), signal: gone.signal }
}

function peerOf({ ip, ips: [peer = ip] = [] }: FastifyRequest): string {
  return networkOf(peer)
}

function senderOf({ ip, ips: [peer = ip, sender = peer] = [] }: FastifyRequest): string {
  return networkOf(sender)
}

// Whoever has an IPv6 address has at least 2^64 of them.
function networkOf(address: string): string {
  return rateLimit.normalizeIP(address.slice(0, 64), 64)
}

function tooMany(reply: FastifyReply, seconds: number): AppError {
  reply.header('retry-after', String(seconds))
  const remedy = `Try again in ${seconds === 1 ? 'a second' : `${seconds} seconds`}.`
  return new AppError(
    'too-many-requests',
    `Many badges were checked from your address within a minute. ${remedy}`,
  )
}
