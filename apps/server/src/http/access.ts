import type { Permission } from '@rosette/contract'
import type { FastifyRequest, onRequestHookHandler } from 'fastify'
import type { Reach } from '../db/reach.js'
import type { Actor } from './actor.js'
import { AppError } from './app-error.js'

/** Kinds of things that belong to an organization, and are asked for by an id. */
export type SubjectKind =
  | 'organization'
  | 'invitation'
  | 'token'
  | 'issuer'
  | 'template'
  | 'backfill'
  | 'award'
  | 'award-import'
  | 'issuance'
  | 'provider-account'
  | 'provider-template'
  | 'endorsement'
  | 'notice'
  | 'pathway'

/**
 * What a caller must be allowed, and where:
 * - `open`: everybody, without a word about who they are;
 * - `signed-in`: anybody who is known; the route shows people their own things only;
 * - of `platform`: everywhere, because the thing belongs to no organization;
 * - of `somewhere`: in any organization; the route narrows its answer by `reachOf`;
 * - of a kind of thing: in the organization of the one that is named by `by`, a member of the
 *   parameters, the query or the body.
 */
export type Access =
  | 'open'
  | 'signed-in'
  | { readonly permission: Permission; readonly of: 'platform' | 'somewhere' }
  | {
      readonly permission: Permission
      readonly of: SubjectKind
      readonly by: string
      readonly within: 'params' | 'query' | 'body'
    }

type Config = { readonly access: Access }

export const openToAll: Config = { access: 'open' }
export const forSignedIn: Config = { access: 'signed-in' }

/** For what belongs to no organization. */
export function onPlatform(permission: Permission): Config {
  return { access: { permission, of: 'platform' } }
}

/** For lists and for what all organizations share; narrow what is answered by `reachOf`. */
export function somewhere(permission: Permission): Config {
  return { access: { permission, of: 'somewhere' } }
}

/** For one thing, named in the address: `on('template', 'template:edit')` reads `:id`. */
export function on(of: SubjectKind, permission: Permission, by = 'id'): Config {
  return { access: { permission, of, by, within: 'params' } }
}

/** For something new: the body says in which organization, or to what it belongs. */
export function inBody(
  permission: Permission,
  of: SubjectKind = 'organization',
  by = `${of}Id`,
): Config {
  return { access: { permission, of, by, within: 'body' } }
}

/** For what is asked of one organization in the query, which must name it. */
export function inQuery(permission: Permission): Config {
  return { access: { permission, of: 'organization', by: 'organizationId', within: 'query' } }
}

/** Where the caller holds the permission; routes with `somewhere` narrow their answers by it. */
export function reachOf(request: FastifyRequest, permission: Permission): Reach {
  const { actor } = request
  if (actor === null) return []
  if (actor.everywhere.has(permission)) return 'everywhere'
  return [...actor.within].flatMap(([id, held]) => (held.has(permission) ? [id] : []))
}

/** Whether the actor holds the permission in an organization; null stands for the platform. */
export function holds(actor: Actor, permission: Permission, organizationId: string | null) {
  if (actor.everywhere.has(permission)) return true
  return organizationId !== null && (actor.within.get(organizationId)?.has(permission) ?? false)
}

export type OrganizationOf = (kind: SubjectKind, id: string) => Promise<Belonging>
/** The organization of a thing, null where it belongs to the platform; how its absence is told. */
export type Belonging =
  | { readonly isFound: true; readonly organizationId: string | null; readonly absent: AppError }
  | { readonly isFound: false; readonly absent: AppError }

/** Before the body is read: whether the caller is known and may do this anywhere at all. */
export function demandPermission(access: Access): onRequestHookHandler {
  return (request, reply, done) => {
    const refusal = refusalOf(access, request.actor)
    if (refusal?.code === 'not-signed-in') reply.header('www-authenticate', 'Bearer')
    done(refusal)
  }
}

function refusalOf(access: Access, actor: Actor | null): AppError | undefined {
  if (access === 'open') return undefined
  if (actor === null) {
    const remedy = 'Sign in, or send a token as "Authorization: Bearer <token>".'
    return new AppError('not-signed-in', `This needs to know who asks. ${remedy}`)
  }
  if (access === 'signed-in') return undefined
  const { permission, of } = access
  if (actor.everywhere.has(permission)) return undefined
  const isHeld = [...actor.within.values()].some((held) => held.has(permission))
  return of !== 'platform' && isHeld ? undefined : forbidden(permission)
}

/**
 * When parameters and body are read: whether the caller may do this to the thing that is named. To
 * those who may not even see its organization, the answer is that of a thing that does not exist.
 */
export function demandReach(access: Access, organizationOf: OrganizationOf) {
  return async (request: FastifyRequest): Promise<void> => {
    if (typeof access === 'string' || !('by' in access)) return
    const { actor } = request
    const id = namedIn(request[access.within], access.by)
    if (actor === null) return
    // What names no organization belongs to all of them.
    if (id === undefined) {
      if (actor.everywhere.has(access.permission)) return
      throw forbidden(access.permission)
    }
    const found = await organizationOf(access.of, id)
    if (!found.isFound) throw found.absent
    if (holds(actor, access.permission, found.organizationId)) return
    throw holds(actor, 'organization:read', found.organizationId)
      ? forbidden(access.permission)
      : found.absent
  }
}

function namedIn(from: unknown, name: string): string | undefined {
  if (typeof from !== 'object' || from === null) return undefined
  const value: unknown = Reflect.get(from, name)
  return typeof value === 'string' ? value : undefined
}

function forbidden(permission: Permission): AppError {
  const remedy = 'Ask an owner of the organization, or an administrator, for a role that has it.'
  return new AppError('forbidden', `You may not do this: it needs "${permission}". ${remedy}`)
}
