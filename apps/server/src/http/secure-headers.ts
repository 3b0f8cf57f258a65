import type { HttpServer } from './http-server.js'

/** Where people work who are signed in; badges of the public side may stand in pages of others. */
const guarded = /^\/(?:api|console|backpack|auth|admin)(?:[/?]|$)/
const halfAYear = 180 * 86_400

/** What is answered there is for whoever asked; routes that know better say so. */
const ownAnswers = { 'cache-control': 'no-store' }

/** Tells browsers to guess no types, to show us in nobody's frame, and to come by https where we are there. */
export function secureHeaders(server: HttpServer, baseUrl: string): void {
  const headers: Record<string, string> = {
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'content-security-policy': "frame-ancestors 'none'",
    'referrer-policy': 'same-origin',
  }
  if (new URL(baseUrl).protocol === 'https:') {
    headers['strict-transport-security'] = `max-age=${halfAYear}`
  }
  // Before the pages, which may say something stricter of themselves.
  server.addHook('onRequest', (request, reply, done) => {
    // By the route that was found: an address may be written in many ways.
    const url = request.routeOptions.url ?? request.url
    if (guarded.test(url)) reply.headers(headers)
    if (/^\/api(?:\/|$)/.test(url)) reply.headers(ownAnswers)
    done()
  })
}
