import type { FastifyReply, FastifyRequest } from 'fastify'
import { AccredibleRefusal } from './accredible-refusal.js'
import type { Scope } from './accredible-store.js'

/**
 * The key of a request, which clients write in four ways: `Token token=k`, `Token token="k"`, `Token k`
 * and `Bearer k`.
 */
function readKey({ headers }: FastifyRequest): string | undefined {
  const found =
    /^(?:Token token="([^"]+)"|Token token=([^"\s]+)|(?:Token|Bearer) ([^"=\s]+))$/.exec(
      headers.authorization ?? '',
    )
  return found?.[1] ?? found?.[2] ?? found?.[3]
}

/** What the key may see. Both refusals are real: one for no key in any known form, one for a wrong key. */
export function findScope(request: FastifyRequest, keys: ReadonlyMap<string, Scope>): Scope {
  const key = readKey(request)
  if (key === undefined) throw new AccredibleRefusal(401, 'HTTP Token: Access denied.\n')
  const scope = keys.get(key)
  if (scope !== undefined) return scope
  throw new AccredibleRefusal(401, { success: false, data: 'issuer_token not valid' })
}

export async function answerRefusal(error: unknown, _request: FastifyRequest, reply: FastifyReply) {
  if (error instanceof AccredibleRefusal) {
    const type = typeof error.body === 'string' ? 'text/plain' : 'application/json'
    return reply.code(error.status).type(type).send(error.body)
  }
  const malformed = error instanceof Error && 'statusCode' in error && error.statusCode === 400
  const errors = malformed ? 'Bad request' : 'Internal server error'
  return reply.code(malformed ? 400 : 500).send({ errors })
}
