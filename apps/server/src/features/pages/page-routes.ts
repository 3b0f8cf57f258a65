import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { sendPage } from '../../http/html-page.js'
import type { HttpServer } from '../../http/http-server.js'
import { prefersHtml, varyByReader } from '../../http/negotiate.js'
import { readCursor } from '../../http/paging.js'
import { notThere, publicIdOf, queryOf } from '../../http/public-answers.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { rememberBriefly } from '../../http/short-memory.js'
import { acceptedEndorsementsOf } from '../badge-endorsements/badge-endorsements.js'
import { type Credentials, elsewhere } from '../credentials/credentials.js'
import type { Images } from '../images/images.js'
import type { Issuers } from '../issuers/issuers.js'
import type { PageCounts } from '../page-counts/page-counts.js'
import { awardPage } from './award-page.js'
import { badgePage } from './badge-page.js'
import { embeddedAward } from './embedded-award.js'
import { createHostedBadges, formKey } from './hosted-badges.js'
import { toRevokedAssertion } from './hosted-documents.js'
import { createHostedSender, type HostedForm, hostedFormOf, jsonType } from './hosted-form.js'
import { issuerPage } from './issuer-page.js'
import { listEarners } from './own-award-views.js'
import {
  type AwardView,
  findAwardView,
  findBadgeView,
  findIssuerView,
  listBadgesOf,
  listBadgeViews,
} from './page-views.js'
import { assertAwardShown } from './who-sees.js'

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

/** One address for each public thing: a page for people, Open Badges for programs, which may add `.json`. */
export function pageRoutes(server: HttpServer, deps: PageDeps): void {
  const sendHosted = createHostedSender()
  const hosted = createHostedBadges(deps)
  const parts: Parts = { ...deps, sendHosted, hosted }
  awardRoutes(server, parts)
  badgeRoutes(server, parts)
  issuerRoutes(server, parts)
}

type Parts = PageDeps & {
  readonly sendHosted: ReturnType<typeof createHostedSender>
  readonly hosted: ReturnType<typeof createHostedBadges>
}

const orJson = '(^[\\w-]+).json'

function awardRoutes(server: HttpServer, parts: Parts): void {
  const { db, urls, now, freshFor, pageCounts, sendHosted, hosted } = parts
  const awardAt = rememberBriefly(freshFor, (id) => awardOf(db, id))
  const endorsementsAt = rememberBriefly(freshFor, (id) => acceptedEndorsementsOf(db, id))

  async function sendAward(request: FastifyRequest, reply: FastifyReply) {
    const award = await awardAt(publicIdOf(request, 'badge'))
    varyByReader(reply)
    if (prefersHtml(request)) return await sendAwardPage(request, reply, award)
    if (award.status === 'revoked' && award.provider === null) {
      reply.code(410).type(jsonType(request.headers.accept))
      return JSON.stringify(toRevokedAssertion(award, urls))
    }
    const signedText = signedTextOf(award, reply)
    const form = hostedFormOf(request)
    const make = () => hosted.award(award, signedText, form)
    return await sendHosted(request, reply, { view: award, form: formKey(form), make })
  }

  async function sendAwardPage(request: FastifyRequest, reply: FastifyReply, award: AwardView) {
    await assertAwardShown({ request, reply }, award, db)
    pageCounts.seen(request, 'award-view', award.awardId)
    if (queryOf(request, 'share') !== undefined) pageCounts.seen(request, 'visit', award.awardId)
    if (queryOf(request, 'embed') === '1') {
      return sendPage(reply, embeddedAward(award, { urls, now: now() }))
    }
    const endorsements = await endorsementsAt(award.awardId)
    return sendPage(reply, awardPage(award, { urls, now: now(), endorsements }))
  }

  server.get('/public/assertions/:id', sendAward)
  server.get(`/public/assertions/:id${orJson}`, sendAward)
}

function badgeRoutes(server: HttpServer, parts: Parts): void {
  const { db, urls, now, freshFor, pageCounts, sendHosted, hosted } = parts
  const badgeAt = rememberBriefly(freshFor, (id) => findBadgeView(db, id, now()))
  const earnersAt = rememberBriefly(freshFor, (templateId) =>
    listEarners(db, { templateId, at: now(), after: undefined }),
  )

  async function sendBadge(request: FastifyRequest, reply: FastifyReply) {
    const badge = await badgeAt(publicIdOf(request, 'badge'))
    if (badge === undefined) throw notThere('badge')
    varyByReader(reply)
    if (prefersHtml(request)) {
      const { templateId } = badge
      const after = readCursor(queryOf(request, 'after'), ['instant', 'uuid'])
      const earners =
        after === undefined
          ? await earnersAt(templateId)
          : await listEarners(db, { templateId, at: now(), after })
      pageCounts.seen(request, 'badge-view', templateId)
      return sendPage(reply, badgePage(badge, { earners, isFirst: after === undefined }, urls))
    }
    const form = hostedFormOf(request)
    const make = () => hosted.badge(badge, form)
    return await sendHosted(request, reply, { view: badge, form: formKey(form), make })
  }

  server.get('/public/badges/:id', sendBadge)
  server.get(`/public/badges/:id${orJson}`, sendBadge)

  // What is in a badge class of Open Badges 1.1, and what software for Badgr opens.
  server.get('/public/badges/:id/criteria', async (request, reply) => {
    const badge = await badgeAt(publicIdOf(request, 'badge'))
    if (badge === undefined) throw notThere('badge')
    return reply.redirect(urls.local(urls.badge(badge.templateId)), 302)
  })
}

function issuerRoutes(server: HttpServer, { db, urls, freshFor, sendHosted, hosted }: Parts): void {
  const issuerAt = rememberBriefly(freshFor, (id) => findIssuerView(db, id))
  const badgesAt = rememberBriefly(freshFor, (id) => listBadgeViews(db, id))

  async function sendIssuer(request: FastifyRequest, reply: FastifyReply) {
    const issuer = await issuerAt(publicIdOf(request, 'issuer'))
    if (issuer === undefined) throw notThere('issuer')
    varyByReader(reply)
    if (prefersHtml(request)) {
      const badges = await listBadgesOf(db, issuer.issuerId)
      return sendPage(reply, issuerPage(issuer, badges, urls))
    }
    const form = hostedFormOf(request)
    const make = () => hosted.issuer(issuer, form)
    return await sendHosted(request, reply, { view: issuer, form: form.version, make })
  }

  server.get('/public/issuers/:id', sendIssuer)
  server.get(`/public/issuers/:id${orJson}`, sendIssuer)

  server.get('/public/issuers/:id/badges', async (request, reply) => {
    const issuer = await issuerAt(publicIdOf(request, 'issuer'))
    if (issuer === undefined) throw notThere('issuer')
    const badges = await badgesAt(issuer.issuerId)
    const form: HostedForm = { ...hostedFormOf(request), expand: new Set() }
    const make = () => Promise.all(badges.map((badge) => hosted.badge(badge, form)))
    return await sendHosted(request, reply, { view: badges, form: form.version, make })
  })
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
