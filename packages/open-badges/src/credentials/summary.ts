import { asArray, isJsonObject, type JsonObject } from '../json/json.js'
import { present } from '../json/members.js'
import type { BadgeSummary } from '../report/report.js'
import { issuerIdOf } from './credential-schema.js'

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

function words(value: unknown): string | undefined {
  return text(value) ?? text(objectOf(value)['@value'])
}

function recipientOf(subject: JsonObject): string | undefined {
  const plain = asArray(subject['identifier'])
    .filter(isJsonObject)
    .filter(({ hashed, identityType }) => hashed === false && identityType === 'name')
  return text(plain[0]?.['identityHash']) ?? text(subject['id'])
}
