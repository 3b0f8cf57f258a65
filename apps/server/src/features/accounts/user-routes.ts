import * as contract from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { onPlatform } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import { knownActor } from '../access/access.js'
import type { Resets } from './resets.js'
import { listUsers, userOr404 } from './user-views.js'
import type { Users } from './users.js'

type Deps = { readonly db: Db; readonly users: Users; readonly resets: Pick<Resets, 'linkFor'> }

const root = '/api/v1/users'
const config = onPlatform('user:edit')

export function userRoutes(server: HttpServer, { db, users, resets }: Deps): void {
  server.get(root, { schema: contract.listUsers, config }, ({ query }) => listUsers(db, query))

  server.get(`${root}/:id`, { schema: contract.getUser, config }, ({ params }) =>
    userOr404(db, params.id),
  )

  server.patch(`${root}/:id`, { schema: contract.updateUser, config }, async (request) => {
    const { id } = request.params
    await users.update(id, request.body, knownActor(request.actor))
    return await userOr404(db, id)
  })

  server.delete(`${root}/:id`, { schema: contract.deleteUser, config }, async (request, reply) => {
    await users.remove(request.params.id, knownActor(request.actor))
    return reply.code(204).send(null)
  })

  server.post(
    `${root}/:id/reset-link`,
    { schema: contract.createResetLink, config },
    async (request, reply) => {
      const made = await resets.linkFor(request.params.id, knownActor(request.actor))
      return reply.code(201).send(made)
    },
  )
}
