import type { BadgeTemplate, Requirement } from './badge-template.js'
import { compareMoments, latest, type Moment, type StoredMark } from './marks.js'
import { type RequirementMarks, readMarks } from './requirement-marks.js'

/** One requirement being done, since when, and the ids of the events behind it. */
export type Fulfillment = {
  readonly requirementId: string
  readonly group: string
  readonly since: Moment
  readonly eventIds: readonly string[]
}

/** A requirement that events had spoken for until a penalty took it away. */
export type Lost = { readonly requirementId: string; readonly resetAt: Moment }

/** One learner towards one template; derived from marks, never stored. */
export type Progress = {
  readonly instance: string
  readonly groups: Readonly<Record<string, boolean>>
  /** Fulfilled groups divided by groups, 0 to 1; 0 without groups. */
  readonly ratio: number
  readonly complete: boolean
  /** When complete: the latest over the groups of the earliest `since` in the group. */
  readonly since: Moment | null
  readonly fulfillments: readonly Fulfillment[]
  readonly lost: readonly Lost[]
}

/** Reads progress from one learner's marks; marks of other instances may be among them. */
export function progressOf(
  template: BadgeTemplate,
  marks: Iterable<StoredMark>,
  instance: string,
): Progress {
  const byRequirement = readMarks(template, marks, instance)
  const fulfillments = fulfillmentsOf(template, byRequirement)
  const groups = groupsOf(template, fulfillments)
  const fulfilled = groups.filter(([, since]) => since !== null)
  const complete = groups.length > 0 && fulfilled.length === groups.length
  return {
    instance,
    groups: Object.fromEntries(groups.map(([group, since]) => [group, since !== null])),
    ratio: groups.length === 0 ? 0 : fulfilled.length / groups.length,
    complete,
    since: complete ? fulfilled.map(([, since]) => since).reduce(latest, null) : null,
    fulfillments,
    lost: lostIn(template, fulfillments, byRequirement),
  }
}

function fulfillmentsOf(
  { requirements }: BadgeTemplate,
  marks: ReadonlyMap<string, RequirementMarks>,
): Fulfillment[] {
  const byId = new Map(requirements.map((requirement) => [requirement.id, requirement]))
  const settled = new Map<string, Fulfillment | null>()

  function settle(id: string): Fulfillment | null {
    const known = settled.get(id)
    if (known !== undefined) return known
    // Should the `after` lists go round in a circle, whoever is asked again counts as not fulfilled.
    settled.set(id, null)
    const requirement = byId.get(id)
    const own = requirement === undefined ? null : ownFulfillment(requirement, marks.get(id))
    const result = own !== null && followsAll(requirement?.after ?? [], own.since) ? own : null
    settled.set(id, result)
    return result
  }

  function followsAll(predecessors: readonly string[], since: Moment): boolean {
    return predecessors.every((id) => {
      const predecessor = settle(id)
      return predecessor !== null && predecessor.since.time <= since.time
    })
  }

  return requirements.map(({ id }) => settle(id)).filter((each) => each !== null)
}

/** What the requirement's own marks say, before looking at the requirements that it comes after. */
function ownFulfillment(
  { id, group, count }: Requirement,
  marks: RequirementMarks | undefined,
): Fulfillment | null {
  const needed = count?.atLeast ?? 1
  const moments = (marks?.held ?? []).toSorted(compareMoments).slice(0, needed)
  const since = moments[needed - 1]
  if (since === undefined) return null
  return { requirementId: id, group, since, eventIds: moments.map(({ eventId }) => eventId) }
}

/** The groups in order, each with the earliest `since` of its requirements. */
function groupsOf(
  { requirements }: BadgeTemplate,
  fulfillments: readonly Fulfillment[],
): (readonly [string, Moment | null])[] {
  const names = [...new Set(requirements.map(({ group }) => group))].sort()
  return names.map((name) => {
    const [first = null] = fulfillments
      .filter(({ group }) => group === name)
      .map(({ since }) => since)
      .sort(compareMoments)
    return [name, first]
  })
}

/** A count that would not have been reached anyway is not lost. */
function lostIn(
  { requirements }: BadgeTemplate,
  fulfillments: readonly Fulfillment[],
  marks: ReadonlyMap<string, RequirementMarks>,
): Lost[] {
  const fulfilled = new Set(fulfillments.map(({ requirementId }) => requirementId))
  return requirements.flatMap(({ id, count }) => {
    const { held = [], lost = [] } = marks.get(id) ?? {}
    const resetAt = lost.reduce<Moment | null>(latest, null)
    const missed = fulfilled.has(id) || held.length + lost.length < (count?.atLeast ?? 1)
    return missed || resetAt === null ? [] : [{ requirementId: id, resetAt }]
  })
}
