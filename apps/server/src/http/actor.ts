import { type Permission, permissions } from '@rosette/contract'
import type { FastifyRequest } from 'fastify'
import { onPlatform } from './access.js'

/** Who is asking: a person in a browser, or a program with a token. */
export type Actor = {
  readonly kind: 'user' | 'token'
  readonly id: string
  /** As the audit log names it. */
  readonly name: string
  /** What it may do in every organization and beyond them. */
  readonly everywhere: ReadonlySet<Permission>
  /** What it may do besides, by the id of the organization. */
  readonly within: ReadonlyMap<string, ReadonlySet<Permission>>
}

export const everyPermission: ReadonlySet<Permission> = new Set(permissions)

/** Who asks, for the audit log; routes that are not open to everybody always know. */
export function actorOf(request: FastifyRequest): string {
  return request.actor?.name ?? 'unknown'
}

/** @todo Give each route the permission that it needs. */
export const adminOnly = onPlatform('platform:edit')
