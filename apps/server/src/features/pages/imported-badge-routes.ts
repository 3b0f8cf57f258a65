import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { sendPage } from '../../http/html-page.js'
import type { HttpServer } from '../../http/http-server.js'
import { prefersHtml, varyByReader } from '../../http/negotiate.js'
import { notThere, publicIdOf, queryOf, sendDocument } from '../../http/public-answers.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { acceptedEndorsementsOf } from '../badge-endorsements/badge-endorsements.js'
import { jsonType } from './hosted-form.js'
import { embeddedImported, importedBadgePage, isOpen } from './imported-badge-page.js'
import { findImportedView, type ImportedView } from './imported-badge-views.js'
import { assertShown } from './who-sees.js'

type Deps = { readonly db: Db; readonly urls: PublicUrls; readonly now: () => Date }

/** Badges from elsewhere that learners show here: a page for people, the badge as it came for programs. */
export function importedBadgeRoutes(server: HttpServer, { db, urls, now }: Deps): void {
  async function send(request: FastifyRequest, reply: FastifyReply) {
    const badge = await findImportedView(db, publicIdOf(request, 'badge'))
    if (badge === undefined) throw notThere('badge')
    varyByReader(reply)
    await assertImportedShown(request, reply, badge)
    if (!prefersHtml(request)) return sendAsItCame(request, reply, badge)
    if (queryOf(request, 'embed') === '1') {
      return sendPage(reply, embeddedImported(badge, { urls, now: now() }))
    }
    const endorsements = await acceptedEndorsementsOf(db, badge.entryId)
    return sendPage(reply, importedBadgePage(badge, { urls, now: now(), endorsements }))
  }

  server.get('/public/backpack/:id', send)
  server.get('/public/backpack/:id(^[\\w-]+).json', send)
}

async function assertImportedShown(
  request: FastifyRequest,
  reply: FastifyReply,
  { visibility, userId }: ImportedView,
): Promise<void> {
  const isOwner = async (id: string) => id === userId
  await assertShown({ request, reply }, { visibility, isOwner })
}

function sendAsItCame(request: FastifyRequest, reply: FastifyReply, badge: ImportedView) {
  if (!isOpen(badge)) {
    const message =
      'This badge names its learner in plain words, so it is not given to everybody. Ask the learner for it.'
    throw new AppError('not-found', message)
  }
  const { text: body } = badge
  const isJson = body.trimStart().startsWith('{')
  const type = isJson ? jsonType(request.headers.accept) : 'text/plain; charset=utf-8'
  return sendDocument(request, reply, { body, type, maxAge: 60 })
}
