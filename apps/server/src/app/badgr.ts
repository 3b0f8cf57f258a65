import type { LearnerPart, LearnerParts } from './learner-side.js'

/** What software speaks that was written for Badgr. */
export function createBadgr(_parts: LearnerParts): LearnerPart {
  return {}
}
