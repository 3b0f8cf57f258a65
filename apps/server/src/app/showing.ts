import type { LearnerPart, LearnerParts } from './learner-side.js'

/** What learners show of their badges, and to whom. */
export function createShowing(_parts: LearnerParts): LearnerPart {
  return {}
}
