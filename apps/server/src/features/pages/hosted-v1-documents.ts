import { toIri, toSeconds } from '../../http/badge-text.js'
import { toPublicId } from '../../http/public-id.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { toAlignment } from '../credentials/credentials.js'
import { parseRecipient } from './hosted-documents.js'
import type { ImportedView } from './imported-badge-views.js'
import type { AwardView, BadgeView, IssuerView } from './page-views.js'

/** The context of every document of Open Badges 1.1. */
const context = 'https://w3id.org/openbadges/v1'

/** The same address in Open Badges 1.1; its documents name each other so. */
const inV1 = (url: string) => `${url}?v=1_1`

/** An award in Open Badges 1.1; it names the learner by the very hash of the signed badge. */
export function toAssertionV1(award: AwardView, signedText: string, urls: PublicUrls) {
  const url = urls.assertion(award.awardId)
  const [evidence] = award.evidence.flatMap((item) => toIri(item.url ?? '') ?? [])
  return {
    '@context': context,
    type: 'Assertion',
    id: inV1(url),
    uid: toPublicId(award.awardId),
    ...recipientV1(signedText),
    badge: inV1(urls.badge(award.templateId)),
    image: `${url}/image`,
    issuedOn: toSeconds(award.awardedAt),
    ...(award.expiresAt !== null && { expires: toSeconds(award.expiresAt) }),
    evidence: evidence ?? url,
    verify: { type: 'hosted', url: inV1(url) },
  }
}

function recipientV1(signedText: string) {
  const { identityHash, type, salt } = parseRecipient(signedText)
  return {
    recipient: { type, hashed: true, identity: identityHash, ...(salt !== undefined && { salt }) },
  }
}

export function toBadgeClassV1(badge: Omit<BadgeView, 'earned' | 'state'>, urls: PublicUrls) {
  const url = urls.badge(badge.templateId)
  return {
    '@context': context,
    type: 'BadgeClass',
    id: inV1(url),
    name: badge.name,
    description: badge.description || badge.name,
    image: `${url}/image`,
    criteria: `${url}/criteria`,
    issuer: inV1(urls.issuerPage(badge.issuerId)),
    tags: badge.tags,
    alignment: badge.alignments.flatMap(toAlignment).map((each) => ({
      name: each.targetName,
      url: each.targetUrl,
      ...(each.targetDescription !== undefined && { description: each.targetDescription }),
    })),
  }
}

export function toIssuerV1(issuer: IssuerView, urls: PublicUrls) {
  const url = urls.issuerPage(issuer.issuerId)
  return {
    '@context': context,
    type: 'Issuer',
    id: inV1(url),
    name: issuer.issuerName,
    url: toIri(issuer.issuerUrl) ?? urls.start,
    email: issuer.issuerEmail ?? `no-reply@${new URL(urls.base).hostname}`,
    ...(issuer.issuerDescription !== null && { description: issuer.issuerDescription }),
    image: `${url}/image`,
  }
}

/**
 * An award in the form of the first badges, with everything inside of it: what displayers of the Mozilla
 * Backpack read.
 */
export function toFirstAssertion(award: AwardView, signedText: string, urls: PublicUrls) {
  const { recipient } = recipientV1(signedText)
  const badge = urls.badge(award.templateId)
  return {
    uid: toPublicId(award.awardId),
    recipient: recipient.identity,
    ...(recipient.salt !== undefined && { salt: recipient.salt }),
    evidence: toIri(award.evidence[0]?.url ?? '') ?? urls.assertion(award.awardId),
    issued_on: award.awardedAt.slice(0, 10),
    ...(award.expiresAt !== null && { expires: award.expiresAt.slice(0, 10) }),
    badge: {
      version: '1.0.0',
      name: award.name,
      description: award.description || award.name,
      image: `${badge}/image`,
      criteria: `${badge}/criteria`,
      issuer: {
        name: award.issuerName,
        origin: new URL(toIri(award.issuerUrl) ?? urls.start).origin,
        ...(award.issuerEmail !== null && { contact: award.issuerEmail }),
      },
    },
  }
}

/** A badge from elsewhere in the same form; whose it is only where that is a hash. */
export function toFirstForm(badge: ImportedView, urls: PublicUrls) {
  const page = urls.importedBadge(badge.entryId)
  const { recipient, issuerUrl } = badge
  const evidence = badge.evidence.map(({ url = '' }) => toIri(url)).find((url) => url !== undefined)
  return {
    uid: toPublicId(badge.entryId),
    ...(recipient?.hashed === true && {
      recipient: recipient.identity,
      ...(recipient.salt !== undefined && { salt: recipient.salt }),
    }),
    ...(evidence !== undefined && { evidence }),
    ...(badge.awardedAt !== null && { issued_on: badge.awardedAt.slice(0, 10) }),
    ...(badge.expiresAt !== null && { expires: badge.expiresAt.slice(0, 10) }),
    badge: {
      version: '1.0.0',
      name: badge.name,
      description: badge.description || badge.name,
      image: `${page}/image`,
      criteria: page,
      issuer: {
        name: badge.issuerName,
        ...(issuerUrl !== null && URL.canParse(issuerUrl) && { origin: new URL(issuerUrl).origin }),
      },
    },
  }
}
