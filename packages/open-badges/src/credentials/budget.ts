import type { TimeForProofs } from '../proofs/time-for-proofs.js'
import type { VerifyOptions } from '../report/report.js'

/**
 * How much a stranger's badge may still ask for during one verification.
 *
 * Counted down in place and shared by all badges of a learner record, so that a hundred badges in one
 * record ask for no more than one badge.
 */
export type Budget = TimeForProofs & {
  endorsements: number
  records: number
  refreshes: number
  /** Milliseconds, as nothing else runs while a schema does. Official ones take some 20 of them. */
  schemaMs: number
}

/** What one verification is given, and what it may still ask for. */
export type RunOptions = VerifyOptions & { readonly budget: Budget }

/** What one verification may ask for. */
export function createBudget(): Budget {
  return { endorsements: 20, records: 1, refreshes: 20, schemaMs: 300, proofMs: 2000 }
}
