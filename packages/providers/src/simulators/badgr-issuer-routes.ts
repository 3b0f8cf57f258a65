import { z } from 'zod'
import { blocked } from './badgr-class-routes.js'
import { BadgrRefusal, fieldRefusal } from './badgr-envelope.js'
import { changesOf } from './badgr-lists.js'
import { anyIssuer, createRoute, feed, issuerFor, issuersOf, oneIssuer } from './badgr-routes.js'
import { newEntity, type World } from './badgr-state.js'
import type { Views } from './badgr-views.js'

const issuerSchema = z.object({
  name: z.string().min(1).max(1024),
  url: z.url(),
  email: z.email(),
  description: z.string().max(16_384).default(''),
})
const tokensSchema = z.object({ issuers: z.array(z.string()) })

/** About a hundred years. */
const issuerTokenMs = 100 * 365 * 86_400_000

export function addIssuerRoutes(world: World, views: Views): void {
  const { core, state } = world
  const route = createRoute(world)
  const view = views.issuer

  route('GET /v2/issuers', anyIssuer, (ask) => {
    const withStaff = ask.url.searchParams.get('include_staff') !== 'false'
    const result = issuersOf(world, ask).map((issuer) => {
      const { staff, ...rest } = view(issuer)
      return withStaff ? { ...rest, staff } : rest
    })
    return { result }
  })
  route('POST /v2/issuers', anyIssuer, ({ body, caller }) => {
    const parsed = issuerSchema.safeParse(body)
    if (!parsed.success) throw fieldRefusal(z.flattenError(parsed.error).fieldErrors)
    const staff = [{ user: caller.username, role: 'owner' as const }]
    const issuer = { ...newEntity(world), ...parsed.data, staff }
    state.issuers.set(issuer.entityId, issuer)
    return { status: 201, result: [view(issuer)] }
  })
  route('GET /v2/issuers/changed', feed, (ask) =>
    changesOf(world, ask, { items: issuersOf(world, ask), view }),
  )
  route('GET /v2/issuers/:id', oneIssuer, (ask) => ({
    result: [view(issuerFor(world, ask, { id: ask.params['id'] ?? '' }))],
  }))
  route('DELETE /v2/issuers/:id', oneIssuer, (ask) => {
    const { entityId } = issuerFor(world, ask, { id: ask.params['id'] ?? '', role: 'owner' })
    const given = [...state.assertions.values()].filter(({ issuer }) => issuer === entityId)
    if (given.some(({ revoked }) => !revoked)) {
      throw blocked('Issuer can not be deleted because it has previously issued badges.')
    }
    state.issuers.delete(entityId)
    return { status: 204 }
  })
  route('POST /v2/tokens/issuers', anyIssuer, (ask) => {
    const parsed = tokensSchema.safeParse(ask.body)
    if (!parsed.success) throw fieldRefusal({ issuers: 'field is required' })
    const ours = new Set(issuersOf(world, ask).map(({ entityId }) => entityId))
    if (parsed.data.issuers.some((id) => !ours.has(id))) {
      throw new BadgrRefusal(400, {
        description: 'bad request',
        validationErrors: ['unknown issuer'],
      })
    }
    const startedAt = core.now().getTime()
    const until = startedAt + issuerTokenMs
    const result = parsed.data.issuers.map((issuer) => {
      const token = core.newId().replaceAll('-', '')
      const { username } = ask.caller
      state.accessTokens.set(token, { username, scopes: [`rw:issuer:${issuer}`], startedAt, until })
      return { token, issuer, expires: new Date(until).toISOString() }
    })
    return { result }
  })
}
