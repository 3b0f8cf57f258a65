import { isUtf8 } from 'node:buffer'
import { OpenBadgesError } from '../errors.js'
import { isJsonObject, type JsonObject, parseJson } from '../json/json.js'
import { didKeyMultibase, withoutFragment } from './did.js'

const DID_JWK = /^did:jwk:([\w-]{20,4096})$/

/** The document of an identifier that is a key itself: `did:key` or `did:jwk`. */
export function inlineDocumentOf(did: string): JsonObject | undefined {
  const multibase = didKeyMultibase(did)
  if (multibase !== undefined) {
    return documentOf(did, `${did}#${multibase}`, { publicKeyMultibase: multibase })
  }
  const encoded = DID_JWK.exec(did)?.[1]
  // The one key of a did:jwk is always number 0 (did:jwk, Read).
  return encoded === undefined
    ? undefined
    : documentOf(did, `${did}#0`, { publicKeyJwk: parseJwk(encoded) })
}

/** True for an identifier that is a key itself, with or without a fragment. */
export function isInlineDid(id: string): boolean {
  const did = withoutFragment(id)
  return didKeyMultibase(did) !== undefined || DID_JWK.test(did)
}

function documentOf(did: string, id: string, material: JsonObject): JsonObject {
  return {
    id: did,
    verificationMethod: [{ id, controller: did, ...material }],
    assertionMethod: [id],
  }
}

// One spelling for one key, or an issuer would have many names.
function parseJwk(encoded: string): JsonObject {
  const bytes = Buffer.from(encoded, 'base64url')
  const isPlain = bytes.toString('base64url') === encoded && isUtf8(bytes)
  const jwk = isPlain ? parseJson(bytes.toString('utf8')) : undefined
  if (isJsonObject(jwk)) return jwk
  throw new OpenBadgesError('ERR_OB_KEY_MATERIAL', 'The did:jwk identifier holds no key.')
}
