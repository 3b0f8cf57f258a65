import type { FastifyRequest } from 'fastify'
import type { HttpServer } from '../../http/http-server.js'
import { parsePublicId, toPublicId } from '../../http/public-id.js'
import {
  type ApiDeps,
  badgesOf,
  bakedAt,
  collectionJson,
  importInto,
  type OwnBadge,
  ownBadge,
  readCollection,
  shareRoutes,
  toAcceptance,
  toEntryJson,
} from '../badgr-api/badgr-api.js'
import {
  demandScope,
  type Fields,
  fieldsOf,
  isFields,
  notThere,
  paramOf,
  personOf,
  queryTextOf,
} from '../badgr-auth/badgr-auth.js'
import { assertionJson, typed } from './v1-json.js'

/** The backpack, as version 1 had it. */
export function earnerV1Routes(scope: HttpServer, deps: ApiDeps): void {
  const { callers, backpack, urls } = deps

  async function ownerOf(request: FastifyRequest, ...more: readonly string[]) {
    const caller = await callers.callerOf(request)
    demandScope(caller, 'rw:backpack', ...more)
    return { id: personOf(caller), email: caller.actor.name }
  }

  scope.get('/earner/badges', async (request) => {
    const { id: userId } = await ownerOf(request, 'r:backpack')
    const all = { includesExpired: true, includesRevoked: true, includesPending: true }
    const badges = await badgesOf(deps, { userId, ...all })
    return badges.map((badge) => badgeJson(deps, badge, request))
  })

  scope.post('/earner/badges', async (request, reply) => {
    const owner = await ownerOf(request)
    const id = await importInto(deps, owner.id, fieldsOf(request))
    const badge = await ownBadge(deps, owner.id, toPublicId(id))
    return reply.code(201).send(badgeJson(deps, badge, request))
  })

  scope.get('/earner/badges/:id', async (request) => {
    const owner = await ownerOf(request, 'r:backpack')
    return badgeJson(deps, await ownBadge(deps, owner.id, paramOf(request, 'id')), request)
  })

  scope.put('/earner/badges/:id', async (request) => {
    const owner = await ownerOf(request)
    const badge = await ownBadge(deps, owner.id, paramOf(request, 'id'))
    if (fieldsOf(request)['acceptance'] === 'Accepted') await backpack.accept(owner, badge.id)
    return badgeJson(deps, await ownBadge(deps, owner.id, paramOf(request, 'id')), request)
  })

  scope.delete('/earner/badges/:id', async (request, reply) => {
    const owner = await ownerOf(request)
    const badge = await ownBadge(deps, owner.id, paramOf(request, 'id'))
    await (badge.kind === 'award' ? backpack.reject : backpack.remove)(owner, badge.id)
    return reply.code(204).send()
  })

  scope.get('/earner/badges/:id/image', async (request, reply) => {
    const owner = await ownerOf(request, 'r:backpack')
    const badge = await ownBadge(deps, owner.id, paramOf(request, 'id'))
    const image = `${urls.importedBadge(badge.id)}/image`
    return reply.redirect(badge.kind === 'award' ? bakedAt(urls, badge.id) : image, 302)
  })

  collectionV1Routes(scope, deps, ownerOf)
  shareRoutes(scope, deps, {
    badge: '/earner/share/badge/:id',
    collection: '/earner/share/collection/:id',
  })
}

type OwnerOf = (
  request: FastifyRequest,
  ...more: readonly string[]
) => Promise<{ readonly id: string; readonly email: string }>

