import { createHash } from 'node:crypto'
import { type LearningEvent, parseEventTime } from '@rosette/engine'
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
  readonly template: Pick<TemplateRow, 'id' | 'name' | 'description'>
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
      origin: 'openedx',
      name: template.name,
      description: template.description,
      image_url: imageUrl,
    },
  }
  const type = `org.openedx.learning.badge.${change}.v1`
  const event = {
    id: eventIdOf(awardId, change),
    type,
    time: parseEventTime(time) ?? 0,
    payload: badge,
  }
  return { awardId, learner, event, time, data: { badge } }
}

/** A name-based UUID (RFC 9562, version 5) under the award's own id. */
function eventIdOf(awardId: string, change: string): string {
  const namespace = Buffer.from(awardId.replaceAll('-', ''), 'hex')
  const hash = createHash('sha1').update(namespace).update(change).digest().subarray(0, 16)
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  const hex = hash.toString('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
