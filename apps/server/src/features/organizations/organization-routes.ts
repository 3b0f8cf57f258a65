import {
  createOrganization,
  deleteOrganization,
  getOrganization,
  listOrganizations,
  type Organization,
  updateOrganization,
} from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { actorOf, adminOnly } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import { readCursor, toPage } from '../../http/paging.js'
import { withoutUndefined } from '../../http/without-undefined.js'
import { listOrganizations as listRows } from './organization-repository.js'
import type { OrganizationRow, Organizations } from './organizations.js'

type Deps = { readonly db: Db; readonly organizations: Organizations }

const root = '/api/v1/organizations'
const config = adminOnly

export function organizationRoutes(server: HttpServer, { db, organizations }: Deps): void {
  server.get(root, { schema: listOrganizations, config }, async ({ query }) => {
    const after = readCursor(query.cursor, ['text', 'uuid'])
    const found = await listRows(db, { after, most: query.limit + 1 })
    const { rows, next } = toPage(found, query.limit, (row) => [row.name, row.id])
    return { items: rows.map(toView), next }
  })

  server.post(root, { schema: createOrganization, config }, async (request, reply) => {
    const row = await organizations.create(request.body, actorOf(request))
    return reply.code(201).header('location', `${root}/${row.id}`).send(toView(row))
  })

  server.get(`${root}/:id`, { schema: getOrganization, config }, async ({ params }) =>
    toView(await organizations.get(params.id)),
  )

  server.patch(`${root}/:id`, { schema: updateOrganization, config }, async (request) => {
    const values = withoutUndefined(request.body)
    return toView(await organizations.update(request.params.id, values, actorOf(request)))
  })

  server.delete(`${root}/:id`, { schema: deleteOrganization, config }, async (request, reply) => {
    await organizations.remove(request.params.id, actorOf(request))
    return reply.code(204).send(null)
  })
}

function toView(row: OrganizationRow): Organization {
  return { id: row.id, slug: row.slug, name: row.name, createdAt: row.created_at }
}
