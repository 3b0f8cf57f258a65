import * as contract from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { type Reach, reaches } from '../../db/reach.js'
import { reachOf, somewhere } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import type { HttpServer } from '../../http/http-server.js'
import { sendTable } from '../exports/exports.js'
import { createLearner } from './create-learner.js'
import { learnerOr404, listLearners, readLearners, toLearnerView } from './learner-views.js'

type Page = { readonly limit: number; readonly cursor?: string | undefined }

type Deps = {
  readonly db: Db
  readonly progressOfLearner: (learnerId: number, reach: Reach) => Promise<contract.Progress[]>
  readonly awardsOfLearner: (learnerId: number, reach: Reach) => Promise<contract.Award[]>
  readonly eventsOfLearner: (
    asked: Page & { readonly lmsUserId: number | null },
    reach: Reach,
  ) => Promise<contract.EventPage>
}

const root = '/api/v1/learners'
// Learners belong to no organization; what is shown of their badges is narrowed.
const config = somewhere('learner:read')

export function learnerRoutes(server: HttpServer, deps: Deps): void {
  const { db, progressOfLearner, awardsOfLearner, eventsOfLearner } = deps

  server.get(root, { schema: contract.listLearners, config }, async (request) =>
    isBeyond(reachOf(request, 'award:read'), request.query.organizationId)
      ? { items: [], next: null }
      : await listLearners(db, request.query),
  )

  server.get(`${root}/file`, { schema: contract.exportLearners, config }, async (request, reply) =>
    sendTable(reply, {
      name: 'learners',
      columns: {
        'User name': (row) => row.username,
        'E-mail': (row) => row.email,
        Name: (row) => row.name,
        'LMS user id': (row) => row.lmsUserId,
        Active: (row) => row.isActive,
        'Known since': (row) => row.createdAt,
        Id: (row) => row.id,
      },
      rows: isBeyond(reachOf(request, 'award:read'), request.query.organizationId)
        ? nobody()
        : readLearners(db, request.query),
    }),
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
    async (request) => {
      const row = await learnerOr404(db, request.params.id)
      const asked = { ...request.query, lmsUserId: row.lms_user_id }
      return await eventsOfLearner(asked, reachOf(request, 'award:read'))
    },
  )
}

// Whose badges somebody has is for those to know who may read there.
function isBeyond(reach: Reach, organizationId: string | undefined): boolean {
  return organizationId !== undefined && !reaches(reach, organizationId)
}

async function* nobody(): AsyncGenerator<contract.Learner> {}
