import {
  createRuleIndex,
  type DataRule,
  type EventTime,
  type LearningEvent,
  type Requirement,
} from '@rosette/engine'
import { fieldTypeOf } from '@rosette/openedx-events'

type Failing = { readonly rule: DataRule; readonly index: number; readonly seen: unknown }

/** The first data rule that the event does not satisfy, and what it has there; null when it fits. */
export function firstFailing(requirement: Requirement, event: LearningEvent): Failing | null {
  for (const [index, matcher] of matchersOf(requirement).entries()) {
    const rule = requirement.dataRules[index]
    if (rule === undefined || matcher.match(event).length > 0) continue
    return { rule, index, seen: valueAt(event.payload, rule.keyPath) }
  }
  return null
}

const remembered = new WeakMap<Requirement, readonly ReturnType<typeof createRuleIndex>[]>()

// Each rule as a badge of its own, so that the engine alone says what satisfies it.
function matchersOf(requirement: Requirement) {
  const known = remembered.get(requirement)
  if (known !== undefined) return known
  const { id, eventType, dataRules } = requirement
  const matchers = dataRules.map((rule) => {
    const requirements = [{ id, group: 'A', eventType, dataRules: [rule] }]
    const about = { id, name: '', reaward: 'allowed', repeat: null } as const
    return createRuleIndex([{ ...about, requirements, penalties: [] }], fieldTypeOf)
  })
  remembered.set(requirement, matchers)
  return matchers
}

export function isInWindow({ window }: Requirement, time: EventTime): boolean {
  return (
    time >= (window?.from ?? Number.NEGATIVE_INFINITY) &&
    time < (window?.until ?? Number.POSITIVE_INFINITY)
  )
}

/** What the payload has at a key path; undefined when it has nothing there. */
export function valueAt(payload: unknown, keyPath: string): unknown {
  return keyPath
    .split('.')
    .reduce<unknown>(
      (here, name) =>
        typeof here === 'object' && here !== null && Object.hasOwn(here, name)
          ? Reflect.get(here, name)
          : undefined,
      payload,
    )
}
