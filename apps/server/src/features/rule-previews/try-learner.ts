import type { LearnerPreview } from '@rosette/contract'
import { BADGE_AWARDED, BADGE_REVOKED, type BadgeTemplate } from '@rosette/engine'
import type { Db } from '../../db/database.js'
import { latestAwards } from '../awards/awards.js'
import {
  eventsOfAwards,
  extentOfLog,
  plainInstance,
  toLearningEvent,
} from '../backfills/backfills.js'
import { learnerOr404 } from '../learners/learners.js'
import { explain } from './explain.js'
import { eventsOfLearner } from './recent-repository.js'

const mostEvents = 20_000

type Wanted = {
  readonly learnerId: string
  readonly templateId: string | undefined
  readonly imageUrlOf: (templateId: string) => string
}

/** Why this learner would have the badge by these rules, or what is missing. */
export async function tryLearner(
  db: Db,
  template: BadgeTemplate,
  { learnerId, templateId, imageUrlOf }: Wanted,
): Promise<LearnerPreview> {
  const row = await learnerOr404(db, learnerId)
  const types = [...template.requirements, ...template.penalties].map((part) => part.eventType)
  const rows =
    row.lms_user_id === null
      ? []
      : await eventsOfLearner(db, row.lms_user_id, { types, most: mostEvents + 1 })
  const logged = rows.slice(0, mostEvents).flatMap((one) => toLearningEvent(one) ?? [])
  const learner = {
    id: row.id,
    lmsUserId: row.lms_user_id,
    username: row.username,
    name: row.name,
    email: row.email,
    isActive: row.is_active,
  }
  const seesAwards = types.some((type) => type === BADGE_AWARDED || type === BADGE_REVOKED)
  const own = seesAwards ? await eventsOfAwards(db, [learner], imageUrlOf) : []
  const known = new Set(logged.map(({ id }) => id))
  const events = [...logged, ...own.flatMap(({ event }) => (known.has(event.id) ? [] : [event]))]
  return {
    learner: {
      id: row.public_id,
      lmsUserId: row.lms_user_id,
      username: row.username,
      name: row.name,
    },
    eventsRead: events.length,
    isComplete: rows.length <= mostEvents,
    logBeginsAt: (await extentOfLog(db)).beginsAt,
    award: templateId === undefined ? null : await latestAward(db, row.id, templateId),
    instances: explain(template, events),
  }
}

async function latestAward(
  db: Db,
  learnerId: number,
  templateId: string,
): Promise<LearnerPreview['award']> {
  const awards = await latestAwards(db, [{ learnerId, templateId }])
  const [award] = awards.toSorted((a, b) => b.number - a.number)
  if (award === undefined) return null
  return {
    id: award.id,
    instance: plainInstance(award.instance),
    status: award.status,
    source: award.source,
    awardedAt: award.awarded_at,
    revokedAt: award.revoked_at,
    revokedBy: award.revoked_by,
  }
}
