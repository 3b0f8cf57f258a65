import { z } from 'zod'
import {
  badgeClassCount,
  badgrSimulatorAccount,
  badgrSimulatorBadgeClassId,
  newEntity,
  type World,
} from './badgr-state.js'

const { issuerId, username, password, clientId, clientSecret, issuerToken } = badgrSimulatorAccount

export const badgrSeedSchema = z.strictObject({
  users: z.array(z.strictObject({ username: z.string(), password: z.string() })).default([]),
  issuers: z
    .array(
      z.strictObject({
        entityId: z.string().min(1).optional(),
        name: z.string(),
        staff: z
          .array(z.strictObject({ user: z.string(), role: z.enum(['staff', 'editor', 'owner']) }))
          .default([]),
      }),
    )
    .default([]),
  badgeClasses: z
    .array(
      z.strictObject({
        entityId: z.string().min(1).optional(),
        issuer: z.string().default(issuerId),
        name: z.string(),
        description: z.string().default('A badge of the simulator.'),
        tags: z.array(z.string()).default([]),
        expires: z
          .strictObject({ amount: z.int().min(1), duration: z.string() })
          .nullable()
          .default(null),
      }),
    )
    .default([]),
  /** Addresses that no badge may be given to. */
  refusedRecipients: z.array(z.string()).default([]),
})
export type BadgrSeed = z.input<typeof badgrSeedSchema>

/** Adds to what is there. */
export function addSeed(world: World, input: BadgrSeed) {
  const { state } = world
  const seed = badgrSeedSchema.parse(input)
  for (const user of seed.users) state.users.set(user.username, user.password)
  for (const email of seed.refusedRecipients) state.refusedRecipients.add(email.toLowerCase())
  const issuers = seed.issuers.map(({ entityId, name, staff }) => {
    const entity = newEntity(world, entityId)
    const contact = { url: 'https://issuer.example.org', email: username, description: name }
    const issuer = { ...entity, name, ...contact, staff }
    state.issuers.set(issuer.entityId, issuer)
    return issuer.entityId
  })
  const badgeClasses = seed.badgeClasses.map(({ entityId, issuer, ...given }) => {
    const entity = newEntity(world, entityId)
    const fields = { ...given, criteriaUrl: null, criteriaNarrative: 'Earn it.' }
    state.badgeClasses.set(entity.entityId, { ...entity, issuer, fields })
    return entity.entityId
  })
  return { issuers, badgeClasses }
}

/** One issuer with twelve badge classes, and the three ways to sign in. */
export function addDefaultSeed(world: World): void {
  const { state } = world
  addSeed(world, {
    users: [{ username, password }],
    issuers: [
      { entityId: issuerId, name: 'Simulated Issuer', staff: [{ user: username, role: 'owner' }] },
    ],
    badgeClasses: Array.from({ length: badgeClassCount }, (_, index) => ({
      entityId: badgrSimulatorBadgeClassId(index + 1),
      name: `Simulated Badge ${index + 1}`,
      description: `Badge ${index + 1} of the simulator.`,
      tags: ['simulated', `level-${(index % 3) + 1}`],
    })),
  })
  state.clients.set(clientId, { secret: clientSecret, username })
  const startedAt = world.core.now().getTime()
  const scopes = [`rw:issuer:${issuerId}`]
  state.accessTokens.set(issuerToken, {
    username,
    scopes,
    startedAt,
    until: Number.POSITIVE_INFINITY,
  })
}
