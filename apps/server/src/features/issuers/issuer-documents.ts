import {
  buildCryptographicKey,
  controllerDocument,
  didWeb,
  jwkDocument,
  jwkSet,
  keyDocument,
  type ListedKey,
  publicKeyPem,
} from '@rosette/open-badges'
import { toSeconds } from '../../http/badge-text.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { HostKeyRow, IssuerKeyRow, IssuerRow } from './issuer-repository.js'

type Named = Pick<IssuerRow, 'id' | 'identifier'>

/** The two names of an issuer; both are always published, so a change of mind breaks no badge. */
export function issuerNames(urls: PublicUrls, issuerId: string) {
  const url = urls.issuer(issuerId)
  return { url, did: didWeb(url) }
}

/** The id that an issuer has in the badges it signs from now on. */
export function issuerIdentity(urls: PublicUrls, issuer: Named): string {
  const { url, did } = issuerNames(urls, issuer.id)
  return issuer.identifier === 'did:web' ? did : url
}

/** Where a badge says that its key is found. */
export function verificationMethod(urls: PublicUrls, issuer: Named, kid: string): string {
  const { did } = issuerNames(urls, issuer.id)
  return issuer.identifier === 'did:web' ? `${did}#${kid}` : urls.key(kid)
}

/** The document behind an issuer's address, with every key it ever had. */
export function toControllerDocument(
  urls: PublicUrls,
  issuerId: string,
  keys: readonly IssuerKeyRow[],
) {
  const { url, did } = issuerNames(urls, issuerId)
  return controllerDocument({
    id: url,
    alsoKnownAs: [did],
    keys: keys.map((key) => toListedKey(urls.key(key.kid), key)),
  })
}

/** The same keys under a did:web name: the issuer's own, or that of the whole host. */
export function toDidDocument(did: string, sameAs: string, keys: readonly IssuerKeyRow[]) {
  return controllerDocument({
    id: did,
    alsoKnownAs: [sameAs],
    keys: keys.map((key) => toListedKey(`${did}#${key.kid}`, key)),
  })
}

// A stolen key stays listed as such, to be told from one that was never the issuer's.
function toListedKey(id: string, { kid, public_jwk, revoked_at }: IssuerKeyRow): ListedKey {
  const revoked = revoked_at === null ? {} : { revoked: toSeconds(revoked_at) }
  if (public_jwk === null) return { id, publicKeyMultibase: kid, ...revoked }
  return { id, publicJwk: public_jwk, ...revoked }
}

/** What is served at a key's own address: one JSON Web Key, or one Multikey for Ed25519. */
export function toKeyDocument(urls: PublicUrls, key: IssuerKeyRow): object {
  const { kid, issuer_id, public_jwk, revoked_at, revocation_reason: reason } = key
  const id = urls.key(kid)
  const revoked = revoked_at === null ? undefined : toSeconds(revoked_at)
  if (public_jwk === null) {
    const controller = urls.issuer(issuer_id)
    return keyDocument({ id, controller, publicKeyMultibase: kid, revoked })
  }
  const document = jwkDocument({ id, publicJwk: public_jwk })
  // As federations publish it (OpenID Federation 1.0, 8.7); whoever does not know it asks the issuer.
  return revoked === undefined
    ? document
    : { ...document, revoked: { revoked_at: revoked, reason } }
}

/** A key in the words of Open Badges 2.0, which knows RSA only; its owner is the profile of that version. */
export function toAssertionKey(urls: PublicUrls, key: IssuerKeyRow): object | undefined {
  const { kid, issuer_id, algorithm, public_jwk: publicJwk } = key
  if (algorithm !== 'RSA' || publicJwk === null) return undefined
  const owner = urls.issuerPage(issuer_id)
  return buildCryptographicKey({
    id: urls.publicKey(kid),
    owner,
    publicKeyPem: publicKeyPem({ publicJwk }),
  })
}

/** The keys of the whole host; each says whose it is. */
export function toHostKeys(urls: PublicUrls, keys: readonly HostKeyRow[]) {
  return jwkSet(
    keys.flatMap(({ kid, public_jwk: publicJwk, issuer_id: id, identifier }) =>
      publicJwk === null
        ? []
        : [{ id: urls.key(kid), publicJwk, issuer: issuerIdentity(urls, { id, identifier }) }],
    ),
  )
}
