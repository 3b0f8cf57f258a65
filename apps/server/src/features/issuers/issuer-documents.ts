import { controllerDocument, didWeb, keyDocument } from '@rosette/open-badges'
import type { PublicUrls } from '../../http/public-urls.js'
import type { IssuerKeyRow, IssuerRow } from './issuer-repository.js'

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
    keys: keys.map(({ kid }) => ({ id: urls.key(kid), publicKeyMultibase: kid })),
  })
}

/** The same keys under a did:web name: the issuer's own, or that of the whole host. */
export function toDidDocument(did: string, sameAs: string, keys: readonly IssuerKeyRow[]) {
  return controllerDocument({
    id: did,
    alsoKnownAs: [sameAs],
    keys: keys.map(({ kid }) => ({ id: `${did}#${kid}`, publicKeyMultibase: kid })),
  })
}

export function toKeyDocument(urls: PublicUrls, key: IssuerKeyRow) {
  return keyDocument({
    id: urls.key(key.kid),
    controller: urls.issuer(key.issuer_id),
    publicKeyMultibase: key.kid,
  })
}
