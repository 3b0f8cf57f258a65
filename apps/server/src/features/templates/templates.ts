import { type Aftermath, createActiveRuleChanges } from './change-active-rules.js'
import { createStateChanges } from './change-state.js'
import { createCreation } from './create-templates.js'
import { createDuplication } from './duplicate-template.js'
import { createDetailEditing } from './edit-details.js'
import { createRuleEditing } from './edit-rules.js'
import type { EditingDeps } from './locked-template.js'
import { createRestoring } from './restore-version.js'

export {
  type ActiveRules,
  type ActiveRulesHolder,
  type ActiveTemplate,
  createActiveRules,
  readTemplateRules,
} from './active-rules.js'
export { auditTemplate, templateNotFound } from './locked-template.js'
export { readGivenRules } from './read-rules.js'
export { versionNotFound } from './restore-version.js'
export { createRuleCatalogue, type RuleCatalogue } from './rule-catalogue.js'
export {
  findTemplate,
  findTemplates,
  insertTemplate,
  raiseRuleVersion,
  replaceRules,
  requirementIds,
  type StoredTemplate,
  type TemplateRow,
  updateTemplate,
} from './template-repository.js'
export { createTemplateViews, type TemplateViews } from './template-views.js'

/** What an administrator does with badge templates. */
export function createTemplates(deps: EditingDeps & { readonly aftermath: Aftermath }) {
  return {
    ...createCreation(deps),
    ...createDuplication(deps),
    ...createRestoring(deps),
    ...createDetailEditing(deps),
    ...createStateChanges(deps),
    ...createRuleEditing(deps),
    ...createActiveRuleChanges(deps),
  }
}

export type Templates = ReturnType<typeof createTemplates>
