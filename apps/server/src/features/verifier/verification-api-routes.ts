import { createVerification } from '@rosette/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { openToAll } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import type { Verifier } from './create-verifier.js'
import { readSubmission } from './submission.js'
import { visitorOf } from './visitor-limit.js'

type Deps = {
  readonly verifier: Verifier
  readonly limit: (request: FastifyRequest, reply: FastifyReply) => Promise<void>
}

const path = '/api/v1/verifications'

/** The same for programs; open to everybody, from any web page. */
export function verificationApiRoutes(scope: HttpServer, { verifier, limit }: Deps): void {
  // Browsers ask this before they send JSON for a page of another site.
  scope.options(path, { config: openToAll }, async (_request, reply) =>
    reply
      .headers({
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': 'content-type',
        'access-control-max-age': '86400',
      })
      .code(204)
      .send(),
  )

  scope.post(
    path,
    {
      schema: createVerification,
      config: openToAll,
      onRequest: limit,
      // Files and forms become what the schema describes, so that there is one door for all of them.
      preValidation: async (request) => {
        if (!isJson(request)) Object.assign(request, { body: await readSubmission(request) })
      },
    },
    async (request, reply) => await verifier.verify(request.body, visitorOf(request, reply)),
  )
}

function isJson({ headers }: FastifyRequest): boolean {
  return /^application\/json\b/i.test(headers['content-type'] ?? '')
}
