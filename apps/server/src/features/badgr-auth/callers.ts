import { type Permission, permissionsOf } from '@rosette/contract'
import type { FastifyRequest } from 'fastify'
import type { Db } from '../../db/database.js'
import { holds } from '../../http/access.js'
import { type Actor, everyPermission } from '../../http/actor.js'
import { notKnown, notThere } from './badgr-error.js'
import { findPerson, type KnownToken, type Person } from './badgr-token-repository.js'
import type { BadgrTokens } from './badgr-tokens.js'
import { programScopes, publicScopes } from './scopes.js'

/** Who asks, and what the token that was brought is good for. */
export type Caller = {
  readonly actor: Actor
  /** Null for programs that hold one of our own tokens. */
  readonly userId: string | null
  readonly scopes: ReadonlySet<string>
  /** The only issuer that the token reaches. */
  readonly onlyIssuerId: string | null
  readonly token: KnownToken | null
}

type Deps = {
  readonly db: Db
  readonly tokens: BadgrTokens
  /** Who holds one of our own tokens, by its id. */
  readonly holderOfToken: (id: string) => Promise<Actor | null>
}

/** Finds out who asks: by a token of Badgr's OAuth, by one of our own, or by a session. */
export function createCallers({ db, tokens, holderOfToken }: Deps) {
  async function callerOf(request: FastifyRequest): Promise<Caller> {
    const caller = await recognized(request)
    if (caller === undefined) throw notKnown()
    return caller
  }

  async function recognized(request: FastifyRequest): Promise<Caller | undefined> {
    const { actor } = request
    if (actor !== null) return { ...byOurs(actor), onlyIssuerId: null, token: null }
    const text = /^(?:bearer|token)\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
    const token = text === undefined ? undefined : await tokens.find(text)
    if (token === undefined) return undefined
    const { userId, issuerId } = token
    const holder = await holderOf(token)
    const scopes = new Set(token.scope.split(' '))
    return holder && { actor: holder, userId, scopes, onlyIssuerId: issuerId, token }
  }

  async function holderOf({ userId, apiTokenId }: KnownToken): Promise<Actor | undefined> {
    if (apiTokenId !== null) return (await holderOfToken(apiTokenId)) ?? undefined
    const person = userId === null ? undefined : await findPerson(db, userId)
    return person && toActor(person)
  }

  return { callerOf, recognized }
}

export type Callers = ReturnType<typeof createCallers>

function byOurs(actor: Actor) {
  const isPerson = actor.kind === 'user'
  return {
    actor,
    userId: isPerson ? actor.id : null,
    scopes: new Set<string>(isPerson ? publicScopes : programScopes),
  }
}

function toActor({ id, email, isAdministrator, memberships }: Person): Actor {
  return {
    kind: 'user',
    id,
    name: email,
    everywhere: isAdministrator ? everyPermission : new Set(),
    within: new Map(
      memberships.map(({ organizationId, role }) => [organizationId, new Set(permissionsOf[role])]),
    ),
  }
}

/** Any one of the scopes is enough; without one it is as if there were nothing. */
export function demandScope(caller: Caller, ...scopes: readonly string[]): void {
  if (scopes.some((scope) => caller.scopes.has(scope))) return
  throw notThere()
}

/** Who asks, as a person: programs have no backpack and no profile. */
export function personOf(caller: Caller): string {
  if (caller.userId !== null) return caller.userId
  throw notThere()
}

export type OfIssuer = { readonly organizationId: string; readonly issuerId: string }

/** Whether the caller may do this with what an issuer has, by the token as well as by the person. */
export function mayIn(caller: Caller, permission: Permission, of: OfIssuer): boolean {
  const { onlyIssuerId, actor } = caller
  if (onlyIssuerId !== null && onlyIssuerId !== of.issuerId) return false
  return holds(actor, permission, of.organizationId)
}

/** The organizations in which the caller may do this; `everywhere` for administrators. */
export function reachOfCaller({ actor }: Caller, permission: Permission) {
  if (actor.everywhere.has(permission)) return 'everywhere' as const
  return [...actor.within].flatMap(([id, held]) => (held.has(permission) ? [id] : []))
}
