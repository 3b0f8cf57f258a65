import type { BadgeTemplate, DataRule, Operator, Penalty, Requirement } from './badge-template.js'
import type { FieldType, FieldTypes } from './learning-event.js'
import type { Refusal } from './refusals.js'
import { ruleRefusal } from './rule-value.js'
import { structureRefusals } from './structure.js'

/** What the signal catalogue knows; `keyPathsOf` is only used to name valid paths in a reason. */
export type Catalogue = {
  readonly fieldTypes: FieldTypes
  readonly eventTypes: (eventType: string) => boolean
  readonly keyPathsOf?: (eventType: string) => readonly string[]
  /** Why a text is no key that the field can ever hold, or null. */
  readonly keyFault?: (eventType: string, keyPath: string, text: string) => string | null
}

/** What keeps a template from being stored, also as a draft. */
export function validateTemplate(template: BadgeTemplate, catalogue: Catalogue): Refusal[] {
  return [
    ...structureRefusals(template),
    ...template.requirements.flatMap((requirement, index) => [
      ...partRefusals(requirement, `requirements[${index}]`, catalogue),
      ...distinctRefusals(requirement, `requirements[${index}]`, catalogue),
    ]),
    ...template.penalties.flatMap((penalty, index) =>
      partRefusals(penalty, `penalties[${index}]`, catalogue),
    ),
  ]
}

function partRefusals(
  { eventType, dataRules }: Requirement | Penalty,
  path: string,
  catalogue: Catalogue,
): Refusal[] {
  if (!catalogue.eventTypes(eventType)) {
    const reason = `The event type ${eventType} is not known here; choose one of the catalogue.`
    return [{ code: 'event-type-unknown', path: `${path}.eventType`, reason }]
  }
  return dataRules.flatMap((rule, index) => {
    const place = `${path}.dataRules[${index}]`
    const type = catalogue.fieldTypes(eventType, rule.keyPath)
    const refusal =
      type === undefined
        ? keyPathUnknown(`${place}.keyPath`, { eventType, keyPath: rule.keyPath }, catalogue)
        : (ruleRefusal(rule, type, place) ??
          keyRefusal(eventType, { rule, type, place }, catalogue))
    return refusal === null ? [] : [refusal]
  })
}

type Placed = { readonly rule: DataRule; readonly type: FieldType; readonly place: string }

/** Only whole keys are compared with whole keys; `contains` and `matches` look at parts. */
const wholeKey: readonly Operator[] = ['eq', 'ne', 'in', 'not_in']

function keyRefusal(
  eventType: string,
  { rule, type, place }: Placed,
  { keyFault }: Catalogue,
): Refusal | null {
  if (type !== 'key' || keyFault === undefined || !wholeKey.includes(rule.operator)) return null
  for (const text of [rule.value].flat()) {
    const reason = keyFault(eventType, rule.keyPath, text)
    if (reason !== null) return { code: 'value-unfit', path: `${place}.value`, reason }
  }
  return null
}

function distinctRefusals(
  { eventType, count }: Requirement,
  path: string,
  catalogue: Catalogue,
): Refusal[] {
  const keyPath = count?.distinctBy
  if (keyPath === undefined || !catalogue.eventTypes(eventType)) return []
  const place = `${path}.count.distinctBy`
  const type = catalogue.fieldTypes(eventType, keyPath)
  if (type === undefined) return [keyPathUnknown(place, { eventType, keyPath }, catalogue)]
  if (type !== 'list' && type !== 'map') return []
  const reason = `${keyPath} holds a ${type}; count by a field with a single value.`
  return [{ code: 'key-path-unfit', path: place, reason }]
}

function keyPathUnknown(
  path: string,
  { eventType, keyPath }: { eventType: string; keyPath: string },
  { keyPathsOf }: Catalogue,
): Refusal {
  const known = keyPathsOf?.(eventType) ?? []
  const remedy = known.length === 0 ? 'choose one of its key paths' : `choose ${known.join(', ')}`
  return {
    code: 'key-path-unknown',
    path,
    reason: `${eventType} has no field ${keyPath}; ${remedy}.`,
  }
}
