import type { BadgeTemplate, Penalty, Requirement, Window } from './badge-template.js'
import { type CompiledRule, compileRule, satisfies } from './data-rules.js'
import type { EventTime } from './event-time.js'
import { canonicalText, valueAt } from './field-values.js'
import type { FieldType, FieldTypes, LearningEvent } from './learning-event.js'
import { EVERY, type Mark, type MarkChange } from './marks.js'

/** The marks that one event can set, made once per event and shared by all its changes. */
export type EventMarks = { readonly fulfilled: Mark; readonly reset: Mark }

/** A requirement or penalty made ready: when `rules` and `window` fit, `changes` says what it sets. */
export type RuleSet = {
  readonly eventType: string
  readonly rules: readonly CompiledRule[]
  readonly window: Window | undefined
  readonly changes: (event: LearningEvent, marks: EventMarks) => readonly MarkChange[]
}

type Field = { readonly path: readonly string[]; readonly type: FieldType }
type Address = { readonly instance: string; readonly key: string }

const none: readonly MarkChange[] = Object.freeze([])

/** Prepares every requirement and penalty of a template. */
export function compileTemplate(template: BadgeTemplate, fieldTypes: FieldTypes): RuleSet[] {
  const requirements = template.requirements.map((requirement) =>
    compileRequirement(template, requirement, fieldTypes),
  )
  // A penalty without data rules would take everything away at once; activation refuses it.
  const penalties = template.penalties
    .filter((penalty) => penalty.dataRules.length > 0)
    .map((penalty) => compilePenalty(template, penalty, fieldTypes))
  return [...requirements, ...penalties]
}

/** What one event says about one rule set, looking at each of its rules. */
export function changesOf(ruleSet: RuleSet, event: LearningEvent): readonly MarkChange[] {
  const fits =
    ruleSet.eventType === event.type &&
    inWindow(ruleSet.window, event.time) &&
    ruleSet.rules.every((rule) => satisfies(event.payload, rule))
  return fits ? ruleSet.changes(event, marksOf(event)) : none
}

/** Whether a time lies in the window: `from` included, `until` not. */
export function inWindow(window: Window | undefined, time: EventTime): boolean {
  if (window === undefined) return true
  return time >= (window.from ?? -Infinity) && time < (window.until ?? Infinity)
}

/** The marks of an event that fulfils, and of one that resets. */
export function marksOf({ time, id }: LearningEvent): EventMarks {
  const moment = { time, eventId: id }
  return {
    fulfilled: { firstAt: moment, lastAt: moment, resetAt: null },
    reset: { firstAt: null, lastAt: null, resetAt: moment },
  }
}

function compileRequirement(
  template: BadgeTemplate,
  requirement: Requirement,
  fieldTypes: FieldTypes,
): RuleSet {
  const templateId = template.id
  const requirementId = requirement.id
  const addressOf = requirementAddress(template, requirement, fieldTypes)
  return {
    eventType: requirement.eventType,
    rules: compileRules(requirement, fieldTypes),
    window: requirement.window,
    changes(event, { fulfilled }) {
      const address = addressOf(event)
      if (address === null) return none
      // Members written out: spreading took most of the time of a match.
      const { instance, key } = address
      return [{ templateId, requirementId, instance, key, mark: fulfilled }]
    },
  }
}

function compilePenalty(
  template: BadgeTemplate,
  penalty: Penalty,
  fieldTypes: FieldTypes,
): RuleSet {
  const targets = template.requirements
    .filter(({ id }) => penalty.requirements.includes(id))
    .map((requirement) => ({
      requirementId: requirement.id,
      addressOf: penaltyAddress(template, requirement, {
        eventType: penalty.eventType,
        fieldTypes,
      }),
    }))
  return {
    eventType: penalty.eventType,
    rules: compileRules(penalty, fieldTypes),
    window: undefined,
    changes: (event, { reset }) =>
      targets.map(({ requirementId, addressOf }) => {
        const { instance, key } = addressOf(event)
        return { templateId: template.id, requirementId, instance, key, mark: reset }
      }),
  }
}

function compileRules(
  { eventType, dataRules }: Requirement | Penalty,
  fieldTypes: FieldTypes,
): CompiledRule[] {
  return dataRules.map((rule) => compileRule(rule, fieldTypes(eventType, rule.keyPath)))
}

/** Null when the event lacks the repeat or distinct value: it then says nothing about the requirement. */
function requirementAddress(
  { repeat }: BadgeTemplate,
  { count, eventType }: Requirement,
  fieldTypes: FieldTypes,
): (event: LearningEvent) => Address | null {
  const instanceField = fieldOf(repeat?.by, eventType, fieldTypes)
  const keyField = fieldOf(count?.distinctBy, eventType, fieldTypes)
  const countsEvents = count !== undefined && keyField === null
  return (event) => {
    const instance = instanceField === null ? EVERY : addressPart(event, instanceField)
    if (instance === null) return null
    if (countsEvents) return { instance, key: `=${event.id}` }
    const key = keyField === null ? EVERY : addressPart(event, keyField)
    return key === null ? null : { instance, key }
  }
}

/** A penalty that lacks the repeat or distinct value speaks about all of them. */
function penaltyAddress(
  { repeat }: BadgeTemplate,
  { count }: Requirement,
  { eventType, fieldTypes }: { eventType: string; fieldTypes: FieldTypes },
): (event: LearningEvent) => Address {
  const instanceField = fieldOf(repeat?.by, eventType, fieldTypes)
  const keyField = fieldOf(count?.distinctBy, eventType, fieldTypes)
  return (event) => ({
    instance: (instanceField && addressPart(event, instanceField)) ?? EVERY,
    key: (keyField && addressPart(event, keyField)) ?? EVERY,
  })
}

function fieldOf(
  keyPath: string | undefined,
  eventType: string,
  fieldTypes: FieldTypes,
): Field | null {
  if (keyPath === undefined) return null
  return { path: keyPath.split('.'), type: fieldTypes(eventType, keyPath) ?? 'text' }
}

function addressPart({ payload }: LearningEvent, { path, type }: Field): string | null {
  const text = canonicalText(type, valueAt(payload, path))
  return text === undefined ? null : `=${text}`
}
