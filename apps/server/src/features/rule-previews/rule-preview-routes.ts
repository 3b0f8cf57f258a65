import * as contract from '@rosette/contract'
import type { FastifyReply } from 'fastify'
import type { Db } from '../../db/database.js'
import { inBody, reachOf, somewhere } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import type { RuleCatalogue } from '../templates/templates.js'
import { listEventValues, type RulePreviews } from './rule-previews.js'

type Deps = {
  readonly db: Db
  readonly previews: RulePreviews
  readonly catalogue: RuleCatalogue
}

const root = '/api/v1/rule-previews'
const config = inBody('template:edit')

export function rulePreviewRoutes(server: HttpServer, { db, previews, catalogue }: Deps): void {
  server.post(root, { schema: contract.createRulePreview, config }, ({ body }, reply) =>
    previews.preview(body, whenGone(reply)),
  )

  server.post(`${root}/learner`, { schema: contract.createLearnerPreview, config }, ({ body }) =>
    previews.ofLearner(body),
  )

  server.get(
    '/api/v1/event-values',
    { schema: contract.listEventValues, config: somewhere('event:read') },
    (request) =>
      listEventValues(db, catalogue, {
        ...request.query,
        reach: reachOf(request, 'award:read'),
      }),
  )
}

/** Ends the work when nobody waits for its answer any more: the next keystroke asks anew. */
function whenGone({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  raw.on('close', () => gone.abort())
  return gone.signal
}
