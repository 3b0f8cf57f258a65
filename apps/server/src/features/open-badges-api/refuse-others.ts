import type { FastifyRequest } from 'fastify'
import type { HttpServer } from '../../http/http-server.js'

type Known = {
  /** Where the API begins. */
  readonly root: string
  /** What can be done at each of its addresses. */
  readonly allowed: Readonly<Record<string, readonly string[]>>
  /** A refusal in the words of the API. */
  readonly refusal: (status: 404 | 405, message: string) => Error
}

const otherMethods = ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** What is not there, and what cannot be done to what is there; said before a body is read. */
export function refuseOthers(scope: HttpServer, { root, allowed, refusal }: Known): void {
  for (const [path, methods] of Object.entries(allowed)) {
    scope.route({
      method: otherMethods.filter((one) => !methods.includes(one)),
      url: `${root}/${path}`,
      onRequest: async (request, reply) => {
        reply.header('allow', methods.join(', '))
        throw refusal(405, `${request.method} cannot be done here.`)
      },
      handler: async () => null,
    })
  }
  const onRequest = async (request: FastifyRequest) => {
    throw refusal(404, `There is nothing at ${request.url.slice(0, 200)}.`)
  }
  scope.all(`${root}/*`, { onRequest }, async () => null)
  scope.all(root, { onRequest }, async () => null)
}
