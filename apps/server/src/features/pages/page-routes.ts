import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { sendPage } from '../../http/html-page.js'
import type { HttpServer } from '../../http/http-server.js'
import { prefersHtml, quality, varyByReader } from '../../http/negotiate.js'
import {
  notThere,
  publicIdOf,
  queryOf,
  sendTagged,
  type Tagged,
  toTagged,
} from '../../http/public-answers.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { rememberBriefly } from '../../http/short-memory.js'
import { type Credentials, elsewhere } from '../credentials/credentials.js'
import type { Images } from '../images/images.js'
import type { Issuers } from '../issuers/issuers.js'
import type { PageCounts } from '../page-counts/page-counts.js'
import { awardPage } from './award-page.js'
import { badgePage } from './badge-page.js'
import { toAssertion, toBadgeClass, toIssuer, toRevokedAssertion } from './hosted-documents.js'
import { issuerPage } from './issuer-page.js'
import {
  type AwardView,
  findAwardView,
  findBadgeView,
  findIssuerView,
  listBadgesOf,
} from './page-views.js'

export type PageDeps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly issuers: Issuers
  readonly credentials: Credentials
  readonly images: Images
  readonly pageCounts: PageCounts
  readonly now: () => Date
  /** Milliseconds for which what was read may be shown again without reading it. */
  readonly freshFor: number
}

/** One address for each public thing: a page for people, Open Badges 2.0 for programs. */
export function pageRoutes(server: HttpServer, deps: PageDeps): void {
  const { db, urls, now, freshFor, pageCounts } = deps
  const awardAt = rememberBriefly(freshFor, (id) => awardOf(db, id))
  const badgeAt = rememberBriefly(freshFor, (id) => findBadgeView(db, id, now()))
  const issuerAt = rememberBriefly(freshFor, (id) => findIssuerView(db, id))
  const sendHosted = createHostedSender()

  server.get('/public/assertions/:id', async (request, reply) => {
    const award = await awardAt(publicIdOf(request, 'badge'))
    varyByReader(reply)
    if (prefersHtml(request)) {
      pageCounts.seen(request, 'award-view', award.awardId)
      if (queryOf(request, 'share') !== undefined) {
        pageCounts.seen(request, 'visit', award.awardId)
      }
      return sendPage(reply, awardPage(award, { urls, now: now() }))
    }
    if (award.status === 'revoked' && award.provider === null) {
      reply.code(410).type(jsonType(request.headers.accept))
      return JSON.stringify(toRevokedAssertion(award, urls))
    }
    const signedText = signedTextOf(award, reply)
    return sendHosted(request, reply, {
      view: award,
      make: () => toAssertion(award, signedText, urls),
    })
  })

  server.get('/public/badges/:id', async (request, reply) => {
    const badge = await badgeAt(publicIdOf(request, 'badge'))
    if (badge === undefined) throw notThere('badge')
    varyByReader(reply)
    if (prefersHtml(request)) {
      pageCounts.seen(request, 'badge-view', badge.templateId)
      return sendPage(reply, badgePage(badge, urls))
    }
    return sendHosted(request, reply, { view: badge, make: () => toBadgeClass(badge, urls) })
  })

  server.get('/public/issuers/:id', async (request, reply) => {
    const issuer = await issuerAt(publicIdOf(request, 'issuer'))
    if (issuer === undefined) throw notThere('issuer')
    varyByReader(reply)
    if (prefersHtml(request)) {
      const badges = await listBadgesOf(db, issuer.issuerId)
      return sendPage(reply, issuerPage(issuer, badges, urls))
    }
    return sendHosted(request, reply, { view: issuer, make: () => toIssuer(issuer, urls) })
  })
}

/** Sends Open Badges 2.0; the text is made once for as long as what it is made of is remembered. */
function createHostedSender() {
  const made = new WeakMap<object, Tagged>()

  return (
    request: FastifyRequest,
    reply: FastifyReply,
    { view, make }: { readonly view: object; readonly make: () => object },
  ) => {
    const tagged = made.get(view) ?? toTagged(JSON.stringify(make()))
    made.set(view, tagged)
    const type = jsonType(request.headers.accept)
    return sendTagged(request, reply, { ...tagged, type, maxAge: 60 })
  }
}

export async function awardOf(db: Db, awardId: string): Promise<AwardView> {
  const award = await findAwardView(db, awardId)
  if (award === undefined) throw notThere('badge')
  return award
}

/** The signed badge, or the reason why there is none. */
export function signedTextOf(award: AwardView, reply: FastifyReply): string {
  if (award.signedText !== null) return award.signedText
  const { provider, externalUrl: url, status, issuance } = award
  if (provider !== null) {
    const isOver = status === 'revoked' || issuance === 'revoked'
    throw new AppError('not-found', elsewhere({ provider, url, isOver }))
  }
  if (award.status === 'revoked') {
    throw new AppError('not-found', 'This badge was taken back before it was signed.')
  }
  reply.header('retry-after', '5').header('cache-control', 'no-store')
  throw new AppError('not-found', 'This badge is being signed. Ask again in a few seconds.')
}

function jsonType(accept: string | undefined): string {
  const asksLinked = quality(accept, /^application\/ld[+]json$/) > 0
  return asksLinked ? 'application/ld+json' : 'application/json; charset=utf-8'
}
