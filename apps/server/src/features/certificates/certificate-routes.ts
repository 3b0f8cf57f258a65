import type { Db } from '../../db/database.js'
import type { HttpServer } from '../../http/http-server.js'
import { publicIdOf, sendDocument } from '../../http/public-answers.js'
import { rememberBriefly } from '../../http/short-memory.js'
import type { PageCounts } from '../page-counts/page-counts.js'
import { assertAwardShown, awardOf, fileName } from '../pages/pages.js'
import type { Certificates } from './create-certificates.js'

type Deps = {
  readonly db: Db
  readonly certificates: Certificates
  readonly pageCounts: PageCounts
  readonly freshFor: number
}

/** The certificate of an award for whoever sees its page; it names the learner where the page does. */
export function certificateRoutes(server: HttpServer, deps: Deps): void {
  const { db, certificates, pageCounts, freshFor } = deps
  // Drawing takes longer than reading, and many may ask for the same one.
  const pdfAt = rememberBriefly(freshFor, (id) => certificates.pdfOf(id, { isForLearner: false }))

  server.get('/public/assertions/:id/certificate', async (request, reply) => {
    const award = await awardOf(db, publicIdOf(request, 'badge'))
    await assertAwardShown({ request, reply }, award, db)
    const body = await pdfAt(award.awardId)
    pageCounts.seen(request, 'download', award.awardId)
    reply.header('content-disposition', `inline; filename="${fileName(award.name)}.pdf"`)
    return sendDocument(request, reply, { body, type: 'application/pdf', maxAge: 60 })
  })
}
