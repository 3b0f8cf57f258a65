import type { KeyObject } from 'node:crypto'
import { OpenBadgesError } from '../errors.js'
import type { JsonObject } from '../json/json.js'
import { publicKeyOf, publicKeyOfBase58, publicKeyOfJwk } from './public-keys.js'

/**
 * The public key of a verification method (Controlled Identifiers 1.0, 2.2).
 *
 * Read by its members, whichever of the names it has: Multikey, JsonWebKey, JsonWebKey2020,
 * Ed25519VerificationKey2018 or Ed25519VerificationKey2020.
 */
export function keyOfMethod(method: JsonObject): KeyObject {
  const { publicKeyMultibase, publicKeyJwk, publicKeyBase58 } = method
  const forms = [publicKeyMultibase, publicKeyJwk, publicKeyBase58].filter(
    (form) => form !== undefined,
  )
  // Two forms could be two keys, one for each reader (Controlled Identifiers 1.0, 2.2).
  if (forms.length > 1) throw notReadable('The key is published in several forms at once.')
  if (typeof publicKeyMultibase === 'string') return publicKeyOf(publicKeyMultibase)
  if (typeof publicKeyBase58 === 'string') return publicKeyOfBase58(publicKeyBase58)
  if (publicKeyJwk !== undefined) return publicKeyOfJwk(publicKeyJwk)
  throw notReadable('The key is neither a Multikey nor a JSON Web Key.')
}

function notReadable(message: string): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_KEY_MATERIAL', message)
}
