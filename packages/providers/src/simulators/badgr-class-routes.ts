import { z } from 'zod'
import { BadgrRefusal, fieldRefusal } from './badgr-envelope.js'
import { changesOf, listOf } from './badgr-lists.js'
import {
  type Ask,
  anyIssuer,
  badgeClassFor,
  createRoute,
  feed,
  issuerFor,
  issuersOf,
  oneIssuer,
} from './badgr-routes.js'
import { type BadgeClassFields, isLive, newEntity, touch, type World } from './badgr-state.js'
import type { Views } from './badgr-views.js'

const textSchema = z.string().nullish().catch(null)

const badgeClassSchema = z.object({
  name: z.string().min(1).max(255).optional().catch(undefined),
  description: z.string().min(1).max(16_384).optional().catch(undefined),
  image: z.string().optional().catch(undefined),
  issuer: z.string().optional().catch(undefined),
  criteriaUrl: textSchema,
  criteriaNarrative: textSchema,
  tags: z.array(z.string()).nullish().catch(null),
  expires: z
    .object({
      amount: z.coerce.number().int().min(1),
      duration: z.enum(['days', 'weeks', 'months', 'years']),
    })
    .nullish()
    .catch(null),
})

export function addClassRoutes(world: World, views: Views): void {
  const { state } = world
  const route = createRoute(world)
  const view = views.badgeClass
  const all = () => [...state.badgeClasses.values()]
  const ours = (ask: Ask) => {
    const issuers = new Set(issuersOf(world, ask).map(({ entityId }) => entityId))
    return all().filter(({ issuer }) => issuers.has(issuer))
  }

  route('GET /v2/issuers/:id/badgeclasses', oneIssuer, (ask) => {
    const { entityId } = issuerFor(world, ask, { id: ask.params['id'] ?? '' })
    const items = all().filter(({ issuer }) => issuer === entityId)
    return listOf(world, ask, { items, view })
  })
  route('POST /v2/issuers/:id/badgeclasses', oneIssuer, (ask) => {
    const id = ask.params['id'] ?? ''
    issuerFor(world, ask, { id, role: 'editor' })
    return { status: 201, result: [view(create(world, ask, id))] }
  })
  route('GET /v2/badgeclasses', anyIssuer, (ask) => listOf(world, ask, { items: ours(ask), view }))
  route('POST /v2/badgeclasses', anyIssuer, (ask) => {
    const id = badgeClassSchema.safeParse(ask.body).data?.issuer
    if (id === undefined) throw fieldRefusal({ issuer: ['This field is required'] })
    if (!issuersOf(world, ask).some(({ entityId }) => entityId === id)) {
      const message = 'You do not have permission to edit badges on this issuer.'
      throw fieldRefusal({ issuer: [message] })
    }
    return { status: 201, result: [view(create(world, ask, id))] }
  })
  route('GET /v2/badgeclasses/changed', feed, (ask) =>
    changesOf(world, ask, { items: ours(ask), view }),
  )
  route('GET /v2/badgeclasses/:id', oneIssuer, (ask) => ({
    result: [view(badgeClassFor(world, ask))],
  }))
  route('PUT /v2/badgeclasses/:id', oneIssuer, (ask) => {
    const badgeClass = badgeClassFor(world, ask, 'editor')
    badgeClass.fields = readFields(ask, { needsImage: false })
    touch(world, badgeClass)
    return { result: [view(badgeClass)] }
  })
  route('DELETE /v2/badgeclasses/:id', oneIssuer, (ask) => {
    const { entityId } = badgeClassFor(world, ask, 'editor')
    const given = [...state.assertions.values()].filter(({ badgeclass }) => badgeclass === entityId)
    if (given.some((assertion) => isLive(world, assertion))) {
      throw blocked('BadgeClass may only be deleted if all BadgeInstances have been revoked.')
    }
    removeBadgeClass(world, entityId)
    return { status: 204 }
  })
}

/** The class and all that was given of it. */
export function removeBadgeClass({ state }: World, id: string): boolean {
  for (const { entityId, badgeclass } of state.assertions.values()) {
    if (badgeclass === id) state.assertions.delete(entityId)
  }
  return state.badgeClasses.delete(id)
}

export function blocked(description: string): BadgrRefusal {
  return new BadgrRefusal(400, { description, fieldErrors: {}, validationErrors: [] })
}

function create(world: World, ask: Ask, issuer: string) {
  const fields = readFields(ask, { needsImage: true })
  const badgeClass = { ...newEntity(world), issuer, fields }
  world.state.badgeClasses.set(badgeClass.entityId, badgeClass)
  return badgeClass
}

function readFields(
  { body }: Ask,
  { needsImage }: { readonly needsImage: boolean },
): BadgeClassFields {
  const parsed = badgeClassSchema.safeParse(body)
  const { name, description, image, criteriaUrl, criteriaNarrative, tags, expires } =
    parsed.data ?? {}
  const imageWrong = needsImage
    ? !/^data:image\/(png|svg\+xml);base64,/.test(image ?? '')
    : image !== undefined && !/^(data:image\/(png|svg\+xml);base64,|https?:)/.test(image)
  if (name === undefined || description === undefined || imageWrong) {
    throw fieldRefusal({
      ...(name === undefined ? { name: ['This field is required'] } : {}),
      ...(description === undefined ? { description: ['This field is required'] } : {}),
      ...(imageWrong ? { image: ['Valid image file or data URI required.'] } : {}),
    })
  }
  return {
    name,
    description,
    criteriaUrl: criteriaUrl ?? null,
    criteriaNarrative: criteriaNarrative ?? null,
    tags: tags ?? [],
    expires: expires ?? null,
  }
}
