import { signAssertion, signCredentialJwt } from '@rosette/open-badges'
import { z } from 'zod'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { toSeconds } from '../../http/badge-text.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { findEndorsementsOf } from '../endorsements/endorsements.js'
import { findIssuer, type Issuers } from '../issuers/issuers.js'
import {
  type CredentialRow,
  findCredential,
  findSigner,
  findTemplateOf,
  isRevoked,
  keepReplaced,
  lockCredential,
  storeAssertion,
  storeJwt,
} from './credential-repository.js'
import { withEndorsementJwts } from './endorsements-in.js'

type Deps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly issuers: Issuers
  readonly now: () => Date
}

/** Further forms of badges: signed when somebody first asks, and from then on the same bytes. */
export function createSignedForms({ db, urls, issuers, now }: Deps) {
  /** The badge as a compact JWS, with its embedded proof inside; undefined when there is no badge. */
  async function jwt(awardId: string): Promise<string | undefined> {
    const credential = await findCredential(db, awardId)
    if (credential === undefined) return undefined
    return credential.signed_jwt ?? (await inTransaction(db, (tx) => signJwt(tx, awardId)))
  }

  // Each signature is random: of two first requests the second waits, and takes what is stored.
  async function signJwt(tx: Tx, awardId: string): Promise<string | undefined> {
    const credential = await lockCredential(tx, awardId)
    if (credential === undefined) return undefined
    if (credential.signed_jwt !== null) return credential.signed_jwt
    const badge = parseBadge(credential.signed_text)
    // The template may be another issuer's by now; whose badge it is, its own key says.
    const issuer = await findIssuer(tx, await findSigner(tx, credential.issuer_key_kid))
    if (issuer === undefined) return undefined
    const { key, kid } = await issuers.holdFormSigner(tx, issuer, 'P-256')
    const at = now().toISOString()
    const created = toSeconds(at)
    const about = { templateId: await findTemplateOf(tx, awardId), issuerId: issuer.id, at }
    const full = withEndorsementJwts(badge, await findEndorsementsOf(tx, about))
    // By web address even where the issuer is a did:web: validators fetch the key as it stands there.
    const text = signCredentialJwt(full, { key, verificationMethod: urls.key(kid), created })
    await storeJwt(tx, awardId, { text, kid })
    return text
  }

  /**
   * The award in Open Badges 2.0 as a compact JWS, which `build` writes for the key that signs it. One
   * that was taken back is not signed any more; undefined then, and when there is no badge.
   */
  async function assertionJws(
    award: SignedAward,
    build: (signedText: string, creator: string) => object,
  ): Promise<string | undefined> {
    const credential = await findCredential(db, award.awardId)
    if (credential === undefined) return undefined
    const stored = await assertionBy(db, credential, award.issuerId)
    return stored ?? (await inTransaction(db, (tx) => signJws(tx, award, build)))
  }

  async function signJws(
    tx: Tx,
    { awardId, issuerId }: SignedAward,
    build: (signedText: string, creator: string) => object,
  ): Promise<string | undefined> {
    const credential = await lockCredential(tx, awardId)
    if (credential === undefined) return undefined
    const stored = await assertionBy(tx, credential, issuerId)
    if (stored !== undefined) return stored
    const issuer = await findIssuer(tx, issuerId)
    if (issuer === undefined || (await isRevoked(tx, awardId))) {
      return credential.signed_assertion ?? undefined
    }
    const { key, kid } = await issuers.holdFormSigner(tx, issuer, 'RSA')
    const assertion = build(credential.signed_text, urls.publicKey(kid))
    const text = signAssertion({ ...assertion }, key)
    const at = now().toISOString()
    if (credential.signed_assertion !== null) await keepReplaced(tx, awardId, at)
    await storeAssertion(tx, awardId, { text, kid })
    return text
  }

  return { jwt, assertionJws }
}

/**
 * The assertion that is stored, if the issuer of the badge has signed it. In Open Badges 2.0 the badge
 * names its issuer, so that one of a template which went to another issuer since is believed no more.
 */
async function assertionBy(
  db: Db,
  { signed_assertion: text, assertion_key_kid: kid }: CredentialRow,
  issuerId: string,
): Promise<string | undefined> {
  if (text === null || kid === null) return undefined
  return (await findSigner(db, kid)) === issuerId ? text : undefined
}

/** Which award, and who issues its badge. */
type SignedAward = { readonly awardId: string; readonly issuerId: string }

const badgeText = z.record(z.string(), z.unknown())

function parseBadge(signedText: string) {
  return badgeText.parse(JSON.parse(signedText))
}
