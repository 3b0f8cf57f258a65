import type { Documents } from '../keys/resolve-key.js'
import { checkJwt } from '../proofs/check-jwt.js'
import { parseJws } from '../proofs/jws.js'
import { credentialOf } from '../proofs/jwt-claims.js'
import type { VerifyOptions } from '../report/report.js'
import { checkProvenCredential } from './verify-credential.js'

/** All checks of an Open Badges 3.0 credential that is a JWT (Open Badges 3.0, 8.2.4 and 9.1). */
export async function checkCredentialJwt(
  token: string,
  options: VerifyOptions,
  documents: Documents,
) {
  const jws = parseJws(token)
  const credential = credentialOf(jws.payload)
  return await checkProvenCredential(credential, options, {
    documents,
    prove: (question) => checkJwt({ ...jws, credential }, question),
  })
}
