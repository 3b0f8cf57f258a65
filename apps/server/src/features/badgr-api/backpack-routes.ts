import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpServer } from '../../http/http-server.js'
import { parsePublicId } from '../../http/public-id.js'
import {
  badFields,
  badRequest,
  demandScope,
  fieldsOf,
  isFields,
  notThere,
  paramOf,
  personOf,
  queryTextOf,
  queryTextsOf,
  textIn,
} from '../badgr-auth/badgr-auth.js'
import type { ApiDeps } from './api-deps.js'
import type { AssertionRow } from './assertion-repository.js'
import { toEntryClass, toEntryIssuer, toEntryJson, toOwnAwardJson } from './backpack-json.js'
import { type EntryRow, listEntries, listOwnAwards } from './backpack-views.js'
import { findClassRow } from './class-repository.js'
import { sendResult } from './envelope.js'
import { importInto } from './import-badge.js'
import { findIssuerRow } from './issuer-repository.js'
import { isYes } from './reading.js'
import { bakedAt, toClassJson, toIssuerJson } from './to-json.js'

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply }

export function backpackRoutes(scope: HttpServer, deps: ApiDeps): void {
  const { callers, backpack, urls } = deps

  async function readerOf(request: FastifyRequest): Promise<string> {
    const caller = await callers.callerOf(request)
    demandScope(caller, 'r:backpack', 'rw:backpack')
    return personOf(caller)
  }

  async function ownerOf(request: FastifyRequest) {
    const caller = await callers.callerOf(request)
    demandScope(caller, 'rw:backpack')
    return { id: personOf(caller), email: caller.actor.name }
  }

  scope.get('/backpack/assertions', async (request, reply) => {
    const userId = await readerOf(request)
    const result = await listBackpack(deps, { userId, request })
    return sendResult({ request, reply }, result)
  })

  scope.get('/backpack/assertions/:id', async (request, reply) =>
    sendBadge({ request, reply }, deps, { userId: await readerOf(request) }),
  )

  scope.put('/backpack/assertions/:id', async (request, reply) => {
    const owner = await ownerOf(request)
    const { id } = await ownBadge(deps, owner.id, paramOf(request, 'id'))
    const acceptance = textIn(fieldsOf(request), 'acceptance')
    if (acceptance === 'Accepted') await backpack.accept(owner, id)
    else if (acceptance === 'Rejected') await backpack.reject(owner, id)
    else throw badFields({ acceptance: [`"${acceptance ?? ''}" is not a valid choice.`] })
    return await sendBadge({ request, reply }, deps, { userId: owner.id })
  })

  scope.delete('/backpack/assertions/:id', async (request, reply) => {
    const owner = await ownerOf(request)
    const badge = await ownBadge(deps, owner.id, paramOf(request, 'id'))
    await (badge.kind === 'award' ? backpack.reject : backpack.remove)(owner, badge.id)
    return reply.code(204).send()
  })

  scope.get('/backpack/assertions/:id/image', async (request, reply) => {
    const badge = await ownBadge(deps, await readerOf(request), paramOf(request, 'id'))
    const image = `${urls.importedBadge(badge.id)}/image`
    return reply.redirect(badge.kind === 'award' ? bakedAt(urls, badge.id) : image, 302)
  })

  scope.post('/backpack/import', async (request, reply) => {
    const owner = await ownerOf(request)
    const id = await importInto(deps, owner.id, fieldsOf(request))
    return await sendBadge({ request, reply }, deps, { userId: owner.id, id, status: 201 })
  })

  scope.post('/backpack/assertions', async () => {
    throw badRequest('Use /v2/backpack/import to bring a badge into the backpack.')
  })
}

/** One badge of a backpack, whoever issued it. */
export type OwnBadge =
  | { readonly kind: 'award'; readonly id: string; readonly row: AssertionRow }
  | { readonly kind: 'entry'; readonly id: string; readonly entry: EntryRow }

export async function ownBadge({ db }: ApiDeps, userId: string, named: string): Promise<OwnBadge> {
  const id = parsePublicId(named)
  if (id === undefined) throw notThere()
  const [row] = await listOwnAwards(db, { userId, ids: [id] })
  if (row !== undefined) return { kind: 'award', id, row }
  const [entry] = await listEntries(db, { userId, ids: [id] })
  if (entry === undefined) throw notThere()
  return { kind: 'entry', id, entry }
}

/** All badges of somebody; those that are over or waiting only where that is asked for. */
export async function badgesOf(
  { db, now }: ApiDeps,
  asked: {
    readonly userId: string
    readonly includesExpired: boolean
    readonly includesRevoked: boolean
    readonly includesPending: boolean
  },
): Promise<readonly OwnBadge[]> {
  const at = now().getTime()
  const { userId } = asked
  const [rows, entries] = await Promise.all([
    listOwnAwards(db, { userId }),
    listEntries(db, { userId }),
  ])
  const isShown = (isRevoked: boolean, expiresAt: string | null) =>
    (asked.includesRevoked || !isRevoked) &&
    (asked.includesExpired || expiresAt === null || Date.parse(expiresAt) > at)
  return [
    ...rows
      .filter((row) => isShown(row.status === 'revoked', row.expiresAt))
      .map((row) => ({ kind: 'award' as const, id: row.id, row })),
    ...entries
      .filter((entry) => isShown(entry.verdict === 'revoked', entry.expiresAt))
      .filter((entry) => asked.includesPending || entry.state !== 'waiting')
      .map((entry) => ({ kind: 'entry' as const, id: entry.id, entry })),
  ]
}

async function listBackpack(
  deps: ApiDeps,
  { userId, request }: { readonly userId: string; readonly request: FastifyRequest },
) {
  const asks = (name: string) => isYes(queryTextOf(request, name))
  const badges = await badgesOf(deps, {
    userId,
    includesExpired: asks('include_expired'),
    includesRevoked: asks('include_revoked'),
    includesPending: asks('include_pending'),
  })
  return await Promise.all(badges.map((badge) => toExpanded(deps, badge, request)))
}

async function sendBadge(
  exchange: Exchange,
  deps: ApiDeps,
  {
    userId,
    id,
    status = 200,
  }: { readonly userId: string; readonly id?: string; readonly status?: number },
) {
  const badge = await ownBadge(deps, userId, id ?? paramOf(exchange.request, 'id'))
  return sendResult(exchange, [await toExpanded(deps, badge, exchange.request)], { status })
}

/** `expand=badgeclass` and `expand=issuer` put the things themselves in the place of their ids. */
async function toExpanded(deps: ApiDeps, badge: OwnBadge, request: FastifyRequest) {
  const { db, urls } = deps
  const expand = new Set(queryTextsOf(request, 'expand'))
  const isEntry = badge.kind === 'entry'
  const json = isEntry ? toEntryJson(badge.entry, urls) : toOwnAwardJson(badge.row, urls)
  if (expand.size === 0) return json
  const badgeclass = isEntry ? toEntryClass(badge.entry) : await classOf(deps, badge.row)
  const issuerRow = isEntry ? undefined : await findIssuerRow(db, badge.row.issuerId)
  const issuer = isEntry
    ? toEntryIssuer(badge.entry)
    : issuerRow && toIssuerJson(issuerRow, { urls })
  return {
    ...json,
    ...(expand.has('badgeclass') && isFields(badgeclass) && { badgeclass }),
    ...(expand.has('issuer') && isFields(issuer) && { issuer }),
  }
}

async function classOf({ db, urls }: ApiDeps, { templateId }: AssertionRow) {
  const row = await findClassRow(db, templateId)
  return row && toClassJson(row, urls)
}
