import { isDateTime } from '../json/date-time.js'
import { asArray, isJsonObject, type JsonObject, stringsOf } from '../json/json.js'
import { CREDENTIALS_V1, CREDENTIALS_V2 } from '../json-ld/contexts.js'

/** What should hold of a credential and does not, one sentence each. */
export type Faults = string[]

/**
 * What is wrong with the shape of a credential, in words (Open Badges 3.0, appendix B).
 *
 * Only the members that verification and display rely on, and those that a class cannot be without;
 * a value that JSON-LD would read the same way in another shape is a fault too, since a reader of the
 * JSON would not. Endorsements are verified by themselves.
 */
export function faultsOf(credential: JsonObject): readonly string[] {
  const faults: Faults = []
  addEnvelopeFaults(faults, credential)
  rule(faults, 'type names an Open Badge', isOpenBadge(credential))
  addSubjectFaults(faults, credential['credentialSubject'])
  rule(faults, 'name is a text', isOptional(credential['name'], isWords))
  addPartFaults(faults, 'evidence', { value: credential['evidence'], type: 'Evidence' })
  rule(faults, 'image is an Image', isOptional(credential['image'], isImage))
  return faults
}

/** Adds what is wrong with the members that a badge and an endorsement have in common. */
export function addEnvelopeFaults(faults: Faults, credential: JsonObject): void {
  rule(faults, '@context begins with VC and Open Badges', hasContexts(credential['@context']))
  rule(faults, 'type names a verifiable credential', hasType(credential, 'VerifiableCredential'))
  rule(faults, 'id is a text', isText(credential['id']))
  addDateFaults(faults, credential)
  addIssuerFaults(faults, credential['issuer'])
  rule(faults, 'description is a text', isOptional(credential['description'], isWords))
  for (const name of ['credentialStatus', 'credentialSchema', 'refreshService', 'termsOfUse']) {
    rule(faults, `${name} has a type`, asArray(credential[name]).every(hasTypeName))
  }
  for (const name of ['credentialSchema', 'refreshService']) {
    rule(faults, `${name} has an id`, asArray(credential[name]).every(hasId))
  }
}

/** The id of an issuer that is written as a text or as an object. */
export function issuerIdOf(issuer: unknown): string | undefined {
  const id = isJsonObject(issuer) ? issuer['id'] : issuer
  return typeof id === 'string' && id !== '' ? id : undefined
}

const DATES = ['validUntil', 'awardedDate', 'issuanceDate', 'expirationDate', 'validFrom']

function addDateFaults(faults: Faults, credential: JsonObject): void {
  const start = credential['validFrom'] ?? credential['issuanceDate']
  rule(faults, 'it says since when it is valid', start !== undefined)
  for (const name of DATES) {
    const holds = isOptional(credential[name], isDateTime)
    rule(faults, `${name} is a date-time with a zone`, holds)
  }
}

function addIssuerFaults(faults: Faults, issuer: unknown): void {
  if (!isJsonObject(issuer)) {
    rule(faults, 'issuer has an id', isText(issuer))
    return
  }
  rule(faults, 'issuer has an id', isText(issuer['id']))
  rule(faults, 'issuer is a Profile', hasType(issuer, 'Profile'))
  rule(faults, 'issuer.name is a text', isOptional(issuer['name'], isWords))
  rule(faults, 'issuer.url is a text', isOptional(issuer['url'], isText))
  addProfileFaults(faults, 'issuer', { profile: issuer, depth: 0 })
}

function addSubjectFaults(faults: Faults, subject: unknown): void {
  if (!isJsonObject(subject)) {
    faults.push('credentialSubject is an object')
    return
  }
  const { identifier, source, achievement } = subject
  const identifiers = asArray(identifier)
  const isNamed = 'id' in subject || identifiers.length > 0
  rule(faults, 'the subject is an AchievementSubject', hasType(subject, 'AchievementSubject'))
  rule(faults, 'the subject has an id or an identifier', isNamed)
  rule(faults, 'each identifier is an IdentityObject', identifiers.every(isIdentity))
  rule(faults, 'creditsEarned is a number', isOptional(subject['creditsEarned'], isNumber))
  addPartFaults(faults, 'result', { value: subject['result'], type: 'Result' })
  rule(faults, 'subject.image is an Image', isOptional(subject['image'], isImage))
  addOrganisationFaults(faults, 'subject.source', { value: source, depth: 0 })
  addAchievementFaults(faults, achievement)
}

