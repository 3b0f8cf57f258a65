import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import type { HttpServer } from './http-server.js'

const about =
  'Every route needs an administration token, but the verification of badges, which is open to everybody. Refusals are problem documents (RFC 9457) with a code. Lists come in pages: send `next` of one as `cursor` of the following.'

// All that the page loads comes with it; styles are set by its script.
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * The document of the API and a page to read and try it; both are open, they hold no data. Only
 * routes registered afterwards, in a scope of their own, are described.
 */
export function documentApi(server: HttpServer): void {
  server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Rosette',
        version: '1.0.0',
        description: about,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    },
    hideUntagged: true,
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  server.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: contentSecurityPolicy,
    uiConfig: { url: '/api/openapi.json', deepLinking: true },
    // The bar on top is for looking at other documents, under somebody else's mark.
    theme: {
      title: 'Rosette API',
      css: [{ filename: 'theme.css', content: '.swagger-ui .topbar { display: none }' }],
    },
  })
  server.register(async (scope) => {
    scope.get('/api/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
      reply.header('access-control-allow-origin', '*').send(scope.swagger()),
    )
  })
}
