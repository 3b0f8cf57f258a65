import { BADGE_TEMPLATE_PATH, isBadgeEventType } from './badge-events.js'
import type { BadgeTemplate, Penalty, Requirement } from './badge-template.js'
import { compileRule } from './data-rules.js'

type Links = ReadonlyMap<string, readonly string[]>

/**
 * The circles in which badges wait for each other, each as template ids that end where they begin
 * (`['a', 'b', 'a']`). A rule on badge events that names no template reaches every template, its own included.
 */
export function findCycles(templates: readonly BadgeTemplate[]): string[][] {
  const ids = new Set(templates.map(({ id }) => id))
  const links = withoutDeadEnds(
    new Map(templates.map((each) => [each.id, templatesReached(each, ids)])),
  )
  const closed = new Set<string>()
  return [...links.keys()].flatMap((id) => {
    const cycle = closed.has(id) ? null : shortestCycle(id, links)
    for (const each of cycle ?? []) closed.add(each)
    return cycle === null ? [] : [cycle]
  })
}

/** The ids of the templates whose awards or revocations this one's requirements or penalties may match. */
function templatesReached(
  { requirements, penalties }: BadgeTemplate,
  ids: ReadonlySet<string>,
): string[] {
  const reached = [...requirements, ...penalties]
    .filter(({ eventType }) => isBadgeEventType(eventType))
    .flatMap((part) => badgesMatched(part, ids))
  return [...new Set(reached)]
}

/** Only rules on the template's id are asked: anything else may hold for any badge. */
function badgesMatched({ dataRules }: Requirement | Penalty, ids: ReadonlySet<string>): string[] {
  const rules = dataRules
    .filter(({ keyPath }) => keyPath === BADGE_TEMPLATE_PATH)
    .map((rule) => compileRule(rule, 'text'))
  const named = rules.find(({ equals }) => equals !== null)?.equals?.map(String)
  const possible = named?.filter((id) => ids.has(id)) ?? [...ids]
  return possible.filter((id) => rules.every((rule) => rule.test(id)))
}

/** Leaves what can still run into a circle, so that thousands of badges in long chains cost one pass each way. */
function withoutDeadEnds(links: Links): Links {
  const left = new Map([...links].map(([id, next]) => [id, next.length]))
  const before = new Map<string, string[]>([...links.keys()].map((id) => [id, []]))
  for (const [id, next] of links) for (const each of next) before.get(each)?.push(id)
  const ends = [...links.keys()].filter((id) => left.get(id) === 0)
  // Grows while it is walked: whatever leads only to dead ends is one too.
  for (const end of ends) {
    for (const id of before.get(end) ?? []) {
      const rest = (left.get(id) ?? 0) - 1
      left.set(id, rest)
      if (rest === 0) ends.push(id)
    }
  }
  const dead = new Set(ends)
  return new Map([...links].filter(([id]) => !dead.has(id)))
}

/** Breadth first, so that the reason shown is the shortest way around. */
function shortestCycle(start: string, links: Links): string[] | null {
  const cameFrom = new Map<string, string>()
  const open = [start]
  for (const id of open) {
    for (const next of links.get(id) ?? []) {
      if (next === start) return [...wayTo(id, start, cameFrom), start]
      if (cameFrom.has(next) || !links.has(next)) continue
      cameFrom.set(next, id)
      open.push(next)
    }
  }
  return null
}

function wayTo(end: string, start: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const way = [end]
  for (let id = end; id !== start; ) {
    id = cameFrom.get(id) ?? start
    way.unshift(id)
  }
  return way
}
