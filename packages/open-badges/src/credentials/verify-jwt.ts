import type { Documents } from '../keys/resolve-key.js'
import type { BadgeKind } from '../report/report.js'
import type { RunOptions } from './budget.js'
import { isEndorsement } from './endorsement-schema.js'
import { securedByJwt } from './secured.js'
import { checkSecured, type Found } from './verify-credential.js'
import { checkEndorsementCredential } from './verify-endorsement.js'

/** All checks of an Open Badges 3.0 credential that is a JWT (Open Badges 3.0, 8.2.4 and 9.1). */
export async function checkCredentialJwt(
  token: string,
  options: RunOptions,
  documents: Documents,
): Promise<Found & { readonly kind?: BadgeKind }> {
  const secured = securedByJwt(token)
  return isEndorsement(secured.credential)
    ? await checkEndorsementCredential(secured, options, documents)
    : await checkSecured(secured, options, documents)
}
