import type { FastifyReply, FastifyRequest } from 'fastify'
import type { HttpServer } from '../../http/http-server.js'
import { parsePublicId, toPublicId } from '../../http/public-id.js'
import {
  demandScope,
  type Fields,
  fieldsOf,
  notThere,
  paramOf,
  personOf,
} from '../badgr-auth/badgr-auth.js'
import type { ApiDeps } from './api-deps.js'
import { sendResult } from './envelope.js'
import { isTrue } from './read-assertion.js'
import { openReading } from './reading.js'

type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply }

export function collectionRoutes(scope: HttpServer, deps: ApiDeps): void {
  const { callers, collections } = deps

  async function ownerOf(request: FastifyRequest, ...more: readonly string[]) {
    const caller = await callers.callerOf(request)
    demandScope(caller, 'rw:backpack', ...more)
    return { id: personOf(caller), email: caller.actor.name }
  }

  scope.get('/backpack/collections', async (request, reply) => {
    const owner = await ownerOf(request, 'r:backpack')
    const all = await collections.list(owner.id)
    const result = await Promise.all(all.map(({ id }) => collectionJson(deps, owner.id, id)))
    return sendResult({ request, reply }, result)
  })

  scope.post('/backpack/collections', async (request, reply) => {
    const owner = await ownerOf(request)
    const { isPublished, ...given } = readCollection(fieldsOf(request))
    const { id } = await collections.create(owner, given)
    if (isPublished === true) await collections.update(owner, id, { isPublished })
    return await send({ request, reply }, owner.id, { id, status: 201 })
  })

  scope.get('/backpack/collections/:id', async (request, reply) => {
    const owner = await ownerOf(request, 'r:backpack')
    return await send({ request, reply }, owner.id, { id: idIn(request) })
  })

  scope.put('/backpack/collections/:id', async (request, reply) => {
    const owner = await ownerOf(request)
    const id = idIn(request)
    await collections.update(owner, id, readCollection(fieldsOf(request)))
    return await send({ request, reply }, owner.id, { id })
  })

  scope.delete('/backpack/collections/:id', async (request, reply) => {
    const owner = await ownerOf(request)
    await collections.remove(owner, idIn(request))
    return reply.code(204).send()
  })

  async function send(
    exchange: Exchange,
    userId: string,
    { id, status = 200 }: { readonly id: string; readonly status?: number },
  ) {
    return sendResult(exchange, [await collectionJson(deps, userId, id)], { status })
  }
}

function idIn(request: FastifyRequest): string {
  const id = parsePublicId(paramOf(request, 'id'))
  if (id === undefined) throw notThere()
  return id
}

export function readCollection(fields: Fields) {
  const reading = openReading(fields)
  const name = reading.needed('name', 128)
  const description = reading.text('description', 255) ?? ''
  const badges = reading.list('assertions')?.map((one) => {
    const badgeId = typeof one === 'string' ? parsePublicId(one) : undefined
    return { badgeId: badgeId ?? reading.fail('assertions', 'Invalid assertion id.') ?? '' }
  })
  reading.done()
  const { published } = fields
  return {
    name,
    description,
    ...(badges !== undefined && { badges }),
    ...(published !== undefined && { isPublished: isTrue(published) }),
  }
}

/** With the two names that Badgr wrote with and without an underscore. */
export async function collectionJson({ collections, urls }: ApiDeps, userId: string, id: string) {
  const found = await collections.get(userId, id)
  const hash = found.publicUrl?.split('/').at(-1) ?? ''
  return {
    entityType: 'BackpackCollection',
    entityId: toPublicId(found.id),
    name: found.name,
    description: found.description,
    owner: toPublicId(userId),
    share_url: hash === '' ? null : `${urls.base}/public/collections/${hash}`,
    shareHash: hash,
    published: hash !== '',
    assertions: found.badges.map(({ badge }) => toPublicId(badge.id)),
  }
}
