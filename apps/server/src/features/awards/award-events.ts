import { type LearningEvent, parseEventTime } from '@rosette/engine'
import { uuidV5 } from '@rosette/openedx-events'
import type { StoredLearner } from '../learners/learners.js'
import type { TemplateRow } from '../templates/templates.js'

/** An award that was granted or revoked, as the signal that tells of it. */
export type AwardEvent = {
  readonly awardId: string
  readonly learner: StoredLearner
  readonly event: LearningEvent
  readonly time: string
  readonly data: { readonly badge: Readonly<Record<string, unknown>> }
}

type Told = {
  readonly change: 'awarded' | 'revoked'
  readonly awardId: string
  readonly learner: StoredLearner
  readonly template: Pick<TemplateRow, 'id' | 'name' | 'description' | 'origin'>
  readonly imageUrl: string
  readonly time: string
}

/**
 * The signal of an award, the same however often it is made: its id follows from the award's, so
 * that it can come back over a bus and change nothing.
 */
export function toAwardEvent({
  change,
  awardId,
  learner,
  template,
  imageUrl,
  time,
}: Told): AwardEvent {
  const badge = {
    uuid: awardId,
    user: {
      id: learner.lmsUserId,
      is_active: learner.isActive,
      pii: { username: learner.username, email: learner.email, name: learner.name },
    },
    template: {
      uuid: template.id,
      origin: template.origin,
      name: template.name,
      description: template.description,
      image_url: imageUrl,
    },
  }
  const type = `org.openedx.learning.badge.${change}.v1`
  const event = {
    id: uuidV5(awardId, change),
    type,
    time: parseEventTime(time) ?? 0,
    payload: badge,
  }
  return { awardId, learner, event, time, data: { badge } }
}
