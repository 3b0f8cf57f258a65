import * as contract from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { actorOf, adminOnly } from '../../http/actor.js'
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
const config = adminOnly

export function endorsementApiRoutes(
  server: HttpServer,
  { endorsements, importEndorsement, ...rest }: Deps,
): void {
  const views = createEndorsementViews(rest)

  server.get(root, { schema: contract.listEndorsements, config }, ({ query }) => views.list(query))

  server.get(`${root}/:id`, { schema: contract.getEndorsement, config }, ({ params }) =>
    views.get(params.id),
  )

  server.post(root, { schema: contract.createEndorsement, config }, async (request, reply) => {
    const id = await endorsements.endorse(request.body, actorOf(request))
    return reply
      .code(201)
      .header('location', `${root}/${id}`)
      .send(await views.get(id))
  })

  const importing = { schema: contract.importEndorsement, config }
  server.post(`${root}/import`, importing, async (request, reply) => {
    const id = await importEndorsement(request.body.endorsement, actorOf(request))
    return reply
      .code(201)
      .header('location', `${root}/${id}`)
      .send(await views.get(id))
  })

  const withdrawal = { schema: contract.withdrawEndorsement, config }
  server.post(`${root}/:id/withdrawal`, withdrawal, async (request) => {
    await endorsements.withdraw(request.params.id, actorOf(request))
    return await views.get(request.params.id)
  })
}
