import type { CredentialInput, RecipientInput, StatusEntry } from '@rosette/open-badges'
import type { EvidenceJson, ResultDescriptionJson, ResultJson } from '../../db/schema.js'
import { toIri, toSeconds } from '../../http/badge-text.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { AwardFacts } from './award-facts.js'
import { toAlignment } from './to-alignment.js'

type Given = {
  readonly urls: PublicUrls
  readonly issuerId: string
  readonly salt: string
  readonly status: StatusEntry
  /** Since when this text holds; the later one of two replaces the earlier. */
  readonly validFrom: string
  /** What others say of the badge or of its issuer, by the id of either. */
  readonly endorsements: (subjectId: string) => readonly Readonly<Record<string, unknown>>[]
}

/** What an award says in Open Badges 3.0. The learner is named by a salted hash only. */
export function toCredentialInput(facts: AwardFacts, given: Given): CredentialInput {
  const { urls, issuerId, salt, status, validFrom, endorsements } = given
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
      endorsement: endorsements(issuerId),
    },
    achievement: {
      id: badgeUrl,
      name: facts.name,
      // Both schemas want one, and templates may do without.
      description: facts.description || facts.name,
      criteria: { id: badgeUrl, narrative: facts.criteria || undefined },
      image: { id: `${badgeUrl}/image`, caption: facts.name },
      achievementType: facts.achievementType,
      endorsement: endorsements(badgeUrl),
      tags: facts.tags,
      inLanguage: facts.language ?? undefined,
      fieldOfStudy: facts.fieldOfStudy ?? undefined,
      alignment: facts.alignments.flatMap(toAlignment),
      resultDescription: facts.resultDescriptions.map((one) => toDescription(one, badgeUrl)),
    },
    recipient: { ...recipientOf(facts), salt },
    validFrom,
    awardedDate: toSeconds(facts.awardedAt),
    validUntil: facts.expiresAt === null ? undefined : toSeconds(facts.expiresAt),
    narrative: facts.narrative || undefined,
    evidence: facts.evidence.flatMap(toEvidence),
    result: facts.results.map((result) => toResult(result, facts, badgeUrl)),
    status,
    refreshService: urls.refresh(facts.awardId),
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

function toDescription(description: ResultDescriptionJson, badgeUrl: string) {
  const { id, name, type, allowedValues, min, max, requiredValue } = description
  return {
    id: `${badgeUrl}#${id}`,
    name,
    resultType: type,
    allowedValue: allowedValues,
    requiredValue,
    valueMin: min === undefined ? undefined : String(min),
    valueMax: max === undefined ? undefined : String(max),
  }
}

// A description that the template has no more cannot be named; the value stands without it.
function toResult({ result, value, status }: ResultJson, facts: AwardFacts, badgeUrl: string) {
  const isDescribed = facts.resultDescriptions.some(({ id }) => id === result)
  return { resultDescription: isDescribed ? `${badgeUrl}#${result}` : undefined, value, status }
}

function toEvidence({ url, name, narrative }: EvidenceJson) {
  const id = url === undefined ? undefined : toIri(url)
  const evidence = { id, name: name || undefined, narrative: narrative || undefined }
  return Object.values(evidence).every((value) => value === undefined) ? [] : [evidence]
}
