import { buildAssertion, buildBadgeClass, buildIssuer } from '@rosette/open-badges'
import { z } from 'zod'
import { toIri, toSeconds } from '../../http/badge-text.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { toAlignment } from '../credentials/credentials.js'
import type { AwardView, BadgeView, IssuerView } from './page-views.js'

/** An award in Open Badges 2.0; it names the learner by the very hash of the signed badge. */
export function toAssertion(award: AwardView, signedText: string, urls: PublicUrls): object {
  const id = urls.assertion(award.awardId)
  return buildAssertion({
    id,
    badge: urls.badge(award.templateId),
    recipient: parseRecipient(signedText),
    issuedOn: toSeconds(award.awardedAt),
    expires: award.expiresAt === null ? undefined : toSeconds(award.expiresAt),
    image: `${id}/image`,
    narrative: award.narrative || undefined,
    evidence: award.evidence.map(({ url, name, narrative }) => ({
      id: url === undefined ? undefined : toIri(url),
      narrative: narrative || name || undefined,
    })),
  })
}

/** What is left of an award that was taken back (Open Badges 2.0, Revoked Assertion). */
export function toRevokedAssertion(award: AwardView, urls: PublicUrls) {
  return {
    '@context': 'https://w3id.org/openbadges/v2',
    id: urls.assertion(award.awardId),
    type: 'Assertion',
    revoked: true,
    revocationReason: award.revocationReason ?? 'The badge was taken back by its issuer.',
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

export function toIssuer(issuer: IssuerView, urls: PublicUrls): object {
  const id = urls.issuerPage(issuer.issuerId)
  return buildIssuer({
    id,
    name: issuer.issuerName,
    url: toIri(issuer.issuerUrl) ?? urls.start,
    // Version 2.0 demands an address; this one promises by custom that nobody answers.
    email: issuer.issuerEmail ?? `no-reply@${new URL(urls.base).hostname}`,
    description: issuer.issuerDescription || undefined,
    image: `${id}/image`,
    assertionsStartWith: urls.assertions,
  })
}

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

function parseRecipient(signedText: string) {
  const badge = signedBadge.parse(JSON.parse(signedText))
  const [{ identityHash, identityType, salt }] = badge.credentialSubject.identifier
  const type: 'email' | 'id' = identityType === 'emailAddress' ? 'email' : 'id'
  return { identityHash, salt, type }
}
