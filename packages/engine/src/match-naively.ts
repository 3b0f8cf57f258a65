import type { BadgeTemplate } from './badge-template.js'
import type { FieldTypes, LearningEvent } from './learning-event.js'
import type { MarkChange } from './marks.js'
import { changesOf, compileTemplate } from './rule-set.js'

/** What an event changes, found by asking every rule of every template: slow, and the index's yardstick. */
export function matchNaively(
  templates: readonly BadgeTemplate[],
  fieldTypes: FieldTypes,
  event: LearningEvent,
): MarkChange[] {
  return templates
    .flatMap((template) => compileTemplate(template, fieldTypes))
    .flatMap((ruleSet) => changesOf(ruleSet, event))
}
