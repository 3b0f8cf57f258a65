import { BADGE_TEMPLATE_PATH, isBadgeEventType } from './badge-events.js'
import type { BadgeTemplate, Penalty, Requirement } from './badge-template.js'
import { compileRule } from './data-rules.js'

/**
 * The circles in which badges wait for each other, each as template ids that end where they begin
 * (`['a', 'b', 'a']`). A rule on badge events that names no template reaches every template, its own included.
 */
export function findCycles(templates: readonly BadgeTemplate[]): string[][] {
  const ids = new Set(templates.map(({ id }) => id))
  const reached = new Map(templates.map((each) => [each.id, templatesReached(each, ids)]))
  const closed = new Set<string>()
  return templates.flatMap(({ id }) => {
    if (closed.has(id)) return []
    const cycle = shortestCycle(id, reached)
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

/** Breadth first, so that the reason shown is the shortest way around. */
function shortestCycle(
  start: string,
  reached: ReadonlyMap<string, readonly string[]>,
): string[] | null {
  const seen = new Set<string>()
  const open: string[][] = [[start]]
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    for (const next of reached.get(path.at(-1) ?? start) ?? []) {
      if (next === start) return [...path, start]
      if (seen.has(next)) continue
      seen.add(next)
      open.push([...path, next])
    }
  }
  return null
}
