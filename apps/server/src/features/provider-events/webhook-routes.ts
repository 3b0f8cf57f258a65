import type { HttpServer } from '../../http/http-server.js'
import { queryOf } from '../../http/public-answers.js'
import type { ProviderEvents } from './provider-events.js'

type Deps = { readonly receive: ProviderEvents['receive'] }

/** Where Credly announces what happened there; its address is the one of the Open edX service. */
export function webhookRoutes(server: HttpServer, { receive }: Deps): void {
  server.register(async (scope) => {
    // Whatever it calls itself, it is read as JSON, by us, so that a fault is named in a sentence.
    scope.removeAllContentTypeParsers()
    const asText = { parseAs: 'string', bodyLimit: 65_536 } as const
    scope.addContentTypeParser('*', asText, (_request, body, done) => done(null, body))
    scope.post('/badges/credly/webhook', async (request) => {
      await receive(request.body, queryOf(request, 'secret'))
      // Credly repeats for weeks whatever is not answered with 200.
      return { received: true }
    })
  })
}
