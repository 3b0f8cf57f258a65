import type { FastifyRequest } from 'fastify'
import type { Db } from '../../db/database.js'
import type { HttpServer } from '../../http/http-server.js'
import { qualityOf } from '../../http/negotiate.js'
import { sendDocument } from '../../http/public-answers.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { demandBearer, type OAuthHost, openBadgesScopes } from '../oauth-host/oauth-host.js'
import { formOf, textOf } from './badge-text.js'
import { findHolder, type KeptBadge, listKeptBadges } from './kept-badge-views.js'
import { linksTo, pageQuery } from './page-links.js'
import { refuseOthers } from './refuse-others.js'
import { serviceDescription } from './service-description.js'
import { answerStatusInfo, StatusInfoError } from './status-info.js'

/** Takes a badge into somebody's backpack, and says in words what became of it. */
export type TakeIn = (
  userId: string,
  badge: { readonly content: Buffer; readonly signal?: AbortSignal },
) => Promise<{
  readonly outcome: 'kept' | 'waiting' | 'replaced' | 'duplicate' | 'refused'
  readonly message: string
  /** Of the check that refused it. */
  readonly code: string | null
}>

export type OpenBadgesDeps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly host: Pick<OAuthHost, 'bearerOf'>
  readonly takeIn: TakeIn
}

const root = '/ims/ob/v3p0'
const jsonTypes = ['application/json', 'application/vc+ld+json', 'application/ld+json']
const allowed = {
  credentials: ['GET', 'HEAD', 'POST'],
  profile: ['GET', 'HEAD'],
  discovery: ['GET', 'HEAD'],
}
const refusal = (status: number, message: string) => new StatusInfoError(status, message)
const mostBytes = 4 * 1024 * 1024

/** The Open Badges 3.0 API: applications that a learner let in read the backpack and put badges into it. */
export function openBadgesRoutes(server: HttpServer, deps: OpenBadgesDeps): void {
  server.register(async (scope) => {
    scope.setErrorHandler(answerStatusInfo)
    scope.removeAllContentTypeParsers()
    // As it came: what is signed is kept byte for byte.
    scope.addContentTypeParser(
      [...jsonTypes, 'text/plain'],
      { parseAs: 'buffer', bodyLimit: mostBytes },
      (_request, body, done) => done(null, body),
    )
    discoveryRoute(scope, deps)
    profileRoute(scope, deps)
    credentialRoutes(scope, deps)
    refuseOthers(scope, { root, allowed, refusal })
  })
}

function discoveryRoute(scope: HttpServer, { urls }: OpenBadgesDeps): void {
  scope.get(`${root}/discovery`, async (request, reply) => {
    assertAccepts(request)
    const document = serviceDescription(urls.base, reply.server.brand())
    const body = JSON.stringify(document)
    reply.header('access-control-allow-origin', '*')
    return sendDocument(request, reply, { body, type: 'application/json', maxAge: 3600 })
  })
}

function profileRoute(scope: HttpServer, { db, host }: OpenBadgesDeps): void {
  scope.get(`${root}/profile`, async (request, reply) => {
    assertAccepts(request)
    const { userId } = await demandBearer(request, reply, {
      host,
      scope: openBadgesScopes.profile,
      refusal,
    })
    const holder = await findHolder(db, userId)
    if (holder === undefined) throw new StatusInfoError(404, 'There is no profile.')
    const { id, name, email } = holder
    const profile = { id: `urn:uuid:${id}`, type: ['Profile'], ...(name !== '' && { name }), email }
    return reply.header('cache-control', 'no-store').send(profile)
  })
}

function credentialRoutes(scope: HttpServer, { db, urls, host, takeIn }: OpenBadgesDeps): void {
  scope.get(`${root}/credentials`, async (request, reply) => {
    assertAccepts(request)
    const { userId } = await demandBearer(request, reply, {
      host,
      scope: openBadgesScopes.read,
      refusal,
    })
    const asked = readPage(request)
    const { badges, total } = await listKeptBadges(db, { userId, version: '3.0' }, asked)
    const link = linksTo(`${urls.base}${root}/credentials`, asked, total)
    return reply
      .headers({ 'x-total-count': String(total), link, 'cache-control': 'no-store' })
      .type('application/json')
      .send(toBody(badges))
  })

  scope.post(`${root}/credentials`, async (request, reply) => {
    const { userId } = await demandBearer(request, reply, {
      host,
      scope: openBadgesScopes.write,
      refusal,
    })
    const { content, contentType } = badgeIn(request)
    const { outcome, message } = await takeIn(userId, { content })
    if (outcome === 'refused') throw new StatusInfoError(422, message)
    const isNew = outcome === 'kept' || outcome === 'waiting'
    reply.code(isNew ? 201 : 200).header('cache-control', 'no-store')
    return reply.type(contentType).send(content)
  })
}

function readPage(request: FastifyRequest) {
  const page = pageQuery.safeParse(request.query)
  if (page.success) return page.data
  const reasons = page.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new StatusInfoError(400, reasons.join('; '))
}

function assertAccepts({ headers }: FastifyRequest): void {
  const { accept } = headers
  const taken = [...jsonTypes, 'application/*', '*/*']
  if (accept === undefined || taken.some((type) => qualityOf(accept, type) > 0)) return
  throw new StatusInfoError(406, 'The answer is application/json, which was not accepted.')
}

function badgeIn({ body, headers }: FastifyRequest) {
  const contentType = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (!Buffer.isBuffer(body) || body.length === 0) {
    throw new StatusInfoError(422, 'There is no badge in the request.')
  }
  const form = formOf(body.toString('utf8').trim())
  const isFitting = form !== undefined && 'jws' in form === (contentType === 'text/plain')
  if (isFitting) return { content: body, contentType }
  const remedy = 'Send a JSON object as application/json, or a compact JWS as text/plain.'
  throw new StatusInfoError(422, `That is no badge. ${remedy}`)
}

// Our own texts stand in the answer as they were signed.
function toBody(badges: readonly KeptBadge[]): string {
  const credentials: string[] = []
  const tokens: string[] = []
  for (const badge of badges) {
    const text = badge.origin === 'earned' ? badge.signedText : textOf(badge)
    const form = text === undefined ? undefined : formOf(text)
    if (text === undefined || form === undefined) continue
    if ('jws' in form) tokens.push(JSON.stringify(form.jws))
    else credentials.push(text)
  }
  const token = tokens.length === 0 ? '' : `,"compactJwsString":[${tokens.join(',')}]`
  return `{"credential":[${credentials.join(',')}]${token}}`
}
