export {
  carryOutAndReact,
  mergedMarks,
  mergeMatches,
  type RuleRun,
} from './apply-rules.js'
export type { LearnerMark } from './mark-repository.js'
export {
  createProgressConsumer,
  type ProgressConsumer,
} from './progress-consumer.js'
export { createProgressViews, type ProgressViews } from './progress-views.js'
export {
  type Judged,
  judge,
  type KnownAward,
  type Matched,
  type Standing,
  standingOf,
  type Touched,
} from './settle.js'
