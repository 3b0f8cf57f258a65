import type { BackpackBadge, BackpackBadgeDetail } from '@rosette/contract/backpack'
import type { Db } from '../../db/database.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { type Asked, countBadges, findBadge, findBadges, listBadges } from './badge-views.js'
import { badgeOr404, createBadgeChanges } from './change-badges.js'
import { createOnTheWay } from './on-the-way.js'
import { toBadge } from './to-badge.js'
import { readDetail } from './to-detail.js'

type Deps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly now: () => Date
}

/** Everything a learner holds, whoever issued it. All of it is asked and changed by the user's id. */
export function createBackpack({ db, urls, now }: Deps) {
  const changes = createBadgeChanges({ db, now })
  const onTheWay = createOnTheWay({ db, urls })

  async function list(userId: string, asked: Asked) {
    const { rows, next } = await listBadges(db, userId, asked)
    return { items: rows.map((row) => toBadge(row, urls, now())), next }
  }

  async function get(userId: string, id: string): Promise<BackpackBadgeDetail> {
    return await readDetail(await badgeOr404(db, userId, id), { db, userId, urls, now: now() })
  }

  async function find(userId: string, id: string): Promise<BackpackBadge | undefined> {
    const row = await findBadge(db, userId, id)
    return row && toBadge(row, urls, now())
  }

  /** Those of the ids that are the person's own, by id. */
  async function ofIds(
    userId: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, BackpackBadge>> {
    const rows = await findBadges(db, userId, ids)
    return new Map(rows.map((row) => [row.id, toBadge(row, urls, now())]))
  }

  async function overview(userId: string) {
    const [counts, way] = await Promise.all([countBadges(db, userId), onTheWay.count(userId)])
    return { ...counts, onTheWay: way }
  }

  return {
    overview,
    list,
    get,
    find,
    ofIds,
    ...changes,
    progress: onTheWay.list,
    begun: onTheWay.begun,
  }
}

export type Backpack = ReturnType<typeof createBackpack>
