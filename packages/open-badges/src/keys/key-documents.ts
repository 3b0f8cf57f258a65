import type { JsonObject } from '../json/json.js'
import { present } from '../json/members.js'
import { publicMembersOf } from './public-keys.js'

/** A public key as it is published at its own URL (Controlled Identifiers 1.0, 2.2.2). */
export type KeyDocument = {
  readonly '@context': string
  readonly id: string
  readonly type: 'Multikey'
  /** The id of the issuer. */
  readonly controller: string
  readonly publicKeyMultibase: string
  /** Date-time since when the key must not be trusted. */
  readonly revoked?: string
}

/** A public key in an issuer's document, as a JSON Web Key (Controlled Identifiers 1.0, 2.2.3). */
export type JsonWebKeyMethod = {
  readonly id: string
  readonly type: 'JsonWebKey'
  /** The id of the issuer. */
  readonly controller: string
  readonly publicKeyJwk: JsonObject
  /** Date-time since when the key must not be trusted. */
  readonly revoked?: string
}

/** What an issuer publishes under its own id: its keys and what they may be used for. */
export type ControllerDocument = {
  readonly '@context': readonly string[]
  readonly id: string
  /** Other ids of the issuer. */
  readonly alsoKnownAs?: readonly string[]
  /** Every key, a retired or revoked one too. */
  readonly verificationMethod: readonly (Omit<KeyDocument, '@context'> | JsonWebKeyMethod)[]
  /** The ids of the keys whose signatures count. */
  readonly assertionMethod: readonly string[]
}

/** One key of an issuer; a retired key stays listed, a stolen one carries `revoked`. */
export type ListedKey = {
  /** The `verificationMethod` or `kid` of what it signs. */
  readonly id: string
  /** Date-time since when the key must not be trusted. */
  readonly revoked?: string | undefined
} & ({ readonly publicKeyMultibase: string } | { readonly publicJwk: JsonObject })

const MULTIKEY_CONTEXT = 'https://w3id.org/security/multikey/v1'
const JWK_CONTEXT = 'https://w3id.org/security/jwk/v1'
const DID_CONTEXT = 'https://www.w3.org/ns/did/v1'

/** The document to serve at a key's URL (Controlled Identifiers 1.0, 2.2.2 Multikey). */
export function keyDocument(key: {
  /** The address that serves this very document. */
  id: string
  /** The id of the issuer. */
  controller: string
  publicKeyMultibase: string
  /** Date-time since when the key must not be trusted. */
  revoked?: string | undefined
}): KeyDocument {
  return {
    '@context': MULTIKEY_CONTEXT,
    id: key.id,
    type: 'Multikey',
    controller: key.controller,
    publicKeyMultibase: key.publicKeyMultibase,
    ...(key.revoked === undefined ? {} : { revoked: key.revoked }),
  }
}

/**
 * The document to serve at an issuer's id, or as `did.json` (Controlled Identifiers 1.0, 2.1).
 *
 * A revoked key stays in `verificationMethod`, to be told from an unknown one, and leaves
 * `assertionMethod`.
 */
export function controllerDocument(issuer: {
  /** The id that badges name as their issuer. */
  id: string
  keys: readonly ListedKey[]
  /** Other ids of the issuer. */
  alsoKnownAs?: readonly string[] | undefined
}): ControllerDocument {
  const { id, keys, alsoKnownAs = [] } = issuer
  return {
    '@context': [
      DID_CONTEXT,
      MULTIKEY_CONTEXT,
      ...(keys.some((key) => 'publicJwk' in key) ? [JWK_CONTEXT] : []),
    ],
    id,
    ...(alsoKnownAs.length === 0 ? {} : { alsoKnownAs }),
    verificationMethod: keys.map((key) => toMethod(id, key)),
    assertionMethod: keys.filter((key) => key.revoked === undefined).map((key) => key.id),
  }
}

function toMethod(controller: string, key: ListedKey) {
  if ('publicJwk' in key) return toJsonWebKey(controller, key)
  const { '@context': _context, ...method } = keyDocument({ ...key, controller })
  return method
}

function toJsonWebKey(
  controller: string,
  { id, publicJwk, revoked }: ListedKey & { readonly publicJwk: JsonObject },
): JsonWebKeyMethod {
  const publicKeyJwk = publicMembersOf(publicJwk)
  return present({ id, type: 'JsonWebKey' as const, controller, publicKeyJwk, revoked })
}
