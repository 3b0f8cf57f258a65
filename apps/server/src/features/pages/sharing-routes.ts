import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import { publicIdOf, queryOf, sendDocument } from '../../http/public-answers.js'
import { fileName, linkedInUrl } from './links.js'
import { awardOf, type PageDeps, signedTextOf } from './page-routes.js'

/** What the buttons of an award's page do, so that it can be counted without following anybody. */
export function sharingRoutes(server: HttpServer, { db, urls, pageCounts }: PageDeps): void {
  server.get('/public/assertions/:id/share', async (request, reply) => {
    const award = await awardOf(db, publicIdOf(request, 'badge'))
    if (queryOf(request, 'to') !== 'linkedin') {
      throw new AppError('request-invalid', 'A badge is shared "to" "linkedin".')
    }
    signedTextOf(award, reply)
    pageCounts.seen(request, 'share', award.awardId)
    const url = `${urls.assertion(award.awardId)}?share=linkedin`
    return reply.header('cache-control', 'no-store').redirect(linkedInUrl(award, url), 303)
  })

  // The signed badge as a file; the address that it names itself serves programs, and is not counted.
  server.get('/public/assertions/:id/credential', async (request, reply) => {
    const award = await awardOf(db, publicIdOf(request, 'badge'))
    const body = signedTextOf(award, reply)
    pageCounts.seen(request, 'download', award.awardId)
    reply.header('content-disposition', `attachment; filename="${fileName(award.name)}.json"`)
    return sendDocument(request, reply, { body, type: 'application/vc+ld+json', maxAge: 60 })
  })
}
