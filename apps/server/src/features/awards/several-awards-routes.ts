import * as contract from '@rosette/contract'
import type { Reach } from '../../db/reach.js'
import { reachOf, somewhere } from '../../http/access.js'
import { actorOf } from '../../http/actor.js'
import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import type { AwardFilter } from './award-list-views.js'
import type { Awards, AwardViews } from './awards.js'

type Deps = {
  readonly awards: Awards
  readonly views: AwardViews
  readonly reissue: (awardId: string, actor: string) => Promise<void>
}
type Named = {
  readonly ids?: readonly string[] | undefined
  readonly filter?: AwardFilter | undefined
  readonly cursor?: string | undefined
  readonly dryRun: boolean
}

const root = '/api/v1/awards'
/** Awards of one request by a filter; what remains is asked for again, so that progress can be seen. */
const mostAtOnce = 200

/** Steps for many awards: each is answered for, and a dry run says how many it concerns. */
export function severalAwardsRoutes(server: HttpServer, { awards, views, reissue }: Deps): void {
  const toRevoke = { schema: contract.revokeAwards, config: somewhere('award:edit') }
  server.post(`${root}/revocations`, toRevoke, async (request) => {
    const { reason, ...named } = request.body
    // What is revoked already is no matter of a filter.
    const which = await meant(
      views,
      { ...named, only: { status: 'awarded' } },
      reachOf(request, 'award:edit'),
    )
    if (named.dryRun) return { ...which.told, items: [] }
    const actor = actorOf(request)
    const done = await awards.revokeMany(which.ids, { reason, actor })
    return { ...which.told, items: [...done, ...which.absent] }
  })

  const anew = { schema: contract.reissueAwards, config: somewhere('issuance:edit') }
  server.post(`${root}/reissues`, anew, async (request) => {
    const only = { status: 'awarded', expired: 'false' } as const
    const which = await meant(views, { ...request.body, only }, reachOf(request, 'issuance:edit'))
    if (request.body.dryRun) return { ...which.told, items: [] }
    const items = []
    for (const id of which.ids) items.push(await reissueOne(id, reissue, actorOf(request)))
    return { ...which.told, items: [...items, ...which.absent] }
  })
}

async function meant(
  views: AwardViews,
  { ids, filter, cursor, only }: Named & { readonly only: AwardFilter },
  reach: Reach,
) {
  if ((ids === undefined) === (filter === undefined)) {
    const faults = [{ path: 'ids', reason: 'Give either `ids` or a `filter`.' }]
    throw new AppError('request-invalid', 'Say which awards are meant.', { faults })
  }
  if (ids !== undefined) {
    const known = await views.reachable(ids, reach)
    const found = new Set(known.ids)
    const missing = [...new Set(ids)].filter((id) => !found.has(id))
    const absent = missing.map((id) => ({ id, outcome: 'not-found' as const, detail: null }))
    const told = { concerned: found.size, learners: known.learners, remaining: 0, next: null }
    return { ids: [...new Set(ids)].filter((id) => found.has(id)), absent, told }
  }
  const page = { cursor, most: mostAtOnce }
  const found = await views.idsOf({ ...filter, ...only }, reach, page)
  const { awards: concerned, learners, next } = found
  const told = { concerned, learners, remaining: concerned - found.ids.length, next }
  return { ids: found.ids, absent: [], told }
}

async function reissueOne(
  id: string,
  reissue: (awardId: string, actor: string) => Promise<void>,
  actor: string,
) {
  try {
    await reissue(id, actor)
    return { id, outcome: 'reissued' as const, detail: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { id, outcome: 'refused' as const, detail: error.message }
  }
}
