import type { Documents } from '../keys/resolve-key.js'
import type { Jws } from '../proofs/jws.js'
import { kindOf } from '../reading/detect.js'
import type { BadgeKind } from '../report/report.js'
import type { RunOptions } from './budget.js'
import { type Secured, securedByJws } from './secured.js'
import type { createClrCheck } from './verify-clr.js'
import { checkSecured, type Found } from './verify-credential.js'
import { checkEndorsementCredential } from './verify-endorsement.js'

/** A check of whatever credential a JWT carries (Open Badges 3.0, 8.2 Verify a Credential, and 9.1). */
export function createJwtCheck(checkClr: ReturnType<typeof createClrCheck>) {
  return async (
    jws: Jws,
    options: RunOptions,
    documents: Documents,
  ): Promise<Found & { readonly kind?: BadgeKind }> => {
    const secured = securedByJws(jws)
    const check = isRecord(secured, options) ? checkClr : checkOne
    return await check(secured, options, documents)
  }
}

// A record inside a record is read as the badge that it is not: one could go on in the other.
function isRecord({ credential }: Secured, { budget }: RunOptions): boolean {
  return budget.records > 0 && kindOf(credential) === 'ClrCredential 2.0'
}

async function checkOne(secured: Secured, options: RunOptions, documents: Documents) {
  return kindOf(secured.credential) === 'EndorsementCredential 3.0'
    ? await checkEndorsementCredential(secured, options, documents)
    : await checkSecured(secured, options, documents)
}
