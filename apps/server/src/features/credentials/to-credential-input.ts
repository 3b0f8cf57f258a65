import type { CredentialInput, RecipientInput, StatusEntry } from '@rosette/open-badges'
import type { EvidenceJson } from '../../db/schema.js'
import { toIri, toSeconds } from '../../http/badge-text.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { AwardFacts } from './award-facts.js'
import { toAlignment } from './to-alignment.js'

type Given = {
  readonly urls: PublicUrls
  readonly issuerId: string
  readonly salt: string
  readonly status: StatusEntry
}

/** What an award says in Open Badges 3.0. The learner is named by a salted hash only. */
export function toCredentialInput(facts: AwardFacts, given: Given): CredentialInput {
  const { urls, issuerId, salt, status } = given
  const badgeUrl = urls.badge(facts.templateId)
  return {
    id: urls.credential(facts.awardId),
    issuer: {
      id: issuerId,
      name: facts.issuerName,
      url: toIri(facts.issuerUrl),
      email: facts.issuerEmail ?? undefined,
      description: facts.issuerDescription || undefined,
      image: { id: `${urls.issuerPage(facts.issuerId)}/image`, caption: facts.issuerName },
    },
    achievement: {
      id: badgeUrl,
      name: facts.name,
      // Both schemas want one, and templates may do without.
      description: facts.description || facts.name,
      criteria: { id: badgeUrl, narrative: facts.criteria || undefined },
      image: { id: `${badgeUrl}/image`, caption: facts.name },
      achievementType: facts.achievementType,
      tags: facts.tags,
      inLanguage: facts.language ?? undefined,
      fieldOfStudy: facts.fieldOfStudy ?? undefined,
      alignment: facts.alignments.flatMap(toAlignment),
    },
    recipient: { ...recipientOf(facts), salt },
    validFrom: toSeconds(facts.awardedAt),
    validUntil: facts.expiresAt === null ? undefined : toSeconds(facts.expiresAt),
    narrative: facts.narrative || undefined,
    evidence: facts.evidence.flatMap(toEvidence),
    status,
  }
}

/**
 * In lower case: no normal form of addresses is specified, and verifiers that are lenient try the
 * address they are given in lower case too.
 */
function recipientOf({ email, username }: AwardFacts): RecipientInput {
  if (email !== '') return { email: email.toLowerCase() }
  return { identifier: username, identifierType: 'userName' }
}

function toEvidence({ url, name, narrative }: EvidenceJson) {
  const id = url === undefined ? undefined : toIri(url)
  const evidence = { id, name: name || undefined, narrative: narrative || undefined }
  return Object.values(evidence).every((value) => value === undefined) ? [] : [evidence]
}
