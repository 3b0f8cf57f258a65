import type { LearnerPreview, MissingReason, SeenEvent } from '@rosette/contract'
import {
  type BadgeTemplate,
  EVERY,
  formatEventTime,
  instancesOf,
  type LearningEvent,
  type MarkChange,
  type Progress,
  progressOf,
  type Requirement,
} from '@rosette/engine'
import { plainInstance } from '../backfills/backfills.js'
import { indexWithPenalties } from './gather-recent.js'
import { firstFailing, isInWindow, valueAt } from './try-event.js'

type Instances = LearnerPreview['instances']
type RequirementView = Instances[number]['groups'][number]['requirements'][number]

/** One learner's events, and what each of them says to the rules. */
type Story = {
  readonly template: BadgeTemplate
  /** The latest first. */
  readonly events: readonly LearningEvent[]
  readonly changesOf: ReadonlyMap<LearningEvent, readonly MarkChange[]>
  readonly marks: readonly MarkChange[]
}

const mostEvents = 5

/** Why a learner would have a badge by these rules, or what is missing: requirement by requirement. */
export function explain(template: BadgeTemplate, events: readonly LearningEvent[]): Instances {
  const index = indexWithPenalties(template)
  const latestFirst = events.toSorted((a, b) => b.time - a.time)
  const changesOf = new Map(latestFirst.map((event) => [event, index.match(event)]))
  const marks = [...changesOf.values()].flat().filter((c) => c.templateId === template.id)
  const story = { template, events: latestFirst, changesOf, marks }
  const instances = instancesOf(template, marks)
  // Somebody who has not begun is told what is missing all the same.
  return (instances.length === 0 ? [EVERY] : instances).map((each) => instanceOf(story, each))
}

function instanceOf(story: Story, instance: string): Instances[number] {
  const { template, marks } = story
  const progress = progressOf(template, marks, instance)
  const own = { ...story, events: story.events.filter((event) => concerns(event, story, instance)) }
  return {
    instance: plainInstance(instance),
    complete: progress.complete,
    completeAt: progress.since === null ? null : formatEventTime(progress.since.time),
    ratio: progress.ratio,
    groups: Object.entries(progress.groups).map(([group, fulfilled]) => ({
      group,
      fulfilled,
      requirements: template.requirements
        .filter((requirement) => requirement.group === group)
        .map((requirement) => requirementOf(own, requirement, progress)),
    })),
  }
}

function concerns(event: LearningEvent, { template }: Story, instance: string): boolean {
  if (template.repeat === null || instance === EVERY) return true
  const value = valueAt(event.payload, template.repeat.by)
  // A penalty without the value speaks about all instances.
  return value === undefined || value === null || `=${String(value)}` === instance
}

function requirementOf(
  story: Story,
  requirement: Requirement,
  progress: Progress,
): RequirementView {
  const fulfilled = progress.fulfillments.find((f) => f.requirementId === requirement.id)
  const byId = new Map(story.events.map((event) => [event.id, event]))
  const needed = requirement.count?.atLeast ?? 1
  return {
    id: requirement.id,
    fulfilled: fulfilled !== undefined,
    since: fulfilled === undefined ? null : formatEventTime(fulfilled.since.time),
    held: fulfilled === undefined ? heldBy(story, requirement, progress) : needed,
    needed,
    events: (fulfilled?.eventIds ?? []).flatMap((id) => {
      const event = byId.get(id)
      return event === undefined ? [] : [seen(story, requirement, event)]
    }),
    missing: fulfilled === undefined ? missingIn(story, requirement, progress) : [],
    nearMisses: nearMissesIn(story, requirement),
  }
}

/** The greatest number of distinct values that would have been enough. */
function heldBy({ template, marks }: Story, requirement: Requirement, { instance }: Progress) {
  const { after: _, ...alone } = requirement
  for (let enough = requirement.count?.atLeast ?? 1; enough > 0; enough--) {
    const count = requirement.count && { ...requirement.count, atLeast: enough }
    const only = { ...alone, ...(count === undefined ? {} : { count }) }
    const asked = { ...template, requirements: [only] }
    if (progressOf(asked, marks, instance).complete) return enough
  }
  return 0
}

