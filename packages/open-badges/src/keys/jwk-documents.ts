import { createHash } from 'node:crypto'
import { OpenBadgesError } from '../errors.js'
import { canonizeJson } from '../json/jcs.js'
import type { JsonObject } from '../json/json.js'
import { present } from '../json/members.js'
import { type KeyKind, kindOf, publicKeyOfJwk, publicMembersOf } from './public-keys.js'

/** A public key to publish as a JSON Web Key (RFC 7517, 4). */
export type ListedJwk = {
  /** The URL that a JWT names in `kid`. */
  readonly id: string
  /** Only its public members are published, whatever else it holds. */
  readonly publicJwk: JsonObject
  /** By default what the key signs with here; `Ed25519` may stand for `EdDSA` (RFC 9864). */
  readonly alg?: string | undefined
  /** Whose key it is, on a host with several issuers. */
  readonly issuer?: string | undefined
  /** Date-time since when the key must not be trusted. */
  readonly revoked?: string | undefined
}

/** How JWTs name what a key signs with (RFC 7518, 3.1; RFC 8037, 3.1). */
export const jwtAlgorithms = {
  Ed25519: 'EdDSA',
  'P-256': 'ES256',
  'P-384': 'ES384',
  RSA: 'RS256',
} as const satisfies Readonly<Record<KeyKind, string>>

/**
 * The one JSON Web Key to serve, as JSON, at the URL that a JWT names in `kid` (Open Badges 3.0, 8.2
 * Create the JOSE Header). Throws `ERR_OB_INPUT` when `alg` is not of the key.
 *
 * The validator of 1EdTech reads the members of the key from the answer itself, so a set fails it.
 */
export function jwkDocument(key: Pick<ListedJwk, 'id' | 'publicJwk' | 'alg'>): JsonObject {
  const kind = kindOfJwk(key.publicJwk)
  const { id: kid, alg = jwtAlgorithms[kind] } = key
  assertAlgorithm(alg, kind)
  return { ...publicMembersOf(key.publicJwk), kid, alg, use: 'sig' }
}

/**
 * The set to serve at `/.well-known/jwks.json` (RFC 7517, 5; Open Badges 3.0, 8).
 *
 * Each key says in `iss` whose it is: its own `issuer`, or else that of `defaults`. A set cannot say that
 * a key is revoked, so such a key is left out.
 *
 * @param defaults - what holds for every key of the set
 */
export function jwkSet(
  keys: readonly ListedJwk[],
  { issuer }: { readonly issuer?: string | undefined } = {},
): { readonly keys: readonly JsonObject[] } {
  const trusted = keys.filter(({ revoked }) => revoked === undefined)
  return {
    keys: trusted.map((key) => present({ ...jwkDocument(key), iss: key.issuer ?? issuer })),
  }
}

/** The SHA-256 thumbprint of a public key in base64url, the same however its JWK is written (RFC 7638, 3). */
export function thumbprint(publicJwk: JsonObject): string {
  kindOfJwk(publicJwk)
  return createHash('sha256')
    .update(canonizeJson(publicMembersOf(publicJwk)))
    .digest('base64url')
}

function kindOfJwk(jwk: JsonObject): KeyKind {
  const kind = kindOf(publicKeyOfJwk(jwk))
  if (kind !== undefined) return kind
  throw new OpenBadgesError('ERR_OB_KEY_MATERIAL', 'Badges are not signed with keys of this kind.')
}

function assertAlgorithm(alg: string, kind: KeyKind): void {
  if (alg === jwtAlgorithms[kind] || alg === kind) return
  const message = `alg must be ${jwtAlgorithms[kind]} for a key of this kind, not ${alg}.`
  throw new OpenBadgesError('ERR_OB_INPUT', message)
}
