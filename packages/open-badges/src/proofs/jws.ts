import { isUtf8 } from 'node:buffer'
import { OpenBadgesError } from '../errors.js'
import { isJsonObject, type JsonObject, parseJson } from '../json/json.js'
import type { KeyKind } from '../keys/public-keys.js'

/** A compact JWS, taken apart and not verified yet (RFC 7515, 3.1). */
export type Jws = {
  readonly header: JsonObject
  readonly payload: JsonObject
  /** The very text that is signed. */
  readonly signed: string
  readonly signature: Uint8Array
}

/** Takes a compact JWS apart whose payload is a JSON object; throws when it is none. */
export function parseJws(token: string): Jws {
  const [header = '', payload = '', signature = ''] = token.split('.')
  return {
    header: parsePart(header),
    payload: parsePart(payload),
    signed: `${header}.${payload}`,
    signature: decode(signature),
  }
}

function parsePart(part: string): JsonObject {
  const value = parseJson(textOf(decode(part)))
  if (isJsonObject(value)) return value
  throw new OpenBadgesError('ERR_OB_JSON', 'A part of the JWT is not a JSON object.')
}

function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) {
    throw new OpenBadgesError('ERR_OB_JSON', 'A part of the JWT is not UTF-8 text.')
  }
  return bytes.toString('utf8').replace(/^\uFEFF/, '')
}

// One spelling for the same bytes, without padding (RFC 7515, 2 Base64url Encoding).
function decode(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url')
  if (bytes.toString('base64url') === part) return bytes
  throw new OpenBadgesError('ERR_OB_JSON', 'A part of the JWT is not base64url.')
}

// RFC 7518, 3.1; RFC 8037, 3.1; RFC 9864, 2.2 (Ed25519). Open Badges 3.0, 8.2, demands RS256.
const kinds: ReadonlyMap<unknown, KeyKind> = new Map<unknown, KeyKind>([
  ['RS256', 'RSA'],
  ['ES256', 'P-256'],
  ['ES384', 'P-384'],
  ['EdDSA', 'Ed25519'],
  ['Ed25519', 'Ed25519'],
])
const KNOWN = /^(RS384|RS512|PS256|PS384|PS512|ES512|ES256K|Ed448)$/
const TYPES = /^(application\/)?(jwt|vc\+jwt|vc\+ld\+json\+jwt|vc-ld\+jwt)$/i

/**
 * The kind of key that a header asks for; refuses headers that this package must not follow.
 *
 * `none` and the shared secrets (HS256) are no proofs: anybody could have written them.
 */
export function kindOfHeader(header: JsonObject): KeyKind {
  const { alg, typ, crit } = header
  // Extensions that must be understood, of which none is (RFC 7515, 4.1.11).
  if (crit !== undefined) throw badHeader('it demands extensions')
  // A payload that is not encoded must be announced as such an extension (RFC 7797, 6).
  if ('b64' in header && header['b64'] !== true) throw badHeader('its payload is not base64url')
  // Another type of JWT, signed with the same key, is not a badge (RFC 8725, 3.11).
  if (typ !== undefined && !TYPES.test(String(typ)))
    throw badHeader('its typ is not that of a badge')
  const kind = kinds.get(alg)
  if (kind !== undefined) return kind
  const name = String(alg).slice(0, 40)
  throw KNOWN.test(name)
    ? new OpenBadgesError('ERR_OB_PROOF_UNSUPPORTED', `JWTs signed with ${name} are not read here.`)
    : new OpenBadgesError('ERR_OB_PROOF_SUITE', `A badge cannot be signed with "${name}".`)
}

/** The refusal of a header. */
export function badHeader(reason: string): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_JWT_HEADER', `The header of the JWT is not sound: ${reason}.`)
}
