import { AppError } from '../../http/app-error.js'
import type { HttpServer } from '../../http/http-server.js'
import { publicIdOf, queryOf, sendDocument } from '../../http/public-answers.js'
import { sharedAward } from './award-page.js'
import { fileName, shareTargets, shareUrl } from './links.js'
import { awardOf, type PageDeps, signedTextOf } from './page-routes.js'
import { assertAwardShown } from './who-sees.js'

/** What the buttons of an award's page do, so that it can be counted without following anybody. */
export function sharingRoutes(server: HttpServer, { db, urls, pageCounts }: PageDeps): void {
  server.get('/public/assertions/:id/share', async (request, reply) => {
    const award = await awardOf(db, publicIdOf(request, 'badge'))
    await assertAwardShown({ request, reply }, award, db)
    const wanted = queryOf(request, 'to')
    const to = shareTargets.find((target) => target === wanted)
    if (to === undefined) {
      const all = shareTargets.map((target) => `"${target}"`).join(', ')
      throw new AppError('request-invalid', `A badge is shared "to" one of ${all}.`)
    }
    signedTextOf(award, reply)
    pageCounts.seen(request, 'share', award.awardId)
    reply.header('cache-control', 'no-store')
    return reply.redirect(shareUrl(sharedAward(award, urls), to), 303)
  })

  // The signed badge as a file; the address that it names itself serves programs, and is not counted.
  server.get('/public/assertions/:id/credential', async (request, reply) => {
    const award = await awardOf(db, publicIdOf(request, 'badge'))
    await assertAwardShown({ request, reply }, award, db)
    const body = signedTextOf(award, reply)
    pageCounts.seen(request, 'download', award.awardId)
    reply.header('content-disposition', `attachment; filename="${fileName(award.name)}.json"`)
    return sendDocument(request, reply, { body, type: 'application/vc+ld+json', maxAge: 60 })
  })
}
