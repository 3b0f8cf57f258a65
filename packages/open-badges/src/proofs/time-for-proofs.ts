import { OpenBadgesError } from '../errors.js'

/** Milliseconds that one verification may still spend on proofs, counted down in place. */
export type TimeForProofs = { proofMs: number }

/**
 * Checks a proof within the time that is left for all proofs of one verification.
 *
 * Each takes about a millisecond. A stranger can write hundreds into one record that take a few
 * hundred each; what there is no time for is not known to hold, and not known to fail.
 */
export async function spendOnProof<Result>(
  budget: TimeForProofs | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  if (budget === undefined) return await work()
  if (budget.proofMs <= 0) {
    const message =
      'There was no time left to check this proof: those before it took too long. Check it by itself.'
    throw new OpenBadgesError('ERR_OB_PROOF_UNSUPPORTED', message)
  }
  settle(budget, 1)
  try {
    return await work()
  } finally {
    settle(budget, -1)
  }
}

const clocks = new WeakMap<TimeForProofs, { readonly running: number; readonly since: number }>()

// The proofs of several status lists are checked at once: what passes meanwhile counts once.
function settle(budget: TimeForProofs, more: 1 | -1): void {
  const now = performance.now()
  const { running, since } = clocks.get(budget) ?? { running: 0, since: now }
  if (running > 0) budget.proofMs -= now - since
  clocks.set(budget, { running: running + more, since: now })
}
