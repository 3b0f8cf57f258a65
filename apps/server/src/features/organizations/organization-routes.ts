import {
  createOrganization,
  deleteOrganization,
  getOrganization,
  listOrganizations,
  type Organization,
  updateOrganization,
} from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { on, onPlatform, reachOf, somewhere } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import { readCursor, toPage } from '../../http/paging.js'
import { withoutUndefined } from '../../http/without-undefined.js'
import { listOrganizations as listRows } from './organization-repository.js'
import type { OrganizationRow, Organizations } from './organizations.js'

type Deps = { readonly db: Db; readonly organizations: Organizations }

const root = '/api/v1/organizations'
const toRead = on('organization', 'organization:read')
const toEdit = on('organization', 'organization:edit')
const toCreate = onPlatform('organization:create')

export function organizationRoutes(server: HttpServer, { db, organizations }: Deps): void {
  const list = { schema: listOrganizations, config: somewhere('organization:read') }
  server.get(root, list, async (request) => {
    const { query } = request
    const after = readCursor(query.cursor, ['text', 'uuid'])
    const reach = reachOf(request, 'organization:read')
    const found = await listRows(db, { reach, after, most: query.limit + 1 })
    const { rows, next } = toPage(found, query.limit, (row) => [row.name, row.id])
    return { items: rows.map(toView), next }
  })

  server.post(root, { schema: createOrganization, config: toCreate }, async (request, reply) => {
    const row = await organizations.create(request.body, actorOf(request))
    return reply.code(201).header('location', `${root}/${row.id}`).send(toView(row))
  })

  server.get(`${root}/:id`, { schema: getOrganization, config: toRead }, async ({ params }) =>
    toView(await organizations.get(params.id)),
  )

  server.patch(`${root}/:id`, { schema: updateOrganization, config: toEdit }, async (request) => {
    const values = withoutUndefined(request.body)
    return toView(await organizations.update(request.params.id, values, actorOf(request)))
  })

  const remove = { schema: deleteOrganization, config: toCreate }
  server.delete(`${root}/:id`, remove, async (request, reply) => {
    await organizations.remove(request.params.id, actorOf(request))
    return reply.code(204).send(null)
  })
}

function toView(row: OrganizationRow): Organization {
  return { id: row.id, slug: row.slug, name: row.name, createdAt: row.created_at }
}
