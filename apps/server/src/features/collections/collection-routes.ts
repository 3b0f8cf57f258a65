import * as contract from '@rosette/contract/backpack'
import { forSignedIn } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import { personIn } from '../accounts/accounts.js'
import type { Collections } from './create-collections.js'

const root = '/api/v1/backpack/collections'
const config = forSignedIn

/** What learners do with their collections. */
export function collectionRoutes(server: HttpServer, collections: Collections): void {
  server.get(root, { schema: contract.listCollections, config }, async (request) => ({
    items: await collections.list(personIn(request).id),
  }))

  server.post(root, { schema: contract.createCollection, config }, async (request, reply) => {
    const made = await collections.create(personIn(request), request.body)
    return reply.code(201).header('location', `${root}/${made.id}`).send(made)
  })

  server.get(`${root}/:id`, { schema: contract.getCollection, config }, async (request) =>
    collections.get(personIn(request).id, request.params.id),
  )

  server.patch(`${root}/:id`, { schema: contract.updateCollection, config }, async (request) =>
    collections.update(personIn(request), request.params.id, request.body),
  )

  const remove = { schema: contract.deleteCollection, config }
  server.delete(`${root}/:id`, remove, async (request, reply) => {
    await collections.remove(personIn(request), request.params.id)
    return reply.code(204).send(null)
  })
}
