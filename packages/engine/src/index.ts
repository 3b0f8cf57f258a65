export { type AwardChange, type AwardState, decideAward } from './awards.js'
export {
  awardedEvent,
  BADGE_AWARDED,
  BADGE_REVOKED,
  BADGE_TEMPLATE_PATH,
  type BadgeEventParts,
  revokedEvent,
} from './badge-events.js'
export {
  type BadgeTemplate,
  type Count,
  type DataRule,
  OPERATORS,
  type Operator,
  type Penalty,
  type Requirement,
  type Window,
} from './badge-template.js'
export { findCycles } from './cycles.js'
export { type EventTime, formatEventTime, parseEventTime } from './event-time.js'
export { formatTemplate, type TemplateFile } from './format-template.js'
export type { FieldType, FieldTypes, LearningEvent } from './learning-event.js'
export {
  compareMoments,
  EVERY,
  emptyMark,
  type Mark,
  type MarkChange,
  type Moment,
  mergeMarks,
  type StoredMark,
} from './marks.js'
export { matchNaively } from './match-naively.js'
export { parseTemplate, parseTemplates } from './parse-template.js'
export { type Fulfillment, type Lost, type Progress, progressOf } from './progress.js'
export { type Refusal, type RefusalCode, TemplateInvalid } from './refusals.js'
export { instancesOf } from './requirement-marks.js'
export { createRuleIndex, type RuleIndex } from './rule-index.js'
export { operatorsFor } from './rule-value.js'
export {
  createTrial,
  type LearnerResult,
  type TemplateResult,
  type Trial,
  type TrialChange,
} from './trial.js'
export { validateActivation } from './validate-activation.js'
export { type Catalogue, validateTemplate } from './validate-template.js'
