import multipart from '@fastify/multipart'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpServer } from '../../http/http-server.js'
import { log } from '../../telemetry/log.js'
import { type BadgrError, badRequest, notAllowed, notThere, toBadgrError } from './badgr-error.js'
import { rememberMethods } from './methods-at.js'
import { parseForm, parseMultipart } from './read-body.js'

export type Foreign = {
  /** Every address of the scope begins with it. */
  readonly prefix: string
  readonly answer: (error: BadgrError, reply: FastifyReply, request: FastifyRequest) => unknown
  /** Whether a slash at the end leads nowhere, as with Badgr. */
  readonly isSlashRefused: boolean
  /** Addresses that end with a slash all the same. */
  readonly withSlash?: readonly string[]
}

const mostBytes = 10 * 1024 * 1024

/** Routes that take what Badgr took, and refuse in its words; nothing of it is in the OpenAPI document. */
export function openForeignScope(
  server: HttpServer,
  foreign: Foreign,
  routes: (scope: HttpServer) => void | Promise<void>,
): void {
  const { prefix } = foreign
  server.register(
    async (scope) => {
      scope.setErrorHandler((thrown, request, reply) => {
        const { error, isInternal } = toBadgrError(thrown)
        if (isInternal) log.error({ err: thrown, request: request.id }, 'request failed')
        return foreign.answer(error, reply, request)
      })
      openToPages(scope, foreign)
      const methodsAt = rememberMethods(scope)
      scope.setNotFoundHandler((request, reply) => {
        const methods = methodsAt(request)
        if (methods.length === 0 || endsBadly(request, foreign)) throw notThere()
        reply.header('allow', methods.join(', '))
        throw notAllowed(request.method)
      })
      readBodies(scope)
      await routes(scope)
    },
    { prefix },
  )
}

/**
 * Lets pages of other sites in, as Badgr did for browser clients. Who asks they say by a token that they hold:
 * credentials are not allowed, so that no browser lets them read what the cookie of a session would get.
 */
function openToPages(scope: HttpServer, foreign: Foreign): void {
  scope.addHook('onRequest', (request, reply, done) => {
    reply.headers({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'Link',
    })
    done(endsBadly(request, foreign) ? notThere() : undefined)
  })
  scope.options('/*', async (_request, reply) =>
    reply
      .headers({
        'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
        'access-control-allow-headers': 'authorization, content-type, accept, x-requested-with',
        'access-control-max-age': '86400',
      })
      .code(204)
      .send(),
  )
}

// The router takes no notice of a slash at the end; clients of Badgr rely on its leading nowhere.
function endsBadly({ url }: FastifyRequest, { isSlashRefused, withSlash = [] }: Foreign): boolean {
  const [path = ''] = url.split('?')
  return isSlashRefused && path.endsWith('/') && !withSlash.includes(path)
}

function readBodies(scope: HttpServer): void {
  scope.removeAllContentTypeParsers()
  scope.register(multipart, { limits: { fileSize: mostBytes, files: 2, fields: 100 } })
  scope.addHook('preValidation', async (request) => {
    if (request.isMultipart()) request.body = await parseMultipart(request)
  })
  const asText = { parseAs: 'string', bodyLimit: mostBytes } as const
  scope.addContentTypeParser(
    ['application/json', 'application/ld+json'],
    asText,
    (_request, text, done) => {
      try {
        done(null, parseJson(String(text)))
      } catch (error) {
        done(badRequest(`JSON parse error - ${error instanceof Error ? error.message : ''}`))
      }
    },
  )
  scope.addContentTypeParser('application/x-www-form-urlencoded', asText, (_request, text, done) =>
    done(null, parseForm(String(text))),
  )
}

function parseJson(text: string): unknown {
  return text.trim() === '' ? undefined : JSON.parse(text)
}
