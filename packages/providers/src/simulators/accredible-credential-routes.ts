import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { AccredibleCredentials } from './accredible-credentials.js'
import { readBody } from './accredible-input.js'
import { type CredentialRecord, credentialInput } from './accredible-records.js'
import { AccredibleRefusal } from './accredible-refusal.js'
import type { AccredibleStore, Scope } from './accredible-store.js'
import { viewCredential } from './accredible-views.js'

export type RouteDeps = {
  readonly store: AccredibleStore
  readonly credentials: AccredibleCredentials
  readonly scopeOf: (request: FastifyRequest) => Scope
  /** Whether the search finds it already. */
  readonly isIndexed: (credential: CredentialRecord) => boolean
}

const idParams = z.object({ id: z.string() })
const oneBody = z.object({ credential: credentialInput })

/** A credential by its number or its UUID, or the answer that there is none. */
export function finder({ store, scopeOf }: RouteDeps) {
  return (request: FastifyRequest, absence: object): CredentialRecord => {
    const { id } = idParams.parse(request.params)
    const all = store.credentials
    const found = all.get(Number(id)) ?? [...all.values()].find(({ uuid }) => uuid === id)
    const seen = store.inScope(scopeOf(request), found)
    if (seen === undefined) throw new AccredibleRefusal(404, absence)
    return seen
  }
}

export const doesNotExist = { errors: "Doesn't exist" }
const notInAccount = { success: false, data: 'No credential with the id given in your account' }

/** One credential, and its evidence. */
export function registerCredentials(api: FastifyInstance, deps: RouteDeps): void {
  const { store, credentials, scopeOf } = deps
  const find = finder(deps)
  const view = (credential: CredentialRecord) => ({
    credential: viewCredential(credential, store.groups.get(credential.group_id)),
  })

  api.post('/v1/credentials', async (request) => {
    const { credential } = readBody(oneBody, request.body)
    return view(credentials.create(credential, scopeOf(request)))
  })
  api.get('/v1/credentials/:id', async (request) => view(find(request, doesNotExist)))
  api.route({
    method: ['PUT', 'PATCH'],
    url: '/v1/credentials/:id',
    handler: async (request) => {
      const found = find(request, notInAccount)
      credentials.update(found, readBody(oneBody, request.body).credential, scopeOf(request))
      return view(found)
    },
  })
  api.delete('/v1/credentials/:id', async (request) => {
    const found = find(request, notInAccount)
    store.credentials.delete(found.id)
    return view(found)
  })
}
