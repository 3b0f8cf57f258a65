import type { LearnerPart, LearnerParts } from './learner-side.js'

/** Accounts of learners: addresses, sign-in by mail, letters about badges. */
export function createLearnerAccounts(_parts: LearnerParts): LearnerPart {
  return {}
}
