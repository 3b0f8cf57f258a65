import * as contract from '@rosette/contract'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { actorOf, adminOnly } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import { withoutUndefined } from '../../http/without-undefined.js'
import { recordAudit } from '../audit/audit.js'
import { organizationOr404 } from '../organizations/organizations.js'
import { changeIssuer } from './change-issuer.js'
import { getIssuer, listIssuers } from './issuer-views.js'
import type { Issuers } from './issuers.js'

type Deps = { readonly db: Db; readonly issuers: Issuers }

const root = '/api/v1/issuers'
const config = adminOnly

/** Issuers for administrators; what verifiers read of them is public and elsewhere. */
export function issuerApiRoutes(server: HttpServer, { db, issuers }: Deps): void {
  server.get(root, { schema: contract.listIssuers, config }, ({ query }) => listIssuers(db, query))

  server.post(root, { schema: contract.createIssuer, config }, async (request, reply) => {
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

  server.get(`${root}/:id`, { schema: contract.getIssuer, config }, ({ params }) =>
    getIssuer(db, params.id),
  )

  server.patch(`${root}/:id`, { schema: contract.updateIssuer, config }, async (request) => {
    const { id } = request.params
    await changeIssuer(db, { id, change: withoutUndefined(request.body) }, actorOf(request))
    return await getIssuer(db, id)
  })

  server.post(`${root}/:id/keys`, { schema: contract.rotateIssuerKey, config }, async (request) => {
    const { id } = request.params
    await inTransaction(db, async (tx) => {
      await issuers.rotateKey(tx, id)
      await audit(tx, id, { actor: actorOf(request), action: 'rotate-key' })
    })
    return await getIssuer(db, id)
  })
}

async function audit(
  tx: Tx,
  id: string,
  { actor, action }: { readonly actor: string; readonly action: string },
): Promise<void> {
  await recordAudit(tx, { actor, action: `issuer.${action}`, subject: `issuer/${id}` })
}