function addAchievementFaults(faults: Faults, achievement: unknown): void {
  if (!isJsonObject(achievement)) {
    faults.push('achievement is an object')
    return
  }
  const { criteria, creditsAvailable, image, creator } = achievement
  rule(faults, 'achievement is an Achievement', hasType(achievement, 'Achievement'))
  rule(faults, 'achievement.id is a text', isText(achievement['id']))
  rule(faults, 'achievement.name is a text', isWords(achievement['name']))
  rule(faults, 'achievement.description is a text', isWords(achievement['description']))
  rule(faults, 'achievement.criteria has an id or a narrative', isCriteria(criteria))
  for (const name of ['achievementType', 'inLanguage']) {
    rule(faults, `achievement.${name} is a text`, isOptional(achievement[name], isText))
  }
  rule(faults, 'creditsAvailable is a number', isOptional(creditsAvailable, isNumber))
  rule(faults, 'achievement.image is an Image', isOptional(image, isImage))
  addOrganisationFaults(faults, 'achievement.creator', { value: creator, depth: 0 })
  for (const [name, type] of achievementParts) {
    addPartFaults(faults, name, { value: achievement[name], type })
  }
}

function isCriteria(criteria: unknown): boolean {
  return (
    isJsonObject(criteria) &&
    ('id' in criteria || 'narrative' in criteria) &&
    isOptional(criteria['narrative'], isWords)
  )
}

// Members that an object of each class cannot be without (Open Badges 3.0, appendix B), all of them texts.
const required = {
  Address: [],
  Alignment: ['targetName', 'targetUrl'],
  Evidence: [],
  IdentifierEntry: ['identifier', 'identifierType'],
  Profile: ['id'],
  Related: ['id'],
  Result: [],
  ResultDescription: ['id', 'name', 'resultType'],
  RubricCriterionLevel: ['id', 'name'],
} as const satisfies Readonly<Record<string, readonly string[]>>

// What is shown of each, once or not at all: twice the same is one statement, and nothing to a reader.
const shown: Readonly<Partial<Record<keyof typeof required, readonly string[]>>> = {
  Evidence: ['name', 'description', 'narrative'],
  Result: ['value', 'status', 'achievedLevel', 'resultDescription'],
}

// Classes inside classes.
const inner: Readonly<Partial<Record<keyof typeof required, [string, keyof typeof required][]>>> = {
  Result: [['alignment', 'Alignment']],
  ResultDescription: [
    ['alignment', 'Alignment'],
    ['rubricCriterionLevel', 'RubricCriterionLevel'],
  ],
  RubricCriterionLevel: [['alignment', 'Alignment']],
}

const achievementParts: readonly (readonly [string, keyof typeof required])[] = [
  ['alignment', 'Alignment'],
  ['resultDescription', 'ResultDescription'],
  ['related', 'Related'],
  ['otherIdentifier', 'IdentifierEntry'],
]

type Parts = { readonly value: unknown; readonly type: keyof typeof required }

function addPartFaults(faults: Faults, name: string, { value, type }: Parts): void {
  if (value === undefined) return
  for (const part of asArray(value)) {
    if (isJsonObject(part)) addFaultsOfPart(faults, name, { part, type })
    else faults.push(`${name} is made of objects`)
  }
}

function addFaultsOfPart(
  faults: Faults,
  name: string,
  { part, type }: { readonly part: JsonObject; readonly type: keyof typeof required },
): void {
  rule(faults, `${name} is of type ${type}`, hasType(part, type))
  for (const member of required[type]) {
    rule(faults, `${name}.${member} is a text`, isWords(part[member]))
  }
  for (const member of shown[type] ?? []) {
    rule(faults, `${name}.${member} is a text`, isOptional(part[member], isWords))
  }
  for (const [member, innerType] of inner[type] ?? []) {
    addPartFaults(faults, `${name}.${member}`, { value: part[member], type: innerType })
  }
}

