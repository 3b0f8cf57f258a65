import type { BadgeTemplate } from './badge-template.js'
import { type CompiledRule, satisfies } from './data-rules.js'
import { type Comparable, comparableOf, valueAt } from './field-values.js'
import type { FieldTypes, LearningEvent } from './learning-event.js'
import type { MarkChange } from './marks.js'
import { compileTemplate, inWindow, marksOf, type RuleSet } from './rule-set.js'

/** The rules of many templates, arranged so that an event meets only those that can fit it. */
export type RuleIndex = {
  /** What the event changes, in no particular order; an address may occur twice, to be merged. */
  match(event: LearningEvent): readonly MarkChange[]
  readonly templates: ReadonlyMap<string, BadgeTemplate>
}

/** A rule set in the index, with the rules that the lookup has not answered yet. */
type Candidate = { readonly ruleSet: RuleSet; readonly open: readonly CompiledRule[] }

/** One level per looked-up field; its values lead on, its candidates have no field left. */
type Level = { readonly next: Map<Comparable, Level>; readonly candidates: Candidate[] }

/** The rule sets of one event type that look at the same fields. */
type Signature = { readonly fields: readonly CompiledRule[]; readonly root: Level }

// Several long `in` lists in one rule set multiply; beyond this they are compared one by one instead.
const maxEntries = 1_000
const none: readonly MarkChange[] = Object.freeze([])
const noCandidates: readonly Candidate[] = Object.freeze([])

/**
 * Arranges the rules of the given templates by event type and then by the values that their `eq` and `in`
 * rules ask for, so that templates which do not fit an event add nothing to its cost.
 */
export function createRuleIndex(
  templates: readonly BadgeTemplate[],
  fieldTypes: FieldTypes,
): RuleIndex {
  const byType = new Map<string, Map<string, Signature>>()
  for (const template of templates) {
    for (const ruleSet of compileTemplate(template, fieldTypes)) insert(byType, ruleSet)
  }
  const signatures = new Map([...byType].map(([type, each]) => [type, [...each.values()]]))
  return {
    match: (event) => matchAll(signatures.get(event.type), event),
    templates: new Map(templates.map((template) => [template.id, template])),
  }
}

function matchAll(
  signatures: readonly Signature[] | undefined,
  event: LearningEvent,
): readonly MarkChange[] {
  if (signatures === undefined) return none
  let changes: MarkChange[] | null = null
  let marks: ReturnType<typeof marksOf> | null = null
  for (const signature of signatures) {
    for (const candidate of candidatesFor(signature, event.payload)) {
      if (!fits(candidate, event)) continue
      marks ??= marksOf(event)
      changes ??= []
      for (const change of candidate.ruleSet.changes(event, marks)) changes.push(change)
    }
  }
  return changes ?? none
}

function candidatesFor({ fields, root }: Signature, payload: unknown): readonly Candidate[] {
  let level = root
  for (const { path, type } of fields) {
    const value = comparableOf(type, valueAt(payload, path))
    const next = value === undefined ? undefined : level.next.get(value)
    if (next === undefined) return noCandidates
    level = next
  }
  return level.candidates
}

function fits({ ruleSet, open }: Candidate, event: LearningEvent): boolean {
  if (!inWindow(ruleSet.window, event.time)) return false
  for (const rule of open) {
    if (!satisfies(event.payload, rule)) return false
  }
  return true
}

function insert(byType: Map<string, Map<string, Signature>>, ruleSet: RuleSet): void {
  const fields = fieldsToLookUp(ruleSet.rules)
  const signatures = byType.get(ruleSet.eventType) ?? new Map<string, Signature>()
  byType.set(ruleSet.eventType, signatures)
  const name = fields.map(({ keyPath }) => keyPath).join('\n')
  const signature = signatures.get(name) ?? { fields, root: emptyLevel() }
  signatures.set(name, signature)

  const candidate = { ruleSet, open: ruleSet.rules.filter((rule) => !fields.includes(rule)) }
  for (const level of levelsFor(signature.root, fields)) level.candidates.push(candidate)
}

/** One rule per field and few enough values; a second rule on a field is compared on the candidates. */
function fieldsToLookUp(rules: readonly CompiledRule[]): CompiledRule[] {
  const byField = new Map<string, CompiledRule>()
  for (const rule of rules) {
    if (rule.equals !== null) byField.set(rule.keyPath, rule)
  }
  let entries = 1
  return [...byField.values()].sort(byKeyPath).filter(({ equals }) => {
    const grown = entries * (equals?.length ?? 1)
    if (grown > maxEntries) return false
    entries = grown
    return true
  })
}

function byKeyPath(a: CompiledRule, b: CompiledRule): number {
  return a.keyPath < b.keyPath ? -1 : 1
}

function levelsFor(root: Level, fields: readonly CompiledRule[]): Level[] {
  return fields.reduce<Level[]>(
    (levels, { equals }) =>
      levels.flatMap((level) => (equals ?? []).map((value) => levelAt(level, value))),
    [root],
  )
}

function levelAt({ next }: Level, value: Comparable): Level {
  const level = next.get(value) ?? emptyLevel()
  next.set(value, level)
  return level
}

function emptyLevel(): Level {
  return { next: new Map(), candidates: [] }
}
