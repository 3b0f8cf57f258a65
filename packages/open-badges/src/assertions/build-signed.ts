import { OpenBadgesError } from '../errors.js'
import { present } from '../json/members.js'
import { OPEN_BADGES_V2 } from './build-hosted.js'

/**
 * A key of an issuer, to be served at its own id (OB 2.0, CryptographicKey).
 *
 * Throws `ERR_OB_INPUT` for anything else than a public key in PEM.
 */
export function buildCryptographicKey(key: {
  /** The URL that serves it. */
  readonly id: string
  /** The id of the issuer, which lists this key among its `publicKeys`. */
  readonly owner: string
  /** Made by `publicKeyPem`. */
  readonly publicKeyPem: string
}) {
  const { id, owner, publicKeyPem } = key
  // A secret that is published is anybody's.
  if (!publicKeyPem.startsWith('-----BEGIN PUBLIC KEY-----')) {
    throw new OpenBadgesError('ERR_OB_INPUT', 'publicKeyPem must be a public key in PEM.')
  }
  return { '@context': OPEN_BADGES_V2, type: 'CryptographicKey', id, owner, publicKeyPem }
}

/** Which signed awards no longer count, to be served at its own id (OB 2.0, RevocationList). */
export function buildRevocationList(list: {
  /** The URL that serves it. */
  readonly id: string
  /** The id of the issuer, which names this list as its `revocationList`. */
  readonly issuer: string
  /** The ids of those awards. */
  readonly revoked: readonly { readonly id: string; readonly reason?: string | undefined }[]
}) {
  const { id, issuer, revoked } = list
  const entries = revoked.map(({ id: award, reason }) =>
    present({ id: award, revocationReason: reason }),
  )
  return {
    '@context': OPEN_BADGES_V2,
    type: 'RevocationList',
    id,
    issuer,
    // Empty rather than absent: the list exists, and nothing is on it.
    // A list of one is said twice: openbadges-validator-core unpacks it to the entry itself, looks
    // through that for entries, finds none and calls the revoked badge valid.
    revokedAssertions: entries.length === 1 ? [...entries, ...entries] : entries,
  }
}
