import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { RouteDeps } from './accredible-credential-routes.js'
import { merged, paged, readBody } from './accredible-input.js'
import { type GroupRecord, groupInput } from './accredible-records.js'
import { AccredibleRefusal } from './accredible-refusal.js'
import { viewDesign, viewGroup, viewIssuer } from './accredible-views.js'

const params = z.object({ id: z.coerce.number().catch(0) })
const groupBody = z.object({ group: groupInput })
const cloneBody = z.object({ group: z.object({ name: z.string() }).optional() }).catch({})

const groupSearch = z.object({
  ids: z.array(z.coerce.number()).optional(),
  name: z.string().optional(),
  course_name: z.string().optional(),
  start_updated_date: z.string().optional(),
  end_updated_date: z.string().optional(),
})
type GroupSearch = z.output<typeof groupSearch>

export function registerGroups(api: FastifyInstance, { store, scopeOf }: RouteDeps): void {
  const one = '/v1/issuer/groups/:id'
  const view = (group: GroupRecord) => ({ group: viewGroup(group, store.designs) })

  function find(request: FastifyRequest): GroupRecord {
    const group = store.groups.get(params.parse(request.params).id)
    const found = store.inScope(scopeOf(request), group)
    if (found !== undefined) return found
    throw new AccredibleRefusal(404, { success: false, data: 'Group does not exist' })
  }

  function list(request: FastifyRequest, search: GroupSearch) {
    const found = [...store.groups.values()].filter(
      (group) => store.inScope(scopeOf(request), group) && fits(group, search),
    )
    const { rows, meta } = paged(found, merged(request))
    return { groups: rows.map((group) => viewGroup(group, store.designs)), meta }
  }

  api.post('/v1/issuer/groups', async (request) =>
    view(store.createGroup(readBody(groupBody, request.body).group, scopeOf(request))),
  )
  api.get(one, async (request) => view(find(request)))
  api.put(one, async (request) =>
    view(store.updateGroup(find(request), readBody(groupBody, request.body).group)),
  )
  api.delete(one, async (request) => {
    const group = find(request)
    store.groups.delete(group.id)
    return view(group)
  })
  api.post(`${one}/clone`, async (request) => {
    const group = find(request)
    const name = cloneBody.parse(request.body).group?.name ?? `${group.name} (copy)`
    const copied = groupInput.parse({ ...group, name })
    return view(store.createGroup(copied, scopeOf(request)))
  })
  api.get('/v1/issuer/all_groups', async (request) => list(request, {}))
  api.post('/v1/issuer/groups/search', async (request) =>
    list(request, readBody(groupSearch, merged(request))),
  )
}

function fits(group: GroupRecord, search: GroupSearch): boolean {
  const { ids, name, course_name, start_updated_date, end_updated_date } = search
  const has = (text: string, part: string | undefined) =>
    part === undefined || text.toLowerCase().includes(part.toLowerCase())
  const day = group.updated_at.slice(0, 10)
  return (
    (ids === undefined || ids.includes(group.id)) &&
    has(group.name, name) &&
    has(group.course_name, course_name) &&
    (start_updated_date === undefined || day >= start_updated_date) &&
    (end_updated_date === undefined || day <= end_updated_date)
  )
}

export function registerDesigns(api: FastifyInstance, { store, scopeOf }: RouteDeps): void {
  const originOf = ({ host }: FastifyRequest) => `http://${host}`

  api.get('/v1/designs/:id', async (request) => {
    const design = store.designs.get(params.parse(request.params).id)
    const found = store.inScope(scopeOf(request), design)
    if (found === undefined) throw new AccredibleRefusal(404, { error: 'Not found' })
    return { design: viewDesign(found, originOf(request)) }
  })
  api.post('/v1/designs/search', async (request) => {
    const { kind } = z.object({ kind: z.string().optional() }).parse(merged(request))
    const found = [...store.designs.values()].filter(
      (design) =>
        store.inScope(scopeOf(request), design) && (kind === undefined || design.kind === kind),
    )
    const { rows, meta } = paged(found, merged(request))
    return { designs: rows.map((design) => viewDesign(design, originOf(request))), meta }
  })
  api.get('/v1/issuer/details', async () => viewIssuer(store.account.credits))
}
