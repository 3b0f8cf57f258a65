import * as contract from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { actorOf, adminOnly } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import { createLearner } from './create-learner.js'
import { learnerOr404, listLearners, toLearnerView } from './learner-views.js'

type Page = { readonly limit: number; readonly cursor?: string | undefined }

type Deps = {
  readonly db: Db
  readonly progressOfLearner: (learnerId: number) => Promise<contract.Progress[]>
  readonly awardsOfLearner: (learnerId: number) => Promise<contract.Award[]>
  readonly eventsOfLearner: (lmsUserId: number | null, page: Page) => Promise<contract.EventPage>
}

const root = '/api/v1/learners'
const config = adminOnly

export function learnerRoutes(server: HttpServer, deps: Deps): void {
  const { db, progressOfLearner, awardsOfLearner, eventsOfLearner } = deps

  server.get(root, { schema: contract.listLearners, config }, ({ query }) =>
    listLearners(db, query),
  )

  server.post(root, { schema: contract.createLearner, config }, async (request, reply) => {
    const row = await createLearner(db, request.body, actorOf(request))
    return reply.code(201).header('location', `${root}/${row.public_id}`).send(toLearnerView(row))
  })

  server.get(`${root}/:id`, { schema: contract.getLearner, config }, async ({ params }) => {
    const row = await learnerOr404(db, params.id)
    const [progress, awards] = await Promise.all([
      progressOfLearner(row.id),
      awardsOfLearner(row.id),
    ])
    return { ...toLearnerView(row), progress, awards }
  })

  server.get(
    `${root}/:id/progress`,
    { schema: contract.getLearnerProgress, config },
    async ({ params }) => {
      const row = await learnerOr404(db, params.id)
      return { items: await progressOfLearner(row.id) }
    },
  )

  server.get(
    `${root}/:id/events`,
    { schema: contract.listLearnerEvents, config },
    async ({ params, query }) => {
      const row = await learnerOr404(db, params.id)
      return await eventsOfLearner(row.lms_user_id, query)
    },
  )
}
