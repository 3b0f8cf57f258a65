import type { Db } from '../../db/database.js'
import { readAwardsByBadge, readAwardsByCourse, readAwardsOverTime } from './award-counts.js'
import { readIssuingDelays } from './delay-views.js'
import { countFunnels, toFunnel, toStops } from './funnels.js'
import { keepCounting } from './keep-counting.js'
import {
  type Asked,
  assertFewIntervals,
  type Bucketed,
  type Period,
  periodOf,
  withTimeLimit,
} from './narrowing.js'
import { readPublicCounts } from './public-count-views.js'
import { readCountedTemplates } from './requirement-rows.js'

type Deps = { readonly db: Db; readonly now: () => Date }
type Ends = { readonly [End in keyof Period]?: Period[End] | undefined }
type About = Asked & Ends & { readonly course?: string | undefined }

/** What has come of the badges, in numbers; always within the reach of who asks. */
export function createInsights({ db, now }: Deps) {
  const counted = keepCounting(now, async (ids) => {
    const templates = await readCountedTemplates(db, { reach: 'everywhere', ids: ids.split(' ') })
    return await countFunnels(db, templates)
  })

  async function count(asked: Asked) {
    const ids = (await readCountedTemplates(db, asked)).map(({ id }) => id)
    // Who may see the same badges is told the same numbers; who may not asks for others.
    if (ids.length === 0) return { at: now().toISOString(), each: [] }
    const { at, value: each } = await counted(ids.join(' '))
    return { at, each }
  }

  const period = (about: Ends) => periodOf(about, now())
  return {
    awardsOverTime: (about: About & Bucketed) => {
      const ends = period(about)
      assertFewIntervals(ends, about)
      return withTimeLimit(db, (tx) => readAwardsOverTime(tx, { ...about, ...ends }))
    },
    awardsByBadge: (about: About) =>
      withTimeLimit(db, (tx) => readAwardsByBadge(tx, { ...about, ...period(about) })),
    awardsByCourse: (about: About) =>
      withTimeLimit(db, (tx) => readAwardsByCourse(tx, { ...about, ...period(about) })),
    funnels: async (asked: Asked) => {
      const { at, each } = await count(asked)
      return { items: each.map(toFunnel), at }
    },
    stops: async (asked: Asked) => {
      const { at, each } = await count(asked)
      return { items: each.map(toStops), at }
    },
    delays: (about: Asked & Ends) =>
      withTimeLimit(db, (tx) => readIssuingDelays(tx, { ...about, ...period(about) })),
    publicCounts: (about: Asked & Ends & Pick<Bucketed, 'interval'>) => {
      const ends = period(about)
      assertFewIntervals(ends, about)
      return withTimeLimit(db, (tx) => readPublicCounts(tx, { ...about, ...ends }))
    },
  }
}

export type Insights = ReturnType<typeof createInsights>