function collectionV1Routes(scope: HttpServer, deps: ApiDeps, ownerOf: OwnerOf): void {
  const { collections } = deps

  scope.get('/earner/collections', async (request) => {
    const owner = await ownerOf(request, 'r:backpack')
    const all = await collections.list(owner.id)
    return await Promise.all(all.map(({ id }) => collectionV1(deps, owner.id, id)))
  })

  scope.post('/earner/collections', async (request, reply) => {
    const owner = await ownerOf(request)
    const { isPublished, ...given } = readCollection(fromV1(fieldsOf(request)))
    const { id } = await collections.create(owner, given)
    if (isPublished === true) await collections.update(owner, id, { isPublished })
    return reply.code(201).send(await collectionV1(deps, owner.id, id))
  })

  scope.get('/earner/collections/:id', async (request) => {
    const owner = await ownerOf(request, 'r:backpack')
    return await collectionV1(deps, owner.id, idIn(request))
  })

  scope.put('/earner/collections/:id', async (request) => {
    const owner = await ownerOf(request)
    const id = idIn(request)
    await collections.update(owner, id, readCollection(fromV1(fieldsOf(request))))
    return await collectionV1(deps, owner.id, id)
  })

  scope.delete('/earner/collections/:id', async (request, reply) => {
    const owner = await ownerOf(request)
    await collections.remove(owner, idIn(request))
    return reply.code(204).send()
  })

  scope.get('/earner/collections/:id/share', async (request) => {
    const owner = await ownerOf(request, 'r:backpack')
    return await shareV1(deps, owner.id, idIn(request))
  })

  for (const method of ['POST', 'DELETE'] as const) {
    scope.route({
      method,
      url: '/earner/collections/:id/share',
      handler: async (request) => {
        const owner = await ownerOf(request)
        const id = idIn(request)
        await collections.update(owner, id, { isPublished: method === 'POST' })
        return await shareV1(deps, owner.id, id)
      },
    })
  }
}

function idIn(request: FastifyRequest): string {
  const id = parsePublicId(paramOf(request, 'id'))
  if (id === undefined) throw notThere()
  return id
}

/** Badges stand in `badges`, each as an object with an id. */
function fromV1(fields: Fields): Fields {
  const { badges, ...rest } = fields
  if (!Array.isArray(badges)) return rest
  return { ...rest, assertions: badges.map((one: unknown) => (isFields(one) ? one['id'] : one)) }
}

async function collectionV1(deps: ApiDeps, userId: string, id: string) {
  const found = await collectionJson(deps, userId, id)
  return {
    slug: found.entityId,
    name: found.name,
    description: found.description,
    share_hash: found.shareHash,
    share_url: found.share_url ?? '',
    published: found.published,
    badges: found.assertions.map((one) => ({ id: one, description: '' })),
  }
}

async function shareV1(deps: ApiDeps, userId: string, id: string) {
  const { share_url } = await collectionJson(deps, userId, id)
  return { share_url }
}

function badgeJson({ urls }: ApiDeps, badge: OwnBadge, request: FastifyRequest) {
  const isPlain = queryTextOf(request, 'json_format') === 'plain'
  const { json, ...rest } = badge.kind === 'award' ? fromAward(badge, urls) : fromEntry(badge, urls)
  return { id: toPublicId(badge.id), ...rest, json: isPlain ? json : typed(json), extensions: {} }
}

type Urls = ApiDeps['urls']

function fromAward({ row }: Extract<OwnBadge, { kind: 'award' }>, urls: Urls) {
  const image = bakedAt(urls, row.id)
  return {
    recipient_identifier: row.email,
    acceptance: toAcceptance(row.acceptance),
    narrative: row.narrative,
    evidence_items: row.evidence.map(evidenceV1),
    pending: false,
    json: assertionJson(row, urls),
    imagePreview: { type: 'image', id: image },
    issuerImagePreview: { type: 'image', id: `${urls.issuerPage(row.issuerId)}/image` },
    image,
    shareUrl: urls.assertion(row.id),
  }
}

function fromEntry({ entry }: Extract<OwnBadge, { kind: 'entry' }>, urls: Urls) {
  const badge = toEntryJson(entry, urls)
  return {
    recipient_identifier: entry.recipient?.identity ?? '',
    acceptance: badge.acceptance,
    narrative: entry.narrative,
    evidence_items: entry.evidence.map(evidenceV1),
    pending: badge.pending,
    json: { id: badge.openBadgeId, type: 'Assertion', issuedOn: entry.awardedAt, name: entry.name },
    imagePreview: { type: 'image', id: badge.image },
    issuerImagePreview: null,
    image: badge.image,
    shareUrl: urls.importedBadge(entry.id),
  }
}

function evidenceV1({ url, narrative }: { readonly url?: string; readonly narrative?: string }) {
  return { evidence_url: url ?? null, narrative: narrative ?? null }
}
