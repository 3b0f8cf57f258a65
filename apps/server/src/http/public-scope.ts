import type { HttpServer } from './http-server.js'

/** Routes for everybody: any web page may read them, errors included. */
export function openPublicScope(server: HttpServer, routes: (scope: HttpServer) => void): void {
  server.register(async (scope) => {
    scope.addHook('onRequest', (_request, reply, done) => {
      reply.header('access-control-allow-origin', '*').header('x-content-type-options', 'nosniff')
      done()
    })
    routes(scope)
  })
}
