import type { Found, Permission } from '@rosette/contract'
import type { Db } from '../../db/database.js'
import type { Reach } from '../../db/reach.js'
import { readQuery } from './read-query.js'
import {
  findAwards,
  findEvents,
  findIssuances,
  findLearners,
  findTemplates,
} from './search-views.js'

/** Where the reader may do this. */
export type ReachFor = (permission: Permission) => Reach

/** Everything that a text may mean, as far as the reader may see it. */
export function createSearch({ db }: { readonly db: Db }) {
  return async function search(q: string, reachFor: ReachFor) {
    const query = readQuery(q)
    const some = async (
      permission: Permission,
      find: (reach: Reach) => Promise<Found[]>,
    ): Promise<Found[]> => {
      const reach = reachFor(permission)
      return reach !== 'everywhere' && reach.length === 0 ? [] : await find(reach)
    }
    let isWhole = true
    const found = await Promise.all([
      some('learner:read', () => findLearners(db, query)),
      some('template:read', (reach) => findTemplates(db, query, reach)),
      some('award:read', (reach) => findAwards(db, query, reach)),
      some('issuance:read', (reach) => findIssuances(db, query, reach)),
      some('event:read', async () => {
        const { events, isWhole: wasWhole } = await findEvents(db, query, reachFor('award:read'))
        isWhole = wasWhole
        return events
      }),
    ])
    return { items: found.flat(), isWhole }
  }
}

export type Search = ReturnType<typeof createSearch>
