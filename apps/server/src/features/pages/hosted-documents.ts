import {
  buildAssertion,
  buildBadgeClass,
  buildIssuer,
  buildRevocationList,
} from '@rosette/open-badges'
import { z } from 'zod'
import { toIri, toSeconds } from '../../http/badge-text.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { toAlignment } from '../credentials/credentials.js'
import type { AwardView, BadgeView, IssuerProfileView, RevokedAward } from './page-views.js'

/** An award in Open Badges 2.0; it names the learner by the very hash of the signed badge. */
export function toAssertion(award: AwardView, signedText: string, urls: PublicUrls): object {
  const id = urls.assertion(award.awardId)
  return buildAssertion({ ...commonOf(award, signedText, urls), id })
}

/** The same to be signed by the key at `creator`: an award of its own, with its own id. */
export function toSignedAssertion(
  award: AwardView,
  signedText: string,
  { urls, creator }: { readonly urls: PublicUrls; readonly creator: string },
): object {
  const id = urls.signedAssertion(award.awardId)
  return buildAssertion({ ...commonOf(award, signedText, urls), id, verification: { creator } })
}

function commonOf(award: AwardView, signedText: string, urls: PublicUrls) {
  return {
    badge: urls.badge(award.templateId),
    recipient: parseRecipient(signedText),
    issuedOn: toSeconds(award.awardedAt),
    expires: award.expiresAt === null ? undefined : toSeconds(award.expiresAt),
    image: `${urls.assertion(award.awardId)}/image`,
    narrative: award.narrative || undefined,
    evidence: award.evidence.map(({ url, name, narrative }) => ({
      id: url === undefined ? undefined : toIri(url),
      name: name || undefined,
      narrative: narrative || undefined,
    })),
  }
}

/** What is left of an award that was taken back (Open Badges 2.0, Revoked Assertion). */
export function toRevokedAssertion(award: AwardView, urls: PublicUrls) {
  return {
    '@context': 'https://w3id.org/openbadges/v2',
    id: urls.assertion(award.awardId),
    type: 'Assertion',
    revoked: true,
    revocationReason: award.revocationReason ?? takenBack,
  }
}

export function toBadgeClass(badge: Omit<BadgeView, 'earned' | 'state'>, urls: PublicUrls): object {
  const id = urls.badge(badge.templateId)
  return buildBadgeClass({
    id,
    name: badge.name,
    description: badge.description || badge.name,
    image: `${id}/image`,
    criteria: { id, narrative: badge.criteria || undefined },
    issuer: urls.issuerPage(badge.issuerId),
    tags: badge.tags,
    alignment: badge.alignments.flatMap(toAlignment).map(({ targetType: _, ...rest }) => rest),
  })
}

export function toIssuer(issuer: IssuerProfileView, urls: PublicUrls): object {
  const id = urls.issuerPage(issuer.issuerId)
  const { assertionKeys } = issuer
  return buildIssuer({
    id,
    name: issuer.issuerName,
    url: toIri(issuer.issuerUrl) ?? urls.start,
    // Version 2.0 demands an address; this one promises by custom that nobody answers.
    email: issuer.issuerEmail ?? `no-reply@${new URL(urls.base).hostname}`,
    description: issuer.issuerDescription || undefined,
    image: `${id}/image`,
    assertionsStartWith: urls.assertions,
    // A stolen key is not listed: what it signed is not the issuer's word any more.
    publicKeys: assertionKeys
      .filter(({ isRevoked }) => !isRevoked)
      .map(({ kid }) => urls.publicKey(kid)),
    revocationList: assertionKeys.length === 0 ? undefined : urls.revocations(issuer.issuerId),
  })
}

export function toRevocationList(
  issuerId: string,
  revoked: readonly RevokedAward[],
  urls: PublicUrls,
): object {
  return buildRevocationList({
    id: urls.revocations(issuerId),
    issuer: urls.issuerPage(issuerId),
    revoked: revoked.map(({ awardId, reason }) => ({
      id: urls.signedAssertion(awardId),
      reason: reason ?? takenBack,
    })),
  })
}

const takenBack = 'The badge was taken back by its issuer.'

const signedBadge = z.object({
  credentialSubject: z.object({
    identifier: z.tuple(
      [
        z.object({
          identityHash: z.string(),
          identityType: z.string(),
          salt: z.string().optional(),
        }),
      ],
      z.unknown(),
    ),
  }),
})

export function parseRecipient(signedText: string) {
  const badge = signedBadge.parse(JSON.parse(signedText))
  const [{ identityHash, identityType, salt }] = badge.credentialSubject.identifier
  const type: 'email' | 'id' = identityType === 'emailAddress' ? 'email' : 'id'
  return { identityHash, salt, type }
}
