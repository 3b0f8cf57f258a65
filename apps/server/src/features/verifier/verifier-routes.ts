import type { Report } from '@rosette/open-badges'
import type { Db } from '../../db/database.js'
import type { HttpServer } from '../../http/http-server.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { PageCounts } from '../page-counts/page-counts.js'
import { awardVerificationRoutes } from './award-verification-routes.js'
import { createVerifier } from './create-verifier.js'
import { type createDocumentsHere, createOwnDocuments } from './documents-here.js'
import type { FetchElsewhere } from './inquiry.js'
import { ownAwardId } from './own-award.js'
import { acceptBadges } from './submission.js'
import { verificationApiRoutes } from './verification-api-routes.js'
import { verifyPageRoutes } from './verify-page-routes.js'
import { createVisitorLimit } from './visitor-limit.js'

type Deps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly now: () => Date
  readonly freshFor: number
  readonly here: ReturnType<typeof createDocumentsHere>
  readonly elsewhere: FetchElsewhere
  readonly perMinute: number
  readonly pageCounts: PageCounts
}

/** The verifier: its page, its API, and the check of each award of this site. */
export function verifierRoutes(server: HttpServer, deps: Deps): void {
  const { db, urls, now, here, elsewhere, perMinute, pageCounts } = deps
  const verifier = createVerifier({ urls, here, elsewhere, now, verified })
  awardVerificationRoutes(server, { ...deps, documents: createOwnDocuments(here) })

  function verified(report: Report): void {
    const awardId = ownAwardId(report, urls)
    if (awardId !== undefined) pageCounts.done('verification', awardId)
  }

  server.register(async (scope) => {
    acceptBadges(scope)
    const limit = await createVisitorLimit(scope, perMinute)
    scope.addHook('onSend', async (_request, reply) => {
      // A turn takes seconds; whoever found the line full need not wait a minute.
      if (reply.statusCode === 503) reply.header('retry-after', '30')
      reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    })
    scope.register(async (pages) => verifyPageRoutes(pages, { db, urls, verifier, now, limit }))
    scope.register(async (api) => verificationApiRoutes(api, { verifier, limit }))
  })
}
