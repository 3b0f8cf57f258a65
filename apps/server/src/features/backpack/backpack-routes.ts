import * as contract from '@rosette/contract/backpack'
import { forSignedIn } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import { personIn } from '../accounts/accounts.js'
import type { Backpack } from './create-backpack.js'
import type { OwnPathways } from './own-pathways.js'

type Deps = { readonly backpack: Backpack; readonly listPathways: OwnPathways }

const path = '/api/v1/backpack'

/** One's own badges: to see, to show, to hide. */
export function backpackRoutes(server: HttpServer, { backpack, listPathways }: Deps): void {
  server.get(path, { schema: contract.getBackpack, config: forSignedIn }, async (request) =>
    backpack.overview(personIn(request).id),
  )

  server.get(
    `${path}/badges`,
    { schema: contract.listBackpackBadges, config: forSignedIn },
    async (request) => backpack.list(personIn(request).id, request.query),
  )

  server.get(
    `${path}/badges/:id`,
    { schema: contract.getBackpackBadge, config: forSignedIn },
    async (request) => backpack.get(personIn(request).id, request.params.id),
  )

  server.patch(
    `${path}/badges/:id`,
    { schema: contract.updateBackpackBadge, config: forSignedIn },
    async (request) => {
      const person = personIn(request)
      await backpack.update(person, request.params.id, request.body)
      return await backpack.get(person.id, request.params.id)
    },
  )

  server.delete(
    `${path}/badges/:id`,
    { schema: contract.deleteBackpackBadge, config: forSignedIn },
    async (request, reply) => {
      await backpack.remove(personIn(request), request.params.id)
      return reply.code(204).send(null)
    },
  )

  server.post(
    `${path}/seen`,
    { schema: contract.markBackpackSeen, config: forSignedIn },
    async (request, reply) => {
      await backpack.seen(personIn(request).id)
      return reply.code(204).send(null)
    },
  )

  server.get(
    `${path}/progress`,
    { schema: contract.listBackpackProgress, config: forSignedIn },
    async (request) => ({ items: await backpack.progress(personIn(request).id) }),
  )

  server.get(
    `${path}/pathways`,
    { schema: contract.listBackpackPathways, config: forSignedIn },
    async (request) => ({ items: await listPathways(personIn(request).id) }),
  )
}