function missingIn(story: Story, requirement: Requirement, progress: Progress): MissingReason[] {
  const ofType = story.events.filter(({ type }) => type === requirement.eventType)
  if (ofType.length === 0) return [{ reason: 'no-event' }]
  const fitting = ofType.filter((event) => firstFailing(requirement, event) === null)
  if (fitting.length === 0) return [{ reason: 'data-rules', events: ofType.length }]
  const inTime = fitting.filter(({ time }) => isInWindow(requirement, time))
  if (inTime.length === 0) return [outsideWindow(story, requirement, fitting)]
  const valued = inTime.filter((event) =>
    story.changesOf
      .get(event)
      ?.some((change) => change.requirementId === requirement.id && change.mark.firstAt !== null),
  )
  if (valued.length === 0) {
    const keyPath = requirement.count?.distinctBy ?? story.template.repeat?.by ?? ''
    return [{ reason: 'value-missing', keyPath, events: inTime.length }]
  }
  return [
    ...resets(story, requirement, progress),
    ...tooFew(story, requirement, progress),
    ...tooEarly(story, requirement, progress),
  ]
}

function outsideWindow(
  story: Story,
  requirement: Requirement,
  events: readonly LearningEvent[],
): MissingReason {
  const { from, until } = requirement.window ?? {}
  return {
    reason: 'window',
    events: events.slice(0, mostEvents).map((event) => seen(story, requirement, event)),
    from: from === undefined ? null : formatEventTime(from),
    until: until === undefined ? null : formatEventTime(until),
  }
}

function resets(story: Story, requirement: Requirement, { lost }: Progress): MissingReason[] {
  return lost
    .filter(({ requirementId }) => requirementId === requirement.id)
    .map(({ resetAt }) => {
      const event = story.events.find(({ id }) => id === resetAt.eventId)
      const matched = event === undefined ? [] : (story.changesOf.get(event) ?? [])
      const penalty = story.template.penalties.find(
        ({ id, requirements }) =>
          requirements.includes(requirement.id) &&
          matched.some((c) => c.templateId !== story.template.id && c.requirementId === id),
      )
      return {
        reason: 'reset',
        penalty: penalty?.id ?? null,
        event: event === undefined ? null : seen(story, penalty ?? requirement, event),
        at: formatEventTime(resetAt.time),
      }
    })
}

function tooFew(story: Story, requirement: Requirement, progress: Progress): MissingReason[] {
  if (requirement.count === undefined) return []
  const held = heldBy(story, requirement, progress)
  const needed = requirement.count.atLeast
  return held >= needed ? [] : [{ reason: 'count', held, needed }]
}

/** The requirements that it comes after, where they were fulfilled later or not at all. */
function tooEarly(
  { template, marks }: Story,
  { id, after = [] }: Requirement,
  progress: Progress,
): MissingReason[] {
  const alone = template.requirements.map((each) => {
    const { after: _, ...rest } = each
    return each.id === id ? rest : each
  })
  const free = progressOf({ ...template, requirements: alone }, marks, progress.instance)
  const own = free.fulfillments.find((f) => f.requirementId === id)
  if (own === undefined) return []
  return after.flatMap((requirement): MissingReason[] => {
    const before = progress.fulfillments.find((f) => f.requirementId === requirement)
    if (before !== undefined && before.since.time <= own.since.time) return []
    const since = before === undefined ? null : formatEventTime(before.since.time)
    return [{ reason: 'after', requirement, since }]
  })
}

/** Those that fit most of the rules first, then the latest. */
function nearMissesIn(story: Story, requirement: Requirement): RequirementView['nearMisses'] {
  return story.events
    .flatMap((event) => {
      if (event.type !== requirement.eventType) return []
      const failing = firstFailing(requirement, event)
      return failing === null ? [] : [{ event, failing }]
    })
    .toSorted((a, b) => b.failing.index - a.failing.index || b.event.time - a.event.time)
    .slice(0, mostEvents)
    .map(({ event, failing: { rule, seen: value } }) => ({
      event: seen(story, requirement, event),
      failed: { ...rule, seen: value ?? null },
    }))
}

/** The event with the fields that the rules look at. */
function seen(
  { template }: Story,
  part: Pick<Requirement, 'dataRules' | 'count'>,
  { id, type, time, payload }: LearningEvent,
): SeenEvent {
  const paths = [
    ...part.dataRules.map(({ keyPath }) => keyPath),
    ...[part.count?.distinctBy, template.repeat?.by].filter((path) => path !== undefined),
  ]
  const fields = [...new Set(paths)].map((keyPath) => ({
    keyPath,
    value: valueAt(payload, keyPath) ?? null,
  }))
  return { id, type, time: formatEventTime(time), fields }
}
