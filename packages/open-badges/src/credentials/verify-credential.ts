import type { Documents } from '../keys/resolve-key.js'
import { checkRecipient, identitiesOf } from '../report/check-recipient.js'
import type { BadgeSummary, Check, EndorsementReport } from '../report/report.js'
import type { RunOptions } from './budget.js'
import { checkEndorsements } from './check-endorsements.js'
import { checkStatement } from './check-statement.js'
import { faultsOf } from './credential-schema.js'
import { refreshCredential } from './refresh-credential.js'
import type { Secured } from './secured.js'
import { objectOf, summaryOf } from './summary.js'

/** What the checks of a credential amount to in a report. */
export type Found = {
  readonly checks: readonly Check[]
  readonly badge: BadgeSummary
  readonly endorsements?: readonly EndorsementReport[]
}

/**
 * All checks of an Open Badges 3.0 credential, whatever its way of proving.
 *
 * When its issuer has a newer form of it, that form is the badge (Open Badges 3.0, 9.1 step 3).
 */
export async function checkSecured(
  secured: Secured,
  options: RunOptions,
  documents: Documents,
): Promise<Found> {
  const given = await checkStatement(secured, options, { faultsOf, documents })
  const { statement, checks } = await refreshCredential(given, options, documents)
  const { credential } = statement
  const subject = objectOf(credential['credentialSubject'])
  const endorsed = await checkEndorsements(statement, options, documents)
  return {
    ...endorsed,
    checks: [
      ...statement.checks,
      ...checks,
      checkRecipient(identitiesOf(subject), options.recipient),
      ...endorsed.checks,
    ],
    badge: summaryOf(credential),
  }
}
