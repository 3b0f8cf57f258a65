import { type Permission, permissions } from '@rosette/contract'
import type { FastifyRequest } from 'fastify'

/** Who is asking: a person in a browser, or a program with a token. */
export type Actor = {
  readonly kind: 'user' | 'token'
  readonly id: string
  /** As the audit log names it: the address of a person, or what a token is called behind `token: `. */
  readonly name: string
  /** When a token ends; nothing that it makes outlives it. */
  readonly until?: string
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
