import { OpenBadgesError } from '../errors.js'
import { present } from '../json/members.js'
import { OPEN_BADGES_V2 } from './build-hosted.js'

/** A key of an issuer, to be served at its own id (OB 2.0, CryptographicKey). */
export function buildCryptographicKey(key: {
  readonly id: string
  /** The id of the issuer, which lists this key among its `publicKeys`. */
  readonly owner: string
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
  readonly id: string
  /** The id of the issuer, which names this list as its `revocationList`. */
  readonly issuer: string
  readonly revoked: readonly { readonly id: string; readonly reason?: string | undefined }[]
}) {
  const { id, issuer, revoked } = list
  return {
    '@context': OPEN_BADGES_V2,
    type: 'RevocationList',
    id,
    issuer,
    // Empty rather than absent: the list exists, and nothing is on it.
    revokedAssertions: revoked.map(({ id: award, reason }) =>
      present({ id: award, revocationReason: reason }),
    ),
  }
}
