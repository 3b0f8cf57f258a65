import { asArray, isJsonObject, type JsonObject, stringsOf } from '../json/json.js'
import { present } from '../json/members.js'
import type { BadgeSummary, EvidenceSummary, ResultSummary } from '../report/report.js'
import { issuerIdOf } from './credential-schema.js'

// A page shows so many and no more; a stranger wrote the list.
const MAX_ENTRIES = 50

/** What a 3.0 credential says about itself, read leniently: it may be malformed. */
export function summaryOf(credential: JsonObject): BadgeSummary {
  const subject = objectOf(credential['credentialSubject'])
  const achievement = objectOf(subject['achievement'])
  const issuer = objectOf(credential['issuer'])
  return present({
    id: text(credential['id']),
    name: words(credential['name']) ?? words(achievement['name']),
    description: words(achievement['description']) ?? words(credential['description']),
    image: imageOf(credential['image']) ?? imageOf(achievement['image']),
    achievementId: text(achievement['id']),
    achievementName: words(achievement['name']),
    criteria: criteriaOf(achievement['criteria']),
    issuerId: issuerIdOf(credential['issuer']),
    issuerName: words(issuer['name']),
    issuerUrl: text(issuer['url']),
    recipient: recipientOf(subject),
    validFrom: text(credential['validFrom'] ?? credential['issuanceDate']),
    validUntil: text(credential['validUntil'] ?? credential['expirationDate']),
    awardedDate: text(credential['awardedDate']),
    achievementType: text(achievement['achievementType']),
    tags: [...new Set(stringsOf(achievement['tag']))].slice(0, MAX_ENTRIES),
    language: text(achievement['inLanguage']),
    evidence: evidenceOf(credential['evidence']),
    alignments: alignmentsOf(achievement['alignment']),
    results: resultsOf(subject['result'], achievement['resultDescription']),
  })
}

/** A string, or undefined for anything else. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** A JSON object, or an empty one. */
export function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {}
}

/** The address of an image that is written as a URL or as an object. */
export function imageOf(value: unknown): string | undefined {
  return text(value) ?? text(objectOf(value)['id'])
}

/** Criteria by URL or in words. */
export function criteriaOf(value: unknown): BadgeSummary['criteria'] {
  if (typeof value === 'string') return { id: value }
  const { id, narrative } = objectOf(value)
  const criteria = present({ id: text(id), narrative: words(narrative) })
  return Object.keys(criteria).length === 0 ? undefined : criteria
}

/** Words, or those of a text in a language. */
export function words(value: unknown): string | undefined {
  return text(value) ?? text(objectOf(value)['@value'])
}

function objectsOf(value: unknown): readonly JsonObject[] {
  return asArray(value).filter(isJsonObject).slice(0, MAX_ENTRIES)
}

function evidenceOf(value: unknown): readonly EvidenceSummary[] {
  const found = objectsOf(value).flatMap(({ id, name, narrative, description }) => {
    const told = words(narrative) ?? words(description)
    const evidence = present({ id: text(id), name: words(name), narrative: told })
    return Object.keys(evidence).length === 0 ? [] : [evidence]
  })
  // The same evidence written twice is one statement.
  return found.filter((one, i) => found.findIndex((other) => isSame(one, other)) === i)
}

function isSame(one: EvidenceSummary, other: EvidenceSummary): boolean {
  return one.id === other.id && one.name === other.name && one.narrative === other.narrative
}

function alignmentsOf(value: unknown) {
  return objectsOf(value).flatMap(({ targetName, targetUrl }) => {
    const name = words(targetName)
    return name === undefined ? [] : [present({ name, url: text(targetUrl) })]
  })
}

// A result names its description by id, and a level of a rubric within that (RubricCriterionLevel).
function resultsOf(results: unknown, descriptions: unknown): readonly ResultSummary[] {
  const described = objectsOf(descriptions)
  return objectsOf(results).map(({ resultDescription, achievedLevel, value, status }) => {
    const description = objectOf(described.find(({ id }) => id === resultDescription))
    const levels = objectsOf(description['rubricCriterionLevel'])
    const level = levels.find(({ id }) => id !== undefined && id === achievedLevel)
    return present({
      name: words(description['name']) ?? text(description['resultType']) ?? 'Result',
      value: toValue(value) ?? words(level?.['name']),
      status: text(status),
    })
  })
}

function toValue(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : words(value)
}

function recipientOf(subject: JsonObject): string | undefined {
  const plain = asArray(subject['identifier'])
    .filter(isJsonObject)
    .filter(({ hashed, identityType }) => hashed === false && identityType === 'name')
  return text(plain[0]?.['identityHash']) ?? text(subject['id'])
}
