import * as contract from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { on, reachOf, somewhere } from '../../http/access.js'
import type { HttpServer } from '../../http/http-server.js'
import { sendTable } from '../exports/exports.js'
import { historyOfAward } from './award-history-views.js'
import type { AwardViews } from './awards.js'

type Deps = { readonly db: Db; readonly now: () => Date; readonly views: AwardViews }

const root = '/api/v1/awards'
const config = somewhere('award:read')

/** Awards to look at: lists, files, what happened to one. */
export function awardListRoutes(server: HttpServer, { db, now, views }: Deps): void {
  server.get(root, { schema: contract.listAwards, config }, (request) =>
    views.list(request.query, reachOf(request, 'award:read')),
  )

  server.get(`${root}/file`, { schema: contract.exportAwards, config }, async (request, reply) =>
    sendTable(reply, {
      name: 'awards',
      columns: {
        Badge: ({ template }) => template.name,
        'User name': ({ learner }) => learner.username,
        Name: ({ learner }) => learner.name,
        'E-mail': ({ learner }) => learner.email,
        For: ({ instance }) => instance,
        Status: ({ status, expired }) => (status === 'awarded' && expired ? 'expired' : status),
        'Awarded by': ({ source }) => source,
        'Awarded at': ({ awardedAt }) => awardedAt,
        'Expires at': ({ expiresAt }) => expiresAt,
        'Revoked at': ({ revokedAt }) => revokedAt,
        'Revocation reason': ({ revocationReason }) => revocationReason,
        Narrative: ({ narrative }) => narrative,
        Evidence: ({ evidence }) => evidence.flatMap(({ url }) => url ?? []).join(' '),
        Award: ({ id }) => id,
      },
      rows: views.read(request.query, reachOf(request, 'award:read')),
    }),
  )

  const history = { schema: contract.getAwardHistory, config: on('award', 'award:read') }
  server.get(`${root}/:id/history`, history, ({ params }) => historyOfAward(db, params.id, now()))
}
