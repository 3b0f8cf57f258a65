import type { FastifyReply } from 'fastify'
import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { jsonMediaType, jwtMediaType, prefersJwt } from '../../http/badge-form.js'
import type { HttpServer } from '../../http/http-server.js'
import { prefersHtml, varyByReader } from '../../http/negotiate.js'
import { notThere, publicIdOf, sendTagged, toTagged } from '../../http/public-answers.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { rememberBriefly } from '../../http/short-memory.js'
import { findAbsence } from './absence-views.js'
import type { Credentials } from './create-credentials.js'
import { elsewhere } from './elsewhere.js'

type Deps = {
  readonly db: Db
  readonly credentials: Credentials
  readonly urls: PublicUrls
  /** Milliseconds for which what was read may be sent again without reading it. */
  readonly freshFor: number
}

/** Seconds after which a badge that is being signed is worth asking for again. */
const soon = 5

/** The signed badges and the lists that say which of them were taken back. */
export function credentialRoutes(server: HttpServer, deps: Deps): void {
  const { db, credentials, urls, freshFor } = deps
  const badgeAt = rememberBriefly(freshFor, async (id) => {
    const credential = await credentials.find(db, id)
    return credential && toTagged(credential.signed_text)
  })
  const jwtAt = rememberBriefly(freshFor, async (id) => {
    const text = await credentials.jwt(id)
    return text === undefined ? undefined : toTagged(text)
  })
  const listAt = rememberBriefly(freshFor / 2, async (id) => {
    const text = await credentials.statusList(id)
    return text === undefined ? undefined : toTagged(text)
  })

  server.get('/credentials/:id', async (request, reply) => {
    const id = publicIdOf(request, 'badge')
    varyByReader(reply)
    const { accept } = request.headers
    const isJwt = prefersJwt(request)
    if (!isJwt && prefersHtml(request)) return reply.redirect(urls.local(urls.assertion(id)), 303)
    const badge = await (isJwt ? jwtAt(id) : badgeAt(id))
    if (badge === undefined) throw await whyAbsent(db, id, reply)
    const type = isJwt ? jwtMediaType(accept) : jsonMediaType(accept)
    return sendTagged(request, reply, { ...badge, type, maxAge: 300 })
  })

  // What wallets and verifiers ask for the newest text of a badge; never a page.
  server.get('/credentials/:id/refresh', async (request, reply) => {
    const id = publicIdOf(request, 'badge')
    reply.header('vary', 'Accept')
    const { accept } = request.headers
    const isJwt = prefersJwt(request)
    const badge = await (isJwt ? jwtAt(id) : badgeAt(id))
    if (badge === undefined) throw await whyAbsent(db, id, reply)
    const type = isJwt ? jwtMediaType(accept) : jsonMediaType(accept)
    return sendTagged(request, reply, { ...badge, type, maxAge: 60 })
  })

  server.get('/status/:id', async (request, reply) => {
    const list = await listAt(publicIdOf(request, 'status list'))
    if (list === undefined) throw notThere('status list')
    const type = jsonMediaType(request.headers.accept)
    return sendTagged(request, reply, { ...list, type, maxAge: 60 })
  })
}

async function whyAbsent(db: Db, awardId: string, reply: FastifyReply): Promise<AppError> {
  const award = await findAbsence(db, awardId)
  if (award === undefined) return notThere('badge')
  if (award.elsewhere !== null) return new AppError('not-found', elsewhere(award.elsewhere))
  if (award.status === 'revoked') {
    return new AppError('not-found', 'This badge was taken back before it was signed.')
  }
  reply.header('retry-after', String(soon)).header('cache-control', 'no-store')
  return new AppError('not-found', 'This badge is being signed. Ask again in a few seconds.')
}
