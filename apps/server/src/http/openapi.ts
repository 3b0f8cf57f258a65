import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import type { Access } from './access.js'
import type { HttpServer } from './http-server.js'

const about =
  'Sign in, which sets a session cookie, or send a token as `Authorization: Bearer <token>`. What a route needs is told in its description, and as `x-permission`; what is outside of the reach of a session or a token answers as if it did not exist, and lists leave it out. A session changes something only for pages of this site. Refusals are problem documents (RFC 9457) with a code. Lists come in pages: send `next` of one as `cursor` of the following.'

// All that the page loads comes with it; styles are set by its script.
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * The document of the API and a page to read and try it; both are open, they hold no data. Only
 * routes registered afterwards, in a scope of their own, are described.
 */
export function documentApi(server: HttpServer, sessionCookie: string): void {
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
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: sessionCookie },
        },
      },
    },
    hideUntagged: true,
    transform: (document) => {
      const { schema, url } = jsonSchemaTransform(document)
      const { config } = document.route
      return { schema: withPermission(schema, config?.access), url }
    },
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

type Documented = ReturnType<typeof jsonSchemaTransform>['schema']

function withPermission(schema: Documented, access: Access | undefined): Documented {
  if (access === undefined || schema === undefined || schema.hide === true) return schema
  const { description = '' } = schema
  return {
    ...schema,
    description: `${description}\n\n${needOf(access)}`.trimStart(),
    ...(typeof access !== 'string' && { 'x-permission': access.permission }),
  }
}

function needOf(access: Access): string {
  if (access === 'open') return 'Open to everybody.'
  if (access === 'signed-in') return 'Needs somebody who is signed in, or a token.'
  const needs = `Needs \`${access.permission}\``
  if (!('by' in access)) {
    return access.of === 'platform'
      ? `${needs} for the whole platform.`
      : `${needs} in any organization; the answer keeps to those where the caller has it.`
  }
  const { of, by, within } = access
  const where = `in the organization${of === 'organization' ? '' : ` of the ${of}`}`
  return `${needs} ${where}${within === 'params' ? '' : ` that \`${by}\` of the ${within} names`}.`
}
