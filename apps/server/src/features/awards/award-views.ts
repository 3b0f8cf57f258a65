import type { Award, AwardDetail, LoggedEvent } from '@rosette/contract'
import type { Db } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import type { CauseJson } from '../../db/schema.js'
import { AppError } from '../../http/app-error.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { eventsOf } from '../events/events.js'
import { createAwardLists } from './award-list-views.js'
import type { AwardRow } from './award-repository.js'
import { joined, toView } from './award-rows.js'

type Deps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly now: () => Date
  /** What became of an award, at each target. */
  readonly issuancesOf: (awardId: string) => Promise<AwardDetail['issuances']>
}

/** Awards for screens, with the names of those concerned. */
export function createAwardViews({ db, urls, now, issuancesOf }: Deps) {
  async function ofLearner(learnerId: number, reach: Reach): Promise<Award[]> {
    const query = joined(db)
      .where('learner_id', '=', learnerId)
      .where(within(reach, 'badge_template.organization_id'))
      .orderBy('award.number', 'desc')
    return (await query.execute()).map((row) => toView(row, now()))
  }

  async function get(id: string): Promise<AwardDetail> {
    const row = await joined(db).where('award.id', '=', id).executeTakeFirst()
    if (row === undefined) throw new AppError('award-not-found', `There is no award ${id}.`)
    const [requirements, events, issuances] = await Promise.all([
      requirementsOf(db, row.template_id),
      eventsBehind(db, row),
      issuancesOf(id),
    ])
    const known = { requirements, events }
    return {
      ...toView(row, now()),
      publicUrl: urls.assertion(id),
      why: { by: row.cause.by ?? null, fulfillments: fulfillmentsOf(row.cause, known) },
      revocation:
        row.revocation_cause === null
          ? null
          : { by: row.revocation_cause.by ?? null, lost: lostOf(row.revocation_cause, known) },
      issuances,
    }
  }

  return { ofLearner, get, ...createAwardLists({ db, now }) }
}

export type AwardViews = ReturnType<typeof createAwardViews>

type Known = {
  readonly requirements: ReadonlyMap<string, { event_type: string; description: string | null }>
  readonly events: ReadonlyMap<string, LoggedEvent>
}

function fulfillmentsOf(cause: CauseJson, { requirements, events }: Known) {
  return (cause.fulfillments ?? []).map((f) => ({
    requirement: f.requirement,
    group: f.group,
    description: requirements.get(f.requirement)?.description ?? null,
    eventType: requirements.get(f.requirement)?.event_type ?? null,
    since: f.since,
    events: f.events.flatMap((id) => events.get(id) ?? []),
  }))
}

function lostOf(cause: CauseJson, { requirements, events }: Known) {
  return (cause.lost ?? []).map((lost) => ({
    requirement: lost.requirement,
    description: requirements.get(lost.requirement)?.description ?? null,
    events: [events.get(lost.event) ?? []].flat(),
  }))
}

async function requirementsOf(db: Db, templateId: string) {
  const rows = await db
    .selectFrom('requirement')
    .select(['ref', 'event_type', 'description'])
    .where('template_id', '=', templateId)
    .execute()
  return new Map(rows.map((row) => [row.ref, row]))
}

async function eventsBehind(db: Db, row: AwardRow): Promise<ReadonlyMap<string, LoggedEvent>> {
  const ids = [row.cause, row.revocation_cause].flatMap((cause) => [
    ...(cause?.fulfillments ?? []).flatMap((f) => f.events),
    ...(cause?.lost ?? []).map((lost) => lost.event),
  ])
  const events = await eventsOf(db, { learnerId: row.learner_id, ids })
  return new Map(events.map((event) => [event.id, event]))
}
