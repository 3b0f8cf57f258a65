import type { LearningEvent } from './learning-event.js'
import type { Moment } from './marks.js'

/** The event type that says that a badge was awarded. */
export const BADGE_AWARDED = 'org.openedx.learning.badge.awarded.v1'

/** The event type that says that a badge was revoked. */
export const BADGE_REVOKED = 'org.openedx.learning.badge.revoked.v1'

/** The field of both that names the badge template. */
export const BADGE_TEMPLATE_PATH = 'template.uuid'

/** What a badge event tells; `id` is the event's, `uuid` the award's, `user` as in any other signal. */
export type BadgeEventParts = {
  readonly id: string
  readonly at: Pick<Moment, 'time'>
  readonly uuid: string
  readonly user: unknown
  readonly template: {
    readonly id: string
    readonly name: string
    readonly origin?: string
    readonly description?: string | null
    readonly imageUrl?: string | null
  }
}

/** Our own award as the event on which other badges can build, without any bus. */
export function awardedEvent(parts: BadgeEventParts): LearningEvent {
  return badgeEvent(BADGE_AWARDED, parts)
}

/** Our own revocation as the event by which other badges can be lost. */
export function revokedEvent(parts: BadgeEventParts): LearningEvent {
  return badgeEvent(BADGE_REVOKED, parts)
}

/** Whether events of this type tell of badges. */
export function isBadgeEventType(eventType: string): boolean {
  return eventType === BADGE_AWARDED || eventType === BADGE_REVOKED
}

function badgeEvent(type: string, { id, at, uuid, user, template }: BadgeEventParts) {
  const { origin = 'openedx', name, description = null, imageUrl = null } = template
  return {
    id,
    type,
    time: at.time,
    payload: {
      uuid,
      user,
      template: { uuid: template.id, origin, name, description, image_url: imageUrl },
    },
  }
}
