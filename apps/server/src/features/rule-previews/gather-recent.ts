import {
  type BadgeTemplate,
  createRuleIndex,
  type MarkChange,
  mergeMarks,
  parseEventTime,
  type RuleIndex,
} from '@rosette/engine'
import { fieldTypeOf } from '@rosette/openedx-events'
import type { Db } from '../../db/database.js'
import { toLearningEvent } from '../backfills/backfills.js'
import { eventsBetween, type Place, placeBefore, type RecentRow } from './recent-repository.js'

/** How far a preview looks back: whichever comes first. */
export type Bounds = {
  readonly since: string | undefined
  readonly mostEvents: number
  readonly mostMs: number
  /** Events gone through at a time, of any type. */
  readonly step: number
  readonly signal: AbortSignal
}

/** What the latest events say, by learner and by part of the rules. */
export type Recent = {
  readonly read: number
  readonly matched: number
  readonly from: string | null
  readonly until: string | null
  readonly isComplete: boolean
  readonly marks: ReadonlyMap<number, readonly MarkChange[]>
  /** How many events fulfil each requirement and match each penalty, by their ids. */
  readonly byRequirement: ReadonlyMap<string, number>
  readonly byPenalty: ReadonlyMap<string, number>
}

/** Penalties read as requirements: what resets does not say which penalty it was. */
const penaltyRules = 'penalties'

/** Reads the log from its end backwards, as far as the bounds allow. */
export async function gatherRecent(
  db: Db,
  template: BadgeTemplate,
  bounds: Bounds,
): Promise<Recent> {
  const { since, mostEvents, mostMs, step, signal } = bounds
  const types = [
    ...new Set([...template.requirements, ...template.penalties].map((part) => part.eventType)),
  ]
  const gathered = createGathered(template)
  const end = performance.now() + mostMs
  let before: Place | undefined
  let until: string | null = null
  for (;;) {
    const from = await placeBefore(db, { place: before, since, step })
    for (const row of await eventsBetween(db, { before, from }, { types, since })) {
      gathered.add(row)
      if (until === null || later(row.occurred_at, until)) until = row.occurred_at
    }
    const isAtBeginning = from === undefined
    const isEnough = gathered.read() >= mostEvents || performance.now() > end || signal.aborted
    if (isAtBeginning || isEnough) {
      const back = from?.occurred_at ?? since ?? gathered.earliest()
      const isComplete = isAtBeginning && since === undefined
      return { ...gathered.result(), from: back, until, isComplete }
    }
    before = from
  }
}

function later(a: string, b: string): boolean {
  return (parseEventTime(a) ?? 0) > (parseEventTime(b) ?? 0)
}

function createGathered(template: BadgeTemplate) {
  const index = indexWithPenalties(template)
  const marks = new Map<number, Map<string, MarkChange>>()
  const [byRequirement, byPenalty] = [new Map<string, number>(), new Map<string, number>()]
  const counts = { read: 0, matched: 0 }
  let earliest: string | null = null

  function add(row: RecentRow): void {
    const event = toLearningEvent(row)
    if (event === null) return
    counts.read += 1
    if (earliest === null || later(earliest, row.occurred_at)) earliest = row.occurred_at
    const changes = index.match(event)
    if (changes.length === 0) return
    counts.matched += 1
    for (const change of changes) {
      if (change.templateId === penaltyRules) count(byPenalty, change.requirementId)
      else {
        if (change.mark.firstAt !== null) count(byRequirement, change.requirementId)
        merge(marks, row.lms_user_id, change)
      }
    }
  }

  return {
    add,
    read: () => counts.read,
    earliest: () => earliest,
    result: () => ({
      ...counts,
      byRequirement,
      byPenalty,
      marks: new Map([...marks].map(([id, own]) => [id, [...own.values()]])),
    }),
  }
}

export function indexWithPenalties(template: BadgeTemplate): RuleIndex {
  const requirements = template.penalties.map(({ id, eventType, dataRules }) => ({
    ...{ id, group: 'A', eventType, dataRules },
  }))
  const asRules = { ...template, id: penaltyRules, repeat: null, requirements, penalties: [] }
  return createRuleIndex([template, asRules], fieldTypeOf)
}

function count(sums: Map<string, number>, id: string): void {
  sums.set(id, (sums.get(id) ?? 0) + 1)
}

function merge(marks: Map<number, Map<string, MarkChange>>, id: number, change: MarkChange): void {
  const own = marks.get(id) ?? new Map<string, MarkChange>()
  marks.set(id, own)
  const address = `${change.requirementId} ${change.instance}\u0000${change.key}`
  const known = own.get(address)
  const mark = known === undefined ? change.mark : mergeMarks(known.mark, change.mark)
  own.set(address, { ...change, mark })
}
