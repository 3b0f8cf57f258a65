import { verifyCredential } from '@rosette/open-badges'
import type { Db } from '../../db/database.js'
import { sendPage } from '../../http/html-page.js'
import type { HttpServer } from '../../http/http-server.js'
import { prefersHtml, varyByReader } from '../../http/negotiate.js'
import { publicIdOf, sendJson } from '../../http/public-answers.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { rememberBriefly } from '../../http/short-memory.js'
import type { PageCounts } from '../page-counts/page-counts.js'
import { assertAwardShown, awardOf, awardStatus, signedTextOf } from '../pages/pages.js'
import { awardVerificationPage } from './verify-page.js'

type Deps = {
  readonly db: Db
  readonly urls: PublicUrls
  /** Answers our own addresses, and throws for any other. */
  readonly documents: (url: string) => Promise<unknown>
  readonly now: () => Date
  readonly freshFor: number
  readonly pageCounts: PageCounts
}

/** The check of an award of this site, at its own address: what its page links to. */
export function awardVerificationRoutes(server: HttpServer, deps: Deps): void {
  const { db, urls, documents, now, freshFor, pageCounts } = deps
  const awardAt = rememberBriefly(freshFor, (id) => awardOf(db, id))

  server.get('/public/assertions/:id/verification', async (request, reply) => {
    const award = await awardAt(publicIdOf(request, 'badge'))
    varyByReader(reply)
    if (prefersHtml(request)) await assertAwardShown({ request, reply }, award, db)
    const text = signedTextOf(award, reply)
    const report = await verifyCredential(text, { documents, now: now() })
    pageCounts.seen(request, 'verification', award.awardId)
    if (!prefersHtml(request)) return sendJson(request, reply, report)
    const status = awardStatus(award, now())
    const picture = `${urls.local(urls.assertion(award.awardId))}/image?for=page`
    return sendPage(reply, awardVerificationPage({ award, report, status, picture, urls }))
  })
}
