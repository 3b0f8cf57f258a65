import type { Db } from '../db/database.js'
import { createAppearances } from '../features/appearance/appearance.js'
import { createImages } from '../features/images/images.js'
import { createInsights } from '../features/insights/insights.js'
import { createPageCounts } from '../features/page-counts/page-counts.js'
import { createPathways } from '../features/pathways/pathways.js'
import type { PublicUrls } from '../http/public-urls.js'

type Parts = { readonly db: Db; readonly urls: PublicUrls; readonly now: () => Date }

/** What pages are made of beside what they say: looks, pictures, maps, and how often they are seen. */
export function createSite({ db, urls, now }: Parts) {
  const images = createImages({ db })
  const { store: storeImage, find: findImage } = images
  return {
    images,
    appearances: createAppearances({ db, urls, now, storeImage, findImage }),
    pageCounts: createPageCounts({ db, now }),
    pathways: createPathways({ db, urls, now }),
    insights: createInsights({ db, now }),
  }
}

export type Site = ReturnType<typeof createSite>
