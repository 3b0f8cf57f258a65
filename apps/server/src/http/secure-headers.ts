import type { HttpServer } from './http-server.js'

/** Where people work who are signed in; badges of the public side may stand in pages of others. */
const guarded = /^\/(?:api|console|auth|admin)(?:[/?]|$)/
const halfAYear = 180 * 86_400

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
    if (guarded.test(request.url)) reply.headers(headers)
    done()
  })
}
