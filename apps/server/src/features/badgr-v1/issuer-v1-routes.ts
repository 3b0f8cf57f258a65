import type { FastifyRequest } from 'fastify'
import type { HttpServer } from '../../http/http-server.js'
import { parsePublicId } from '../../http/public-id.js'
import {
  type ApiDeps,
  assertionFor,
  type ClassRow,
  classFor,
  countOfIssuer,
  countRecipients,
  demandIssuerScope,
  findAssertionRows,
  findClassBySlug,
  findClassRow,
  type IssuerRow,
  issuerFor,
  linkPages,
  listAssertionRows,
  listClassRows,
  listIssuerRows,
  listStaff,
  readBatch,
  readPaging,
  revokeOne,
  whoseOf,
} from '../badgr-api/badgr-api.js'
import {
  badFields,
  type Caller,
  type Fields,
  fieldsOf,
  notThere,
  paramOf,
  queryTextOf,
  queryTextsOf,
  toFields,
} from '../badgr-auth/badgr-auth.js'
import { readAssertionV1, readClassV1 } from './read-v1.js'
import { toAssertionV1, toClassV1, toIssuerV1 } from './v1-json.js'

type Permission = Parameters<typeof issuerFor>[1]['permission']
type Asked = { readonly caller: Caller; readonly issuer: IssuerRow }

const root = '/issuer/issuers'
const badges = `${root}/:issuer/badges`

/** What the LMS of 2015 asked for, and what stands beside it. */
export function issuerV1Routes(scope: HttpServer, deps: ApiDeps): void {
  const { db, urls, callers, classes } = deps

  scope.get(root, async (request) => {
    const caller = await callers.callerOf(request)
    demandIssuerScope(caller)
    const rows = await listIssuerRows(db, whoseOf(caller, 'issuer:read'))
    return await Promise.all(rows.map((row) => issuerJson(deps, row)))
  })

  scope.get(`${root}/:issuer`, async (request) => {
    const { issuer } = await askedOf(deps, request, 'issuer:read')
    return await issuerJson(deps, issuer)
  })

  scope.get('/issuer/all-badges', async (request) => {
    const caller = await callers.callerOf(request)
    demandIssuerScope(caller)
    const paging = { num: undefined, from: undefined }
    const { rows } = await listClassRows(db, whoseOf(caller, 'template:read'), { paging })
    return await Promise.all(rows.map((row) => classJson(deps, row)))
  })

  scope.get(badges, async (request, reply) => {
    const { caller, issuer } = await askedOf(deps, request, 'template:read')
    const paging = readPaging(queryTextOf(request, 'num'), queryTextOf(request, 'cursor'))
    const narrowing = { paging, issuerId: issuer.id }
    const page = await listClassRows(db, whoseOf(caller, 'template:read'), narrowing)
    linkPages({ request, reply }, page, urls)
    return await Promise.all(page.rows.map((row) => classJson(deps, row)))
  })

  // Asked again under the same name, by another worker for example, it is the class that is there.
  scope.post(badges, async (request, reply) => {
    const { caller, issuer } = await askedOf(deps, request, 'template:edit')
    const { slug, ...given } = readClassV1(fieldsOf(request), { isNew: true })
    const named = slug === undefined ? undefined : { issuerId: issuer.id, slug }
    const there = named && (await findClassBySlug(db, named))
    if (there !== undefined) return reply.code(201).send(await classJson(deps, there))
    const { organizationId, id: issuerId } = issuer
    const owner = { organizationId, issuerId, slug, createdBy: caller.userId }
    const id = await classes
      .create(given, owner, caller.actor.name)
      .catch(async (error: unknown) => {
        const other = named && (await findClassBySlug(db, named))
        if (other === undefined) throw error
        return other.id
      })
    const row = await findClassRow(db, id)
    if (row === undefined) throw notThere()
    return reply.code(201).send(await classJson(deps, row))
  })

  scope.get(`${badges}/:badge`, async (request) => {
    const asked = await askedOf(deps, request, 'template:read')
    return await classJson(
      deps,
      await classIn(deps, request, { ...asked, permission: 'template:read' }),
    )
  })

  scope.put(`${badges}/:badge`, async (request) => {
    const asked = await askedOf(deps, request, 'template:edit')
    const row = await classIn(deps, request, { ...asked, permission: 'template:edit' })
    const { slug: _, ...given } = readClassV1(fieldsOf(request), { isNew: false })
    await classes.update(row, given, asked.caller.actor.name)
    return await classJson(deps, (await findClassRow(db, row.id)) ?? row)
  })

  scope.delete(`${badges}/:badge`, async (request, reply) => {
    const asked = await askedOf(deps, request, 'template:edit')
    const row = await classIn(deps, request, { ...asked, permission: 'template:edit' })
    await classes.remove(row, asked.caller.actor.name)
    return reply.code(200).send('Badge has been deleted.')
  })

  assertionV1Routes(scope, deps)
}

