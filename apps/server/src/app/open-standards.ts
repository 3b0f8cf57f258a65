import type { LearnerPart, LearnerParts } from './learner-side.js'

/** Badge Connect, the Open Badges API and wallets. */
export function createOpenStandards(_parts: LearnerParts): LearnerPart {
  return {}
}
