import type { Db } from '../../db/database.js'
import { sendPage } from '../../http/html-page.js'
import type { HttpServer } from '../../http/http-server.js'
import { queryOf } from '../../http/public-answers.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { ProgressViews } from '../progress/progress.js'
import { type StartPage, startPage } from './start-page-html.js'
import {
  readBadges,
  readDemoLearners,
  readFigures,
  readLatestDemoAwards,
} from './start-page-views.js'

type Deps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly badgesEnabled: boolean
  /** Whether the simulated LMS of the demo is sending just now. */
  readonly isDemoMoving: () => boolean
  readonly progress: Pick<ProgressViews, 'ofTemplate'>
}

const refreshSeconds = 5
/** However many ask, the database is asked this often. */
const keptMs = 1000
const latestShown = 6

/** The first page: what this is, how it is doing, and where to go. */
export function startPageRoutes(server: HttpServer, deps: Deps): void {
  let kept: { readonly until: number; readonly data: ReturnType<typeof read> } | undefined

  function current() {
    if (kept === undefined || Date.now() > kept.until) {
      const data = read(deps)
      // What failed is asked for again at once.
      data.catch(() => {
        kept = undefined
      })
      kept = { until: Date.now() + keptMs, data }
    }
    return kept.data
  }

  server.get('/', async (request, reply) => {
    const isMoving = deps.isDemoMoving()
    const isLive = isMoving && queryOf(request, 'live') !== 'no'
    // A header and no tag in the page: whoever reads slowly follows the link that leaves it out.
    if (isLive) reply.header('refresh', String(refreshSeconds))
    const { urls, badgesEnabled } = deps
    return sendPage(
      reply,
      startPage({ ...(await current()), urls, badgesEnabled, isMoving, isLive }),
    )
  })
}

async function read({
  db,
  progress: views,
}: Deps): Promise<Pick<StartPage, 'figures' | 'badges' | 'latest' | 'progress'>> {
  const [figures, badges, latest] = await Promise.all([
    readFigures(db),
    readBadges(db),
    readLatestDemoAwards(db, latestShown),
  ])
  // Only invented learners may be named; somebody real may have earned a badge of the demo too.
  const demo = badges.filter(({ is_demo }) => is_demo)
  const invented = await readDemoLearners(db)
  const pages = await Promise.all(demo.map(({ id }) => views.ofTemplate(id, { limit: 50 })))
  const progress = pages
    .flatMap(({ items }) => items)
    .filter(({ learner }) => invented.has(learner.id))
  return { figures, badges, latest, progress }
}
