import type { BadgeTemplate, Requirement } from './badge-template.js'
import type { Refusal } from './refusals.js'

/** The faults of a template that show without knowing any event type: ids, groups, counts, windows, order. */
export function structureRefusals(template: BadgeTemplate): Refusal[] {
  const { requirements, penalties } = template
  return [
    ...duplicateIds('requirements', requirements),
    ...duplicateIds('penalties', penalties),
    ...requirements.flatMap((each, index) => requirementRefusals(each, `requirements[${index}]`)),
    ...unknownReferences(template),
    ...afterCycles(requirements),
  ]
}

function duplicateIds(list: string, items: readonly { readonly id: string }[]): Refusal[] {
  return items.flatMap(({ id }, index) =>
    items.findIndex((each) => each.id === id) === index
      ? []
      : [
          {
            code: 'id-duplicate',
            path: `${list}[${index}].id`,
            reason: `The id ${id} is used by an earlier one; choose another.`,
          },
        ],
  )
}

function requirementRefusals({ group, count, window }: Requirement, path: string): Refusal[] {
  const refusals: Refusal[] = []
  if (!/^[A-Z]$/.test(group)) {
    const reason = 'A group is one letter from A to Z.'
    refusals.push({ code: 'group-invalid', path: `${path}.group`, reason })
  }
  if (count !== undefined && !(Number.isSafeInteger(count.atLeast) && count.atLeast >= 1)) {
    const reason = 'Must be a whole number, 1 or more.'
    refusals.push({ code: 'count-invalid', path: `${path}.count.atLeast`, reason })
  }
  if (window?.from !== undefined && window.until !== undefined && window.from >= window.until) {
    const reason = 'The window is empty; let until be later than from.'
    refusals.push({ code: 'window-empty', path: `${path}.window`, reason })
  }
  return refusals
}

function unknownReferences({ requirements, penalties }: BadgeTemplate): Refusal[] {
  const known = new Set(requirements.map(({ id }) => id))
  const references = [
    ...requirements.flatMap(({ after = [] }, index) =>
      after.map((id, place) => ({ id, path: `requirements[${index}].after[${place}]` })),
    ),
    ...penalties.flatMap(({ requirements: resets }, index) =>
      resets.map((id, place) => ({ id, path: `penalties[${index}].requirements[${place}]` })),
    ),
  ]
  return references
    .filter(({ id }) => !known.has(id))
    .map(({ id, path }) => ({
      code: 'requirement-unknown',
      path,
      reason: `This template has no requirement ${id}; it has ${[...known].join(', ') || 'none'}.`,
    }))
}

function afterCycles(requirements: readonly Requirement[]): Refusal[] {
  const afterOf = new Map(requirements.map(({ id, after = [] }) => [id, after]))
  return requirements.flatMap(({ id }, index) =>
    comesAfterItself(id, afterOf)
      ? [
          {
            code: 'after-cycle',
            path: `requirements[${index}].after`,
            reason: `${id} would have to come after itself; take a link out of the circle.`,
          },
        ]
      : [],
  )
}

function comesAfterItself(id: string, afterOf: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set<string>()
  const open = [...(afterOf.get(id) ?? [])]
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    if (each === id) return true
    if (seen.has(each)) continue
    seen.add(each)
    open.push(...(afterOf.get(each) ?? []))
  }
  return false
}
