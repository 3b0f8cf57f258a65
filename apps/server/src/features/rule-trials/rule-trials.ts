export { parseTrialTemplates } from './trial-templates.js'
export { type TrialReport, tryRules } from './try-rules.js'
