import type { LearnerPart, LearnerParts } from './learner-side.js'

/** Badges that learners keep, whoever issued them. */
export function createBackpacks(_parts: LearnerParts): LearnerPart {
  return {}
}
