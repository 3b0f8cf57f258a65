import type { SimulatorCore } from './simulator.js'

/** What the simulated server begins with, for those who want to sign in there. */
export const badgrSimulatorAccount = {
  issuerId: 'SimIssuer0000000000001',
  username: 'issuer@example.org',
  password: 'badgr-simulator-password',
  clientId: 'badgr-simulator-client',
  clientSecret: 'badgr-simulator-secret',
  /** Of the kind that is made for one issuer and hardly ends. */
  issuerToken: 'badgr-simulator-issuer-token',
} as const

export const badgeClassCount = 12

/** The id of the nth badge class of the seed, counted from 1. */
export function badgrSimulatorBadgeClassId(n: number): string {
  return `SimBadgeClass${String(n).padStart(9, '0')}`
}

export type Role = 'staff' | 'editor' | 'owner'

type Entity = {
  readonly entityId: string
  readonly createdAt: Date
  /** Grows with every change on the server, so that changes have an order. */
  revision: number
  updatedAt: Date
}

export type SimulatedIssuer = Entity & {
  name: string
  url: string
  email: string
  description: string
  readonly staff: { readonly user: string; readonly role: Role }[]
}

export type BadgeClassFields = {
  readonly name: string
  readonly description: string
  readonly criteriaUrl: string | null
  readonly criteriaNarrative: string | null
  readonly tags: readonly string[]
  readonly expires: { readonly amount: number; readonly duration: string } | null
}

export type SimulatedBadgeClass = Entity & { readonly issuer: string; fields: BadgeClassFields }

export type RecipientFields = {
  readonly identity: string
  readonly type: string
  readonly hashed: boolean
}

export type AssertionFields = {
  readonly recipient: RecipientFields
  readonly issuedOn: Date
  readonly expires: Date | null
  readonly narrative: string | null
  readonly evidence: readonly { readonly url: string | null; readonly narrative: string | null }[]
  readonly extensions: object
}

export type SimulatedAssertion = Entity & {
  readonly badgeclass: string
  readonly issuer: string
  readonly createdBy: string
  readonly salt: string
  fields: AssertionFields
  acceptance: 'Unaccepted' | 'Accepted' | 'Rejected'
  revoked: boolean
  revocationReason: string | null
  /** Whether the server wrote to the recipient. */
  readonly notified: boolean
}

export type Session = {
  readonly username: string
  readonly scopes: readonly string[]
  startedAt: number
  until: number
}

export type BadgrState = {
  revision: number
  readonly users: Map<string, string>
  readonly clients: Map<string, { readonly secret: string; readonly username: string }>
  readonly accessTokens: Map<string, Session>
  readonly refreshTokens: Map<
    string,
    { readonly username: string; readonly scopes: readonly string[] }
  >
  /** Failed logins by user name and address, and when the next may be tried. */
  readonly failures: Map<string, { readonly count: number; readonly until: number }>
  readonly issuers: Map<string, SimulatedIssuer>
  readonly badgeClasses: Map<string, SimulatedBadgeClass>
  readonly assertions: Map<string, SimulatedAssertion>
  readonly refusedRecipients: Set<string>
}

/** What every route of the simulator works on. */
export type World = {
  readonly core: SimulatorCore
  readonly state: BadgrState
  readonly pages: boolean
  origin(): string
}

export function emptyState(): BadgrState {
  return {
    revision: 0,
    users: new Map(),
    clients: new Map(),
    accessTokens: new Map(),
    refreshTokens: new Map(),
    failures: new Map(),
    issuers: new Map(),
    badgeClasses: new Map(),
    assertions: new Map(),
    refusedRecipients: new Set(),
  }
}

/** 22 characters, as the 16 bytes of a UUID take in URL-safe base64. */
function newEntityId({ core }: World): string {
  return Buffer.from(core.newId().replaceAll('-', ''), 'hex').toString('base64url')
}

/** What a new entity has in common with every other. */
export function newEntity(world: World, entityId = newEntityId(world)): Entity {
  const at = world.core.now()
  world.state.revision += 1
  return { entityId, createdAt: at, updatedAt: at, revision: world.state.revision }
}

export function touch({ core, state }: World, entity: Entity): void {
  state.revision += 1
  entity.revision = state.revision
  entity.updatedAt = core.now()
}

export function isExpired({ core }: World, { fields }: SimulatedAssertion): boolean {
  return fields.expires !== null && fields.expires.getTime() <= core.now().getTime()
}

/** Not revoked and not expired. */
export function isLive(world: World, assertion: SimulatedAssertion): boolean {
  return !assertion.revoked && !isExpired(world, assertion)
}
