import * as contract from '@rosette/contract'
import type { Db } from '../../db/database.js'
import type { Reach } from '../../db/reach.js'
import { reachOf, somewhere } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import { createLearner } from './create-learner.js'
import { learnerOr404, listLearners, toLearnerView } from './learner-views.js'

type Page = { readonly limit: number; readonly cursor?: string | undefined }

type Deps = {
  readonly db: Db
  readonly progressOfLearner: (learnerId: number, reach: Reach) => Promise<contract.Progress[]>
  readonly awardsOfLearner: (learnerId: number, reach: Reach) => Promise<contract.Award[]>
  readonly eventsOfLearner: (lmsUserId: number | null, page: Page) => Promise<contract.EventPage>
}

const root = '/api/v1/learners'
// Learners belong to no organization; what is shown of their badges is narrowed.
const config = somewhere('learner:read')

export function learnerRoutes(server: HttpServer, deps: Deps): void {
  const { db, progressOfLearner, awardsOfLearner, eventsOfLearner } = deps

  server.get(root, { schema: contract.listLearners, config }, ({ query }) =>
    listLearners(db, query),
  )

  const create = { schema: contract.createLearner, config: somewhere('learner:create') }
  server.post(root, create, async (request, reply) => {
    const row = await createLearner(db, request.body, actorOf(request))
    return reply.code(201).header('location', `${root}/${row.public_id}`).send(toLearnerView(row))
  })

  server.get(`${root}/:id`, { schema: contract.getLearner, config }, async (request) => {
    const row = await learnerOr404(db, request.params.id)
    const reach = reachOf(request, 'award:read')
    const [progress, awards] = await Promise.all([
      progressOfLearner(row.id, reach),
      awardsOfLearner(row.id, reach),
    ])
    return { ...toLearnerView(row), progress, awards }
  })

  server.get(
    `${root}/:id/progress`,
    { schema: contract.getLearnerProgress, config },
    async (request) => {
      const row = await learnerOr404(db, request.params.id)
      return { items: await progressOfLearner(row.id, reachOf(request, 'award:read')) }
    },
  )

  server.get(
    `${root}/:id/events`,
    { schema: contract.listLearnerEvents, config: somewhere('event:read') },
    async ({ params, query }) => {
      const row = await learnerOr404(db, params.id)
      return await eventsOfLearner(row.lms_user_id, query)
    },
  )
}
