import type { FastifyRequest } from 'fastify'
import { AppError } from './app-error.js'

/**
 * Refuses what another site made a browser send. A browser says by `Sec-Fetch-Site` where a form stood;
 * over plain http it may not, and then `Origin` must name us.
 */
export function assertSameOrigin(request: FastifyRequest, baseUrl: string): void {
  const site = request.headers['sec-fetch-site']
  if (site === 'same-origin') return
  const { origin = '' } = request.headers
  const host = URL.canParse(origin) ? new URL(origin).host : ''
  const isOurs = host !== '' && (host === request.host || host === new URL(baseUrl).host)
  if (site === undefined && isOurs) return
  const remedy = 'Open the administration yourself, and do it there.'
  throw new AppError('forbidden', `This was sent from another site, so nothing was done. ${remedy}`)
}
