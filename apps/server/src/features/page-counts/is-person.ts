import type { FastifyRequest } from 'fastify'
import { byHeader } from '../../http/by-header.js'

// A few words that nearly all robots, previews and monitors have in their names; browsers have none.
const robots =
  /bot\b|bot\/|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|embedly|iframely|monitor|uptime|lighthouse|headless|curl|wget|python|java\/|okhttp|axios|node-fetch|undici|go-http|ruby|perl|php/i

const isRobot = byHeader((agent) => agent === '' || robots.test(agent))

/** Whether a page is being shown to somebody: no robot, no question about it, no fetching ahead. */
export function isForSomebody({ method, headers }: FastifyRequest): boolean {
  if (method === 'HEAD' || isRobot(headers['user-agent'])) return false
  return !/prefetch|prerender|preview/i.test(aheadOf(headers))
}

function aheadOf(headers: FastifyRequest['headers']): string {
  return [headers['sec-purpose'], headers['purpose'], headers['x-moz'], headers['x-purpose']]
    .flat()
    .join(' ')
}
