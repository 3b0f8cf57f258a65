import { passed, warning } from './checks.js'
import type { Check, EndorsementReport } from './report.js'

/** Endorsements with their reports, and one check that sums them up; neither when there are none. */
export type Endorsed = {
  readonly checks: readonly Check[]
  readonly endorsements?: readonly EndorsementReport[]
}

/** Puts the reports of endorsements together; `total` is how many there were to read. */
export function sumUpEndorsements(
  endorsements: readonly EndorsementReport[],
  total: number,
): Endorsed {
  return { checks: [toCheck(endorsements, total)], endorsements }
}

function toCheck(endorsements: readonly EndorsementReport[], total: number): Check {
  const holding = endorsements.filter(({ verdict }) => verdict === 'valid').length
  const detail = { holding, total }
  if (holding === total) return passed('endorsement', 'Every endorsement holds.', { detail })
  const unread = total > endorsements.length ? `, and only ${endorsements.length} were read` : ''
  const message = `Of the endorsements ${holding} of ${total} hold${unread}; the badge does not depend on them.`
  return warning('endorsement', message, { detail })
}