const MAX_PARENTS = 8

type Organisation = { readonly value: unknown; readonly depth: number }

// An organisation within an organisation, within an organisation.
function addOrganisationFaults(faults: Faults, name: string, { value, depth }: Organisation): void {
  if (value === undefined) return
  if (depth > MAX_PARENTS) {
    faults.push(`${name} is nested less deeply`)
    return
  }
  addPartFaults(faults, name, { value, type: 'Profile' })
  if (isJsonObject(value)) addProfileFaults(faults, name, { profile: value, depth })
}

function addProfileFaults(
  faults: Faults,
  name: string,
  { profile, depth }: { readonly profile: JsonObject; readonly depth: number },
): void {
  const { otherIdentifier, parentOrg, image, address } = profile
  const geo = isJsonObject(address) ? address['geo'] : undefined
  rule(faults, `${name}.image is an Image`, isOptional(image, isImage))
  addPartFaults(faults, `${name}.otherIdentifier`, {
    value: otherIdentifier,
    type: 'IdentifierEntry',
  })
  addPartFaults(faults, `${name}.address`, { value: address, type: 'Address' })
  rule(faults, `${name}.address.geo is a place`, isOptional(geo, isPlace))
  addOrganisationFaults(faults, `${name}.parentOrg`, { value: parentOrg, depth: depth + 1 })
}

function isPlace(value: unknown): boolean {
  if (!isJsonObject(value)) return false
  const { latitude, longitude } = value
  return hasType(value, 'GeoCoordinates') && isNumber(latitude) && isNumber(longitude)
}

/** Adds the sentence that should hold, when it does not. */
export function rule(faults: Faults, name: string, holds: boolean): void {
  if (!holds) faults.push(name)
}

const OPEN_BADGES_CONTEXT =
  /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(-3\.\d\.\d)*\.json$/

// The order is part of the official schema; in another order terms may mean something else.
function hasContexts(context: unknown): boolean {
  const [first, second] = stringsOf(context)
  const isEnvelope = first === CREDENTIALS_V2 || first === CREDENTIALS_V1
  return isEnvelope && OPEN_BADGES_CONTEXT.test(second ?? '')
}

function isOpenBadge(credential: JsonObject): boolean {
  return hasType(credential, 'OpenBadgeCredential') || hasType(credential, 'AchievementCredential')
}

// "true" in quotes is the same statement as true, and not the same to a reader.
function isIdentity(value: unknown): boolean {
  if (!isJsonObject(value)) return false
  const { hashed, identityHash, identityType, salt } = value
  return (
    hasType(value, 'IdentityObject') &&
    typeof hashed === 'boolean' &&
    isText(identityHash) &&
    isText(identityType) &&
    isOptional(salt, isString)
  )
}

// Older badges give the address alone, which says the same.
function isImage(value: unknown): boolean {
  return isText(value) || (isJsonObject(value) && isText(value['id']) && hasType(value, 'Image'))
}

function hasId(value: unknown): boolean {
  return isJsonObject(value) && isText(value['id'])
}

function hasTypeName(value: unknown): boolean {
  return isJsonObject(value) && stringsOf(value['type']).length > 0
}

/** True when an object's type names `name`. */
export function hasType(value: JsonObject, name: string): boolean {
  const { type } = value
  return type === name || (Array.isArray(type) && type.includes(name))
}

function isOptional(value: unknown, check: (value: unknown) => boolean): boolean {
  return value === undefined || check(value)
}

/** True for a text, or a text in a language. */
export function isWords(value: unknown): boolean {
  return isText(value) || (isJsonObject(value) && isText(value['@value']))
}

/** True for a text that is not empty. */
export function isText(value: unknown): boolean {
  return isString(value) && value !== ''
}

function isString(value: unknown): boolean {
  return typeof value === 'string'
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number'
}
