import {
  type BadgeTemplate,
  type Catalogue,
  parseTemplates,
  type Refusal,
  TemplateInvalid,
  validateActivation,
} from '@rosette/engine'
import { allKeyPathsOf, fieldTypeOf, keyFaultOf, signalOf } from '@rosette/openedx-events'

const catalogue: Required<Catalogue> = {
  fieldTypes: fieldTypeOf,
  keyFault: keyFaultOf,
  eventTypes: (eventType) => signalOf(eventType) !== undefined,
  keyPathsOf: (eventType) => {
    const signal = signalOf(eventType)
    return signal === undefined ? [] : allKeyPathsOf(signal).map(({ path }) => path)
  },
}

/** One template or a list of them that could all be active together; throws with every refusal. */
export function parseTrialTemplates(input: unknown): readonly BadgeTemplate[] {
  const templates = parseTemplates(input)
  const refusals = templates.flatMap((template, index) => {
    const prefix = Array.isArray(input) ? `[${index}].` : ''
    return validateActivation(template, { ...catalogue, others: templates }).map(
      (refusal): Refusal => ({ ...refusal, path: `${prefix}${refusal.path}` }),
    )
  })
  if (refusals.length > 0) throw new TemplateInvalid(refusals)
  return templates
}
