import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { RouteDeps } from './accredible-credential-routes.js'
import { readBody } from './accredible-input.js'
import { credentialInput } from './accredible-records.js'
import { AccredibleRefusal } from './accredible-refusal.js'
import { viewBulkRow } from './accredible-views.js'

const manyBody = z.object({ credentials: z.array(credentialInput) })

/** Several credentials at once. */
export function registerBulk(
  api: FastifyInstance,
  { store, credentials, scopeOf }: RouteDeps,
): void {
  function create(request: FastifyRequest, most: number) {
    const inputs = readBody(manyBody, request.body).credentials
    if (inputs.length > most) {
      const errors = `You can create at most ${most} credentials at once`
      throw new AccredibleRefusal(422, { errors })
    }
    return inputs.map((input, i) => {
      try {
        const made = credentials.create(input, scopeOf(request))
        const credential = viewBulkRow(made, store.groups.get(made.group_id))
        return (input.approve ?? true) && !made.approve && !store.account.sandboxMode
          ? { credential, errors: unpublished }
          : { credential }
      } catch (error) {
        if (error instanceof AccredibleRefusal) return { errors: toRowErrors(error, i) }
        throw error
      }
    })
  }

  // How its rows look is not documented; they are taken to be those of the second version.
  api.post('/v1/credentials/bulk_create', async (request) => ({ results: create(request, 100) }))
  api.post('/v2/credentials/bulk_create', async (request, reply) => {
    const results = create(request, 30)
    const failed = results.filter((row) => !('credential' in row)).length
    const spotless = results.every((row) => !('errors' in row))
    const status = spotless ? 200 : failed === results.length ? 422 : 207
    return reply.code(status).send({ results })
  })
}

const unpublished = {
  code: 'insufficient_credits',
  message: 'The credential was created but not published.',
}

/** The documentation has the details with `message` and with `reason`, so the rows take turns. */
function toRowErrors({ body }: AccredibleRefusal, row: number): object {
  const { errors } = z
    .object({ errors: z.union([z.string(), z.record(z.string(), z.array(z.string()))]) })
    .parse(body)
  if (typeof errors === 'string') return { code: 'credential_invalid', message: errors }
  const details = Object.entries(errors).flatMap(([property, texts]) =>
    texts.map((text) => (row % 2 === 0 ? { property, message: text } : { property, reason: text })),
  )
  return { code: 'credential_invalid', message: 'The credential is not valid', details }
}
