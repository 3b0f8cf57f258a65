export {
  type ActiveRules,
  type ActiveRulesHolder,
  type ActiveTemplate,
  createActiveRules,
} from './active-rules.js'
export {
  findTemplate,
  findTemplates,
  type StoredTemplate,
  type TemplateRow,
} from './template-repository.js'
