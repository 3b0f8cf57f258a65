import { present } from '../json/members.js'
import type { Documents } from '../keys/resolve-key.js'
import { checkRecipient, identitiesOf } from '../report/check-recipient.js'
import { skipped } from '../report/checks.js'
import type { BadgeKind } from '../report/report.js'
import type { RunOptions } from './budget.js'
import { checkStatement } from './check-statement.js'
import { faultsOfEndorsement } from './endorsement-schema.js'
import type { Secured } from './secured.js'
import { objectOf, summaryOf, text, words } from './summary.js'
import type { Found } from './verify-credential.js'

/** All checks of an endorsement that was handed in by itself (Open Badges 3.0, EndorsementCredential). */
export async function checkEndorsementCredential(
  secured: Secured,
  options: RunOptions,
  documents: Documents,
): Promise<Found & { readonly kind: BadgeKind }> {
  const { credential } = secured
  const { checks } = await checkStatement(secured, options, {
    faultsOf: faultsOfEndorsement,
    documents,
  })
  const subject = objectOf(credential['credentialSubject'])
  const comment = words(subject['endorsementComment'])
  return {
    kind: 'EndorsementCredential 3.0',
    badge: present({
      ...summaryOf(credential),
      endorsedId: text(subject['id']),
      ...(comment !== undefined && { description: comment }),
    }),
    checks: [
      ...checks,
      checkRecipient(identitiesOf(subject), options.recipient),
      skipped('endorsement', 'What is endorsed was not handed in and was not looked at.'),
    ],
  }
}
