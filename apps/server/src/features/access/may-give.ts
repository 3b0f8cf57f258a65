import type { Permission } from '@rosette/contract'
import { holds } from '../../http/access.js'
import { type Actor, everyPermission } from '../../http/actor.js'
import { AppError } from '../../http/app-error.js'

/** Nobody gives, or takes from others, what they do not hold; null stands for everything. */
export function assertMayGive(
  actor: Actor,
  permissions: readonly Permission[] | null,
  organizationId: string | null,
): void {
  const missing = [...(permissions ?? everyPermission)].filter(
    (permission) => !holds(actor, permission, organizationId),
  )
  if (missing.length === 0) return
  const remedy = 'Ask somebody who may do it.'
  const message = `You cannot give or take what you may not do yourself: ${missing.join(', ')}. ${remedy}`
  throw new AppError('forbidden', message)
}

/** Who asks; routes that are not open to everybody always know. */
export function knownActor(actor: Actor | null): Actor {
  if (actor !== null) return actor
  throw new AppError('not-signed-in', 'This needs to know who asks. Sign in.')
}
