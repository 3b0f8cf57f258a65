import type { Db } from '../../db/database.js'
import { jsonMediaType } from '../../http/badge-form.js'
import type { HttpServer } from '../../http/http-server.js'
import { notThere, publicIdOf, sendDocument } from '../../http/public-answers.js'
import { findServed } from './badge-endorsement-views.js'

/** The signed endorsements by people, for whoever meets one; only while the learner shows it. */
export function personalEndorsementRoutes(server: HttpServer, { db }: { readonly db: Db }): void {
  server.get('/endorsements/personal/:id', async (request, reply) => {
    const body = await findServed(db, publicIdOf(request, 'endorsement'))
    if (body === undefined) throw notThere('endorsement')
    reply.header('vary', 'Accept')
    const type = jsonMediaType(request.headers.accept)
    return sendDocument(request, reply, { body, type, maxAge: 60 })
  })
}
