import * as contract from '@rosette/contract'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { inBody, on, reachOf, somewhere } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import { withoutUndefined } from '../../http/without-undefined.js'
import { createAuditOf } from '../audit/audit.js'
import { organizationOr404 } from '../organizations/organizations.js'
import { changeIssuer } from './change-issuer.js'
import { getIssuer, listIssuers } from './issuer-views.js'
import type { Issuers } from './issuers.js'

const audit = createAuditOf('issuer')

type Deps = {
  readonly db: Db
  readonly issuers: Issuers
  /** Follows from a stolen key elsewhere; answers how many badges in force it had signed. */
  readonly keyRevoked: (
    tx: Tx,
    key: { readonly issuerId: string; readonly kid: string },
  ) => Promise<number>
}

const root = '/api/v1/issuers'
const toRead = on('issuer', 'issuer:read')
const toEdit = on('issuer', 'issuer:edit')

/** Issuers for administrators; what verifiers read of them is public and elsewhere. */
export function issuerApiRoutes(server: HttpServer, deps: Deps): void {
  const { db, issuers } = deps
  const list = { schema: contract.listIssuers, config: somewhere('issuer:read') }
  server.get(root, list, (request) =>
    listIssuers(db, request.query, reachOf(request, 'issuer:read')),
  )

  const create = { schema: contract.createIssuer, config: inBody('issuer:edit') }
  server.post(root, create, async (request, reply) => {
    const { organizationId, name, url, ...more } = request.body
    const id = await inTransaction(db, async (tx) => {
      await organizationOr404(tx, organizationId)
      const about = { organizationId, name, url, ...withoutUndefined(more) }
      const row = await issuers.create(tx, about)
      await audit(tx, row.id, { actor: actorOf(request), action: 'create' })
      return row.id
    })
    return reply
      .code(201)
      .header('location', `${root}/${id}`)
      .send(await getIssuer(db, id))
  })

  server.get(`${root}/:id`, { schema: contract.getIssuer, config: toRead }, ({ params }) =>
    getIssuer(db, params.id),
  )

  const update = { schema: contract.updateIssuer, config: toEdit }
  server.patch(`${root}/:id`, update, async (request) => {
    const { id } = request.params
    await changeIssuer(db, { id, change: withoutUndefined(request.body) }, actorOf(request))
    return await getIssuer(db, id)
  })

  keyRoutes(server, deps)
}

function keyRoutes(server: HttpServer, { db, issuers, keyRevoked }: Deps): void {
  const rotation = { schema: contract.rotateIssuerKey, config: toEdit }
  server.post(`${root}/:id/keys`, rotation, async (request) => {
    const { id } = request.params
    const algorithm = request.body?.algorithm ?? 'Ed25519'
    await inTransaction(db, async (tx) => {
      const { kid } = await issuers.rotateKey(tx, id, algorithm)
      const detail = { algorithm, kid }
      await audit(tx, id, { actor: actorOf(request), action: 'rotate-key', detail })
    })
    return await getIssuer(db, id)
  })

  const revocation = { schema: contract.revokeIssuerKey, config: toEdit }
  server.post(`${root}/:id/keys/:kid/revocation`, revocation, async (request) => {
    const { id, kid } = request.params
    const { reason } = request.body
    const badges = await inTransaction(db, async (tx) => {
      await issuers.revokeKey(tx, { issuerId: id, kid, reason })
      const concerned = await keyRevoked(tx, { issuerId: id, kid })
      const detail = { kid, reason, badges: concerned }
      await audit(tx, id, { actor: actorOf(request), action: 'revoke-key', detail })
      return concerned
    })
    return { issuer: await getIssuer(db, id), badges }
  })
}
