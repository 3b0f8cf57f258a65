import * as contract from '@rosette/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Db, inTransaction } from '../../db/database.js'
import { onPlatform, reachOf, somewhere } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import { recordAudit } from '../audit/audit.js'
import type { Consequences } from '../awards/awards.js'
import { learnerOr404, toLearnerView } from '../learners/learners.js'
import type { ActiveRulesHolder } from '../templates/templates.js'
import { createErasure } from './erase-learner.js'
import { fileOfLearner } from './learner-file-views.js'
import { createRecomputation } from './recompute-learner.js'
import { createRenaming } from './rename-learner.js'
import { createUsernameReplacement } from './replace-usernames.js'

export type LearnerDataDeps = {
  readonly db: Db
  readonly rules: ActiveRulesHolder
  readonly consequences: Consequences
  readonly now: () => Date
}

const one = '/api/v1/learners/:id'
const config = onPlatform('learner:edit')

/** What is stored about learners: judged anew, corrected, handed over, erased. */
export function learnerDataRoutes(server: HttpServer, deps: LearnerDataDeps): void {
  const { db } = deps
  const erasure = createErasure(deps)
  const renaming = createRenaming(deps)
  const { recompute } = createRecomputation(deps)
  const replace = createUsernameReplacement({ db, ...erasure, ...renaming })

  const toJudge = { schema: contract.recomputeLearner, config: somewhere('award:edit') }
  server.post(`${one}/recompute`, toJudge, (request) =>
    recompute(request.params.id, reachOf(request, 'award:edit'), actorOf(request)),
  )

  server.patch(one, { schema: contract.updateLearner, config }, async (request) => {
    const { id } = request.params
    return toLearnerView(await renaming.rename(id, request.body, actorOf(request)))
  })

  server.get(`${one}/file`, { schema: contract.exportLearner, config }, (request, reply) =>
    sendFile(deps, request, reply),
  )

  server.post(`${one}/erasure`, { schema: contract.eraseLearner, config }, (request) =>
    erasure.erase(request.params.id, request.body.username, actorOf(request)),
  )

  const toRetire = { schema: contract.retireLearner, config }
  server.post('/api/v1/learner-retirements', toRetire, ({ body, ...request }) => {
    return erasure.retire(body, request.actor?.name ?? 'unknown')
  })

  server.post(
    '/api/v2/replace_usernames',
    { schema: contract.replaceUsernames, config },
    (request) => replace(request.body.username_mappings, actorOf(request)),
  )
}

// Who took a copy of somebody's data is itself worth writing down.
async function sendFile(
  { db, now }: LearnerDataDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const learner = await learnerOr404(db, namedIn(request.params))
  const subject = `learner/${learner.public_id}`
  const entry = { actor: actorOf(request), action: 'learner.export', subject }
  await inTransaction(db, (tx) => recordAudit(tx, entry))
  const file = await fileOfLearner(db, learner, now().toISOString())
  await reply
    .header('content-disposition', `attachment; filename="learner-${learner.public_id}.json"`)
    .type('application/json; charset=utf-8')
    .serializer((text: string) => text)
    .send(JSON.stringify(file, null, 2))
}

function namedIn(params: unknown): string {
  const id: unknown = typeof params === 'object' && params !== null ? Reflect.get(params, 'id') : ''
  if (typeof id === 'string') return id
  throw new AppError('learner-not-found', 'There is no such learner.')
}
