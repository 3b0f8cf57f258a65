import * as contract from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { inBody, on, reachOf, somewhere } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { Endorsements } from './create-endorsements.js'
import { createEndorsementViews } from './endorsement-views.js'
import type { EndorsementImport } from './import-endorsement.js'

type Deps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly endorsements: Endorsements
  readonly importEndorsement: EndorsementImport
}

const root = '/api/v1/endorsements'
const toRead = on('endorsement', 'endorsement:read')
const toEdit = on('endorsement', 'endorsement:edit')
const toCreate = inBody('endorsement:edit', 'issuer')

export function endorsementApiRoutes(
  server: HttpServer,
  { endorsements, importEndorsement, ...rest }: Deps,
): void {
  const views = createEndorsementViews(rest)

  const list = { schema: contract.listEndorsements, config: somewhere('endorsement:read') }
  server.get(root, list, (request) =>
    views.list(request.query, reachOf(request, 'endorsement:read')),
  )

  const get = { schema: contract.getEndorsement, config: toRead }
  server.get(`${root}/:id`, get, ({ params }) => views.get(params.id))

  const create = { schema: contract.createEndorsement, config: toCreate }
  server.post(root, create, async (request, reply) => {
    const reach = reachOf(request, 'endorsement:edit')
    const id = await endorsements.endorse(request.body, actorOf(request), reach)
    return reply
      .code(201)
      .header('location', `${root}/${id}`)
      .send(await views.get(id))
  })

  // What it is about is read from what was signed, and must be within reach.
  const importing = {
    schema: contract.importEndorsement,
    config: somewhere('endorsement:edit'),
  }
  server.post(`${root}/import`, importing, async (request, reply) => {
    const reach = reachOf(request, 'endorsement:edit')
    const id = await importEndorsement(request.body.endorsement, actorOf(request), reach)
    return reply
      .code(201)
      .header('location', `${root}/${id}`)
      .send(await views.get(id))
  })

  const withdrawal = { schema: contract.withdrawEndorsement, config: toEdit }
  server.post(`${root}/:id/withdrawal`, withdrawal, async (request) => {
    await endorsements.withdraw(request.params.id, actorOf(request))
    return await views.get(request.params.id)
  })
}
