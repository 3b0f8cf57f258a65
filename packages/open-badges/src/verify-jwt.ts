import { checkJwt } from './check-jwt.js'
import { parseJws } from './jws.js'
import { credentialOf } from './jwt-claims.js'
import type { VerifyOptions } from './report.js'
import type { Documents } from './resolve-key.js'
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
