import { z } from 'zod'
import type { Db } from '../../db/database.js'
import type { HttpServer } from '../../http/http-server.js'
import { sendDocument } from '../../http/public-answers.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { badgeConnectScopes, demandBearer, type OAuthHost } from '../oauth-host/oauth-host.js'
import {
  findHolder,
  formOf,
  type KeptBadge,
  linksTo,
  listKeptBadges,
  pageQuery,
  refuseOthers,
  type TakeIn,
  textOf,
} from '../open-badges-api/open-badges-api.js'
import { answerConnectError, ConnectError, statusOf } from './envelope.js'
import { manifest } from './manifest.js'

export type BadgeConnectDeps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly host: Pick<OAuthHost, 'bearerOf'>
  readonly takeIn: TakeIn
  /** Answers an address of ours with the document that everybody is served there. */
  readonly documentAt: (url: string) => Promise<string>
}

const root = '/ims/ob/v2p1'
const mostBytes = 4 * 1024 * 1024
const allowed = { assertions: ['GET', 'HEAD', 'POST'], profile: ['GET', 'HEAD'] }
const refusal = (status: number, message: string) => new ConnectError(status, message)

const posted = z.union([
  z.object({ assertion: z.record(z.string(), z.unknown()) }),
  z.object({ signedAssertion: z.string().trim().min(1) }),
])

/** Open Badges 2.1 Badge Connect, as the host of backpacks. */
export function badgeConnectRoutes(server: HttpServer, deps: BadgeConnectDeps): void {
  server.get('/.well-known/badgeconnect.json', async (request, reply) => {
    const body = JSON.stringify(manifest(deps.urls.base, reply.server.brand()))
    reply.header('access-control-allow-origin', '*')
    return sendDocument(request, reply, { body, type: 'application/json', maxAge: 3600 })
  })

  server.register(async (scope) => {
    scope.setErrorHandler(answerConnectError)
    assertionRoutes(scope, deps)
    profileRoute(scope, deps)
    refuseOthers(scope, { root, allowed, refusal })
  })
}

function assertionRoutes(scope: HttpServer, deps: BadgeConnectDeps): void {
  const { db, urls, host, takeIn } = deps

  scope.get(`${root}/assertions`, async (request, reply) => {
    const { userId } = await demandBearer(request, reply, {
      host,
      scope: badgeConnectScopes.read,
      refusal,
    })
    const page = pageQuery.safeParse(request.query)
    if (!page.success) throw unfit(page.error)
    const { badges, total } = await listKeptBadges(db, { userId, version: '2.0' }, page.data)
    const link = linksTo(`${urls.base}${root}/assertions`, page.data, total)
    reply.headers({ 'x-total-count': String(total), link, 'cache-control': 'no-store' })
    return { status: statusOf(200), ...(await toForms(badges, deps)) }
  })

  scope.post(`${root}/assertions`, { bodyLimit: mostBytes }, async (request, reply) => {
    const { userId } = await demandBearer(request, reply, {
      host,
      scope: badgeConnectScopes.write,
      refusal,
    })
    const body = posted.safeParse(request.body)
    if (!body.success) throw unfit(body.error)
    const { outcome, message, code } = await takeIn(userId, { content: toContent(body.data) })
    if (outcome === 'refused') {
      const isOthers = code === 'ERR_OB_RECIPIENT'
      const statusText = isOthers ? 'RECIPIENT_PROFILE_MISMATCH' : 'INVALID_BADGE'
      throw new ConnectError(400, message, statusText)
    }
    const status = outcome === 'kept' || outcome === 'waiting' ? 201 : 200
    reply.code(status).header('cache-control', 'no-store')
    return { status: statusOf(status), ...body.data }
  })
}

function profileRoute(scope: HttpServer, { db, host }: BadgeConnectDeps): void {
  scope.get(`${root}/profile`, async (request, reply) => {
    const wanted = { host, scope: badgeConnectScopes.profile, refusal }
    const { userId } = await demandBearer(request, reply, wanted)
    const holder = await findHolder(db, userId)
    if (holder === undefined) throw new ConnectError(404, 'There is no profile.')
    const { id, name, email } = holder
    reply.header('cache-control', 'no-store')
    const profile = {
      '@context': 'https://w3id.org/openbadges/v2',
      id: `urn:uuid:${id}`,
      type: 'Profile',
      name,
      email,
    }
    return { status: statusOf(200), profile }
  })
}

function unfit({ issues }: z.ZodError): ConnectError {
  const reasons = issues.map(({ path, message }) => [...path, message].join(': '))
  return new ConnectError(400, reasons.join('; '), 'REQUEST_VALIDATION_ERROR')
}

// Some send the address of the assertion alone; it is fetched there anyway.
function toContent(body: z.output<typeof posted>): Buffer {
  if ('signedAssertion' in body) return Buffer.from(body.signedAssertion)
  const { assertion } = body
  const isAddress = Object.keys(assertion).length === 1 && typeof assertion['id'] === 'string'
  return Buffer.from(isAddress ? String(assertion['id']) : JSON.stringify(assertion))
}

async function toForms(
  badges: readonly KeptBadge[],
  { urls, documentAt }: Pick<BadgeConnectDeps, 'urls' | 'documentAt'>,
) {
  const assertions: object[] = []
  const signedAssertions: string[] = []
  for (const badge of badges) {
    const isOurs = badge.origin === 'earned'
    const content = isOurs ? await documentAt(urls.assertion(badge.id)) : textOf(badge)
    const form = content === undefined ? undefined : formOf(content)
    if (form === undefined) continue
    if ('jws' in form) signedAssertions.push(form.jws)
    else assertions.push(form.json)
  }
  return { assertions, signedAssertions }
}
