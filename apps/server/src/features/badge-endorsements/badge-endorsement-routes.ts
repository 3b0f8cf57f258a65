import type { BackpackBadge } from '@rosette/contract/backpack'
import * as contract from '@rosette/contract/backpack'
import type { Db } from '../../db/database.js'
import { forSignedIn, openToAll } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { personIn } from '../accounts/accounts.js'
import { type AttemptLimit, assertNotForeign } from '../sessions/sessions.js'
import { listGiven, listReceived, toView } from './badge-endorsement-views.js'
import type { BadgeEndorsements } from './create-badge-endorsements.js'

type Deps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly endorsements: BadgeEndorsements
  /** Those of the ids that are the person's own badges, by id. */
  readonly badgesOf: (
    userId: string,
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, BackpackBadge>>
  readonly limit: AttemptLimit
}

const root = '/api/v1/backpack'

/** What others say about one's badges, and what one says about theirs. */
export function badgeEndorsementRoutes(server: HttpServer, deps: Deps): void {
  const { db, urls, endorsements, limit } = deps
  const config = forSignedIn
  const forLearner = { isForLearner: true }

  server.post(
    `${root}/badges/:id/endorsement-requests`,
    { schema: contract.requestBadgeEndorsement, config, onRequest: limit },
    async (request, reply) => {
      const row = await endorsements.ask(personIn(request), request.params.id, request.body)
      return reply.code(201).send(toView(row, urls, forLearner))
    },
  )

  server.get(
    `${root}/endorsements`,
    { schema: contract.listBadgeEndorsements, config },
    async (request) => {
      const { id } = personIn(request)
      const rows = await listReceived(db, id)
      const idOf = (row: (typeof rows)[number]) => row.award_id ?? row.entry_id ?? ''
      const badges = await deps.badgesOf(id, [...new Set(rows.map(idOf))])
      const received = rows.flatMap((row) => {
        const badge = badges.get(idOf(row))
        // For an address that is no longer theirs.
        return badge === undefined ? [] : [{ badge, endorsement: toView(row, urls, forLearner) }]
      })
      const given = (await listGiven(db, id)).map((row) => ({
        badgeName: row.template_name ?? row.entry_name ?? '',
        learnerName: row.learner_name,
        endorsement: toView(row, urls, { isForLearner: false }),
      }))
      return { received, given }
    },
  )

  server.post(
    `${root}/endorsements/:id/decision`,
    { schema: contract.decideBadgeEndorsement, config },
    async (request) => {
      const { decision } = request.body
      const row = await endorsements.decide(personIn(request), request.params.id, decision)
      return toView(row, urls, forLearner)
    },
  )
  linkRoutes(server, deps)
}

/** For whoever holds the link. Its secret comes in the body, which no proxy writes down. */
function linkRoutes(server: HttpServer, { urls, endorsements, limit }: Deps): void {
  const open = { config: openToAll, onRequest: limit }
  const path = '/api/v1/endorsement-requests'

  server.post(
    `${path}/read`,
    { schema: contract.readEndorsementRequest, ...open },
    async (request) => await endorsements.read(request.body.secret),
  )

  server.post(
    `${path}/answer`,
    { schema: contract.giveEndorsement, ...open },
    async (request, reply) => {
      assertNotForeign(request, urls.base)
      const { actor } = request
      await endorsements.give(request.body, actor?.kind === 'user' ? actor.id : null)
      return reply.code(204).send(null)
    },
  )
}