function assertionV1Routes(scope: HttpServer, deps: ApiDeps): void {
  const { db, urls, issuing, now } = deps

  scope.get(`${root}/:issuer/assertions`, async (request) => {
    const { issuer } = await askedOf(deps, request, 'award:read')
    return await assertionsOf(deps, request, { issuerId: issuer.id })
  })

  scope.get(`${badges}/:badge/assertions`, async (request) => {
    const asked = await askedOf(deps, request, 'award:read')
    const row = await classIn(deps, request, { ...asked, permission: 'award:read' })
    return await assertionsOf(deps, request, { templateId: row.id })
  })

  scope.post(`${badges}/:badge/assertions`, async (request, reply) => {
    const asked = await askedOf(deps, request, 'award:edit')
    const row = await classIn(deps, request, { ...asked, permission: 'award:edit' })
    const given = readAssertionV1(fieldsOf(request), now())
    const [award] = await issuing.issue(row.id, [given], asked.caller.actor.name)
    return reply.code(201).send(award && toAssertionV1(award, urls))
  })

  scope.post(`${badges}/:badge/batchAssertions`, async (request, reply) => {
    const asked = await askedOf(deps, request, 'award:edit')
    const row = await classIn(deps, request, { ...asked, permission: 'award:edit' })
    const { assertions, create_notification } = fieldsOf(request)
    if (!Array.isArray(assertions)) throw badFields({ assertions: ['This field is required.'] })
    const items = assertions.map((one): Fields => ({ create_notification, ...toFields(one) }))
    const given = readBatch(items, (one) => readAssertionV1(one, now()))
    const rows = await issuing.issue(row.id, given, asked.caller.actor.name)
    return reply.code(201).send(rows.map((one) => toAssertionV1(one, urls)))
  })

  scope.get(`${badges}/:badge/assertions/:id`, async (request) => {
    const { caller } = await askedOf(deps, request, 'award:read')
    const id = paramOf(request, 'id')
    return toAssertionV1(await assertionFor(db, { caller, id, permission: 'award:read' }), urls)
  })

  scope.delete(`${badges}/:badge/assertions/:id`, async (request) => {
    const { caller } = await askedOf(deps, request, 'award:edit')
    const row = await assertionFor(db, {
      caller,
      id: paramOf(request, 'id'),
      permission: 'award:edit',
    })
    await revokeOne(deps, { row, fields: fieldsOf(request), actor: caller.actor.name })
    const [fresh] = await findAssertionRows(db, [row.id])
    return toAssertionV1(fresh ?? row, urls)
  })
}

async function askedOf(
  { db, callers }: ApiDeps,
  request: FastifyRequest,
  permission: Permission,
): Promise<Asked> {
  const caller = await callers.callerOf(request)
  demandIssuerScope(caller)
  const issuer = await issuerFor(db, { caller, id: paramOf(request, 'issuer'), permission })
  return { caller, issuer }
}

/** A class of the issuer, by the name that its client chose or by our id. */
async function classIn(
  { db }: ApiDeps,
  request: FastifyRequest,
  { caller, issuer, permission }: Asked & { readonly permission: Permission },
): Promise<ClassRow> {
  const slug = paramOf(request, 'badge')
  const named = slug === '' ? undefined : await findClassBySlug(db, { issuerId: issuer.id, slug })
  if (named !== undefined) return named
  if (parsePublicId(slug) === undefined) throw notThere()
  const row = await classFor(db, { caller, id: slug, permission })
  if (row.issuerId !== issuer.id) throw notThere()
  return row
}

async function assertionsOf(
  { db, urls, now }: ApiDeps,
  request: FastifyRequest,
  of: { readonly issuerId?: string; readonly templateId?: string },
) {
  const recipients = queryTextsOf(request, 'recipient')
  const at = now().toISOString()
  const filter = { ...of, recipients, includesExpired: true, includesRevoked: true, at }
  const paging = readPaging(queryTextOf(request, 'num'), queryTextOf(request, 'cursor'))
  const { rows } = await listAssertionRows(db, filter, paging)
  return rows.map((row) => toAssertionV1(row, urls))
}

async function issuerJson({ db, urls }: ApiDeps, row: IssuerRow) {
  const staff = await listStaff(db, [row.organizationId])
  const counts = await countOfIssuer(db, row.id)
  return toIssuerV1(row, { urls, staff, counts })
}

async function classJson({ db, urls }: ApiDeps, row: ClassRow) {
  return toClassV1(row, urls, await countRecipients(db, row.id))
}
