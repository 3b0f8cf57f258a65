import type { FastifyRequest } from 'fastify'
import { assertSameOrigin } from '../../http/same-origin.js'

/** Before there is a session: refuses what a browser says that another site made it send. */
export function assertNotForeign(request: FastifyRequest, baseUrl: string): void {
  const { headers } = request
  const isBrowser = headers['sec-fetch-site'] !== undefined || headers.origin !== undefined
  if (isBrowser) assertSameOrigin(request, baseUrl)
}
