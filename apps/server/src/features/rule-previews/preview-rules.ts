import type { RulePreview } from '@rosette/contract'
import { type BadgeTemplate, formatEventTime, instancesOf, progressOf } from '@rosette/engine'
import { type Db, inTransaction } from '../../db/database.js'
import { learnersBehind, plainInstance } from '../backfills/backfills.js'
import { type Bounds, gatherRecent, type Recent } from './gather-recent.js'
import { readQuickly } from './recent-repository.js'

const mostExamples = 20

/** Who would have a badge by these rules, by the latest events alone. */
export async function previewRules(
  db: Db,
  template: BadgeTemplate,
  bounds: Bounds,
): Promise<RulePreview> {
  const recent = await inTransaction(db, async (tx) => {
    await readQuickly(tx)
    return await gatherRecent(tx, template, bounds)
  })
  const begun = progressIn(template, recent)
  const { read, matched, from, until, isComplete } = recent
  const count = (holds: (ratio: number) => boolean) =>
    begun.filter(({ progress }) => !progress.complete && holds(progress.ratio)).length
  return {
    events: { read, matched, from, until, isComplete },
    learners: {
      complete: begun.filter(({ progress }) => progress.complete).length,
      halfWay: count((ratio) => ratio >= 0.5),
      started: count((ratio) => ratio > 0 && ratio < 0.5),
    },
    examples: await examplesOf(db, begun),
    perRequirement: template.requirements.map(({ id }) => ({
      id,
      events: recent.byRequirement.get(id) ?? 0,
      learners: holdersOf(id, begun),
    })),
    perPenalty: template.penalties.map(({ id }) => ({ id, events: recent.byPenalty.get(id) ?? 0 })),
  }
}

type Begun = { readonly lmsUserId: number; readonly progress: ReturnType<typeof progressOf> }

function progressIn(template: BadgeTemplate, { marks }: Recent): readonly Begun[] {
  return [...marks].flatMap(([lmsUserId, own]) =>
    instancesOf(template, own)
      .map((instance) => ({ lmsUserId, progress: progressOf(template, own, instance) }))
      .filter(({ progress }) => progress.ratio > 0),
  )
}

function holdersOf(requirementId: string, begun: readonly Begun[]): number {
  const holders = begun.flatMap(({ lmsUserId, progress }) =>
    progress.fulfillments.some((f) => f.requirementId === requirementId) ? [lmsUserId] : [],
  )
  return new Set(holders).size
}

async function examplesOf(db: Db, begun: readonly Begun[]): Promise<RulePreview['examples']> {
  const chosen = begun.toSorted(byNearest).slice(0, mostExamples)
  const who = await learnersBehind(db, chosen.map(toPerson))
  return chosen.map((one) => {
    const { instance, ratio, groups, complete, since } = one.progress
    return {
      learner: who(toPerson(one)),
      instance: plainInstance(instance),
      completeAt: complete && since !== null ? formatEventTime(since.time) : null,
      ratio,
      groups: { ...groups },
    }
  })
}

function toPerson({ lmsUserId }: Begun) {
  return { learner_id: null, lms_user_id: lmsUserId }
}

/** The latest to complete it first, then those who are nearest to it. */
function byNearest(a: Begun, b: Begun): number {
  return (
    b.progress.ratio - a.progress.ratio ||
    (b.progress.since?.time ?? 0) - (a.progress.since?.time ?? 0) ||
    a.lmsUserId - b.lmsUserId
  )
}
