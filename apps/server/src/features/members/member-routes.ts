import * as contract from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { on } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import { knownActor } from '../access/access.js'
import type { Members } from './change-members.js'
import { listMembers, memberOr404 } from './member-views.js'

type Deps = { readonly db: Db; readonly members: Members }

const root = '/api/v1/organizations/:id/members'
const reading = on('organization', 'member:read')
const editing = on('organization', 'member:edit')

export function memberRoutes(server: HttpServer, { db, members }: Deps): void {
  server.get(root, { schema: contract.listMembers, config: reading }, async ({ params }) => ({
    items: await listMembers(db, params.id),
  }))

  server.patch(
    `${root}/:userId`,
    { schema: contract.updateMember, config: editing },
    async (request) => {
      const { id: organizationId, userId } = request.params
      const actor = knownActor(request.actor)
      await members.changeRole({ organizationId, userId }, request.body.role, actor)
      return await memberOr404(db, organizationId, userId)
    },
  )

  server.delete(
    `${root}/:userId`,
    { schema: contract.removeMember, config: editing },
    async (request, reply) => {
      const { id: organizationId, userId } = request.params
      await members.remove({ organizationId, userId }, knownActor(request.actor))
      return reply.code(204).send(null)
    },
  )
}
