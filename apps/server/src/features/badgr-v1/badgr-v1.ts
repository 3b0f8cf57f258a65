import type { FastifyReply } from 'fastify'
import type { HttpServer } from '../../http/http-server.js'
import type { ApiDeps } from '../badgr-api/badgr-api.js'
import { type BadgrError, openForeignScope, type ProgramSignIn } from '../badgr-auth/badgr-auth.js'
import { earnerV1Routes } from './earner-v1-routes.js'
import { issuerV1Routes } from './issuer-v1-routes.js'
import { userV1Routes } from './user-v1-routes.js'

/** Version 1 of the API of Badgr, as far as it was used. */
export function badgrV1Routes(
  server: HttpServer,
  deps: ApiDeps & { readonly signIn: ProgramSignIn },
): void {
  const foreign = { prefix: '/v1', answer: sendRefusalV1, isSlashRefused: true }
  openForeignScope(server, foreign, async (scope) => {
    issuerV1Routes(scope, deps)
    earnerV1Routes(scope, deps)
    await userV1Routes(scope, deps)
  })
}

const words: Readonly<Record<number, string>> = {
  401: 'Authentication credentials were not provided.',
  404: 'Not found.',
}

/** Without an envelope: the fields that are wrong, what is wrong with all of it, or one sentence. */
export function sendRefusalV1(error: BadgrError, reply: FastifyReply) {
  const { status, fieldErrors, validationErrors } = error
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="api"')
  const isField = Object.keys(Object(fieldErrors)).length > 0
  const detail = { detail: words[status] ?? error.message }
  const body = validationErrors.length > 0 ? validationErrors : detail
  return reply
    .code(status)
    .type('application/json')
    .send(JSON.stringify(isField ? fieldErrors : body))
}
