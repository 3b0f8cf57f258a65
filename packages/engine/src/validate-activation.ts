import type { BadgeTemplate } from './badge-template.js'
import { findCycles } from './cycles.js'
import type { Refusal } from './refusals.js'
import { type Catalogue, validateTemplate } from './validate-template.js'

/** What keeps a template from becoming active beside the `others` that are. */
export function validateActivation(
  template: BadgeTemplate,
  { others, ...catalogue }: Catalogue & { readonly others: readonly BadgeTemplate[] },
): Refusal[] {
  return [
    ...validateTemplate(template, catalogue),
    ...requirementsMissing(template),
    ...penaltyRefusals(template),
    ...repeatRefusals(template, catalogue),
    ...cycleRefusals(template, others),
  ]
}

function requirementsMissing({ requirements }: BadgeTemplate): Refusal[] {
  if (requirements.length > 0) return []
  const reason = 'A badge that nothing earns cannot be active; add a requirement.'
  return [{ code: 'no-requirements', path: 'requirements', reason }]
}

function penaltyRefusals({ penalties }: BadgeTemplate): Refusal[] {
  return penalties.flatMap(({ dataRules, requirements }, index): Refusal[] => {
    const path = `penalties[${index}]`
    if (dataRules.length === 0) {
      const reason = 'Every event of its type would take the badge away; add a data rule.'
      return [{ code: 'penalty-without-rules', path: `${path}.dataRules`, reason }]
    }
    if (requirements.length > 0) return []
    const reason = 'This penalty takes nothing away; name the requirements that it resets.'
    return [{ code: 'penalty-without-requirements', path: `${path}.requirements`, reason }]
  })
}

function repeatRefusals(
  { repeat, requirements }: BadgeTemplate,
  { fieldTypes, eventTypes }: Catalogue,
): Refusal[] {
  if (repeat === null) return []
  return requirements.flatMap(({ eventType }, index): Refusal[] => {
    if (!eventTypes(eventType)) return []
    const type = fieldTypes(eventType, repeat.by)
    if (type !== undefined && type !== 'list' && type !== 'map') return []
    const reason = `${eventType} carries no single value at ${repeat.by}, by which the badge is repeated; use another event type or repeat by another field.`
    return [{ code: 'repeat-path-missing', path: `requirements[${index}].eventType`, reason }]
  })
}

/** The other templates have been checked before, so only circles through this one are new. */
function cycleRefusals(template: BadgeTemplate, others: readonly BadgeTemplate[]): Refusal[] {
  const all = [template, ...others.filter(({ id }) => id !== template.id)]
  return findCycles(all)
    .filter((cycle) => cycle.includes(template.id))
    .map((cycle) => ({
      code: 'badge-cycle',
      path: 'requirements',
      reason:
        cycle.length === 2
          ? `Its own badge would count for it; add a data rule template.uuid eq, in or ne that leaves out ${template.id}.`
          : `These badges would wait for each other: ${cycle.join(' -> ')}; take one link out.`,
    }))
}
