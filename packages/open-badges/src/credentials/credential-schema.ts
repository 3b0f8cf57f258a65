import { isDateTime } from '../json/date-time.js'
import { asArray, isJsonObject, type JsonObject, stringsOf } from '../json/json.js'
import { CREDENTIALS_V1, CREDENTIALS_V2 } from '../json-ld/contexts.js'

/**
 * What is wrong with the shape of a credential, in words (Open Badges 3.0, appendix B).
 *
 * Only the members that verification and display rely on, and those that a class cannot be without;
 * a value that JSON-LD would read the same way in another shape is a fault too, since a reader of the
 * JSON would not. Endorsements are verified by themselves.
 */
export function faultsOf(credential: JsonObject): readonly string[] {
  return [
    ...faultsOfEnvelope(credential),
    ...rule('type names an Open Badge', isOpenBadge(credential)),
    ...faultsOfSubject(credential['credentialSubject']),
    ...rule('name is a text', isOptional(credential['name'], isWords)),
    ...faultsOfParts('evidence', credential['evidence'], 'Evidence'),
    ...rule('image is an Image', isOptional(credential['image'], isImage)),
  ]
}

/** What is wrong with the members that a badge and an endorsement have in common. */
export function faultsOfEnvelope(credential: JsonObject): readonly string[] {
  return [
    ...rule('@context begins with VC and Open Badges', hasContexts(credential['@context'])),
    ...rule('type names a verifiable credential', hasType(credential, 'VerifiableCredential')),
    ...rule('id is a text', isText(credential['id'])),
    ...faultsOfDates(credential),
    ...faultsOfIssuer(credential['issuer']),
    ...rule('description is a text', isOptional(credential['description'], isWords)),
    ...['credentialStatus', 'credentialSchema', 'refreshService', 'termsOfUse'].flatMap((name) =>
      rule(`${name} has a type`, asArray(credential[name]).every(hasTypeName)),
    ),
    ...['credentialSchema', 'refreshService'].flatMap((name) =>
      rule(`${name} has an id`, asArray(credential[name]).every(hasId)),
    ),
  ]
}

/** The id of an issuer that is written as a text or as an object. */
export function issuerIdOf(issuer: unknown): string | undefined {
  const id = isJsonObject(issuer) ? issuer['id'] : issuer
  return typeof id === 'string' && id !== '' ? id : undefined
}

function faultsOfDates(credential: JsonObject): readonly string[] {
  const start = credential['validFrom'] ?? credential['issuanceDate']
  const others = ['validUntil', 'awardedDate', 'issuanceDate', 'expirationDate', 'validFrom']
  return [
    ...rule('it says since when it is valid', start !== undefined),
    ...others.flatMap((name) =>
      rule(`${name} is a date-time with a zone`, isOptional(credential[name], isDateTime)),
    ),
  ]
}

function faultsOfIssuer(issuer: unknown): readonly string[] {
  if (!isJsonObject(issuer)) return rule('issuer has an id', isText(issuer))
  return [
    ...rule('issuer has an id', isText(issuer['id'])),
    ...rule('issuer is a Profile', hasType(issuer, 'Profile')),
    ...rule('issuer.name is a text', isOptional(issuer['name'], isWords)),
    ...rule('issuer.url is a text', isOptional(issuer['url'], isText)),
    ...faultsOfProfile('issuer', issuer),
  ]
}

function faultsOfSubject(subject: unknown): readonly string[] {
  if (!isJsonObject(subject)) return ['credentialSubject is an object']
  const identifiers = asArray(subject['identifier'])
  return [
    ...rule('the subject is an AchievementSubject', hasType(subject, 'AchievementSubject')),
    ...rule('the subject has an id or an identifier', 'id' in subject || identifiers.length > 0),
    ...rule('each identifier is an IdentityObject', identifiers.every(isIdentity)),
    ...rule('creditsEarned is a number', isOptional(subject['creditsEarned'], isNumber)),
    ...faultsOfParts('result', subject['result'], 'Result'),
    ...rule('subject.image is an Image', isOptional(subject['image'], isImage)),
    ...faultsOfOrganisation('subject.source', subject['source']),
    ...faultsOfAchievement(subject['achievement']),
  ]
}

function faultsOfAchievement(achievement: unknown): readonly string[] {
  if (!isJsonObject(achievement)) return ['achievement is an object']
  const { criteria } = achievement
  const says =
    isJsonObject(criteria) &&
    ('id' in criteria || 'narrative' in criteria) &&
    isOptional(criteria['narrative'], isWords)
  return [
    ...rule('achievement is an Achievement', hasType(achievement, 'Achievement')),
    ...rule('achievement.id is a text', isText(achievement['id'])),
    ...rule('achievement.name is a text', isWords(achievement['name'])),
    ...rule('achievement.description is a text', isWords(achievement['description'])),
    ...rule('achievement.criteria has an id or a narrative', says),
    ...['achievementType', 'inLanguage'].flatMap((name) =>
      rule(`achievement.${name} is a text`, isOptional(achievement[name], isText)),
    ),
    ...rule('creditsAvailable is a number', isOptional(achievement['creditsAvailable'], isNumber)),
    ...rule('achievement.image is an Image', isOptional(achievement['image'], isImage)),
    ...faultsOfOrganisation('achievement.creator', achievement['creator']),
    ...faultsOfParts('alignment', achievement['alignment'], 'Alignment'),
    ...faultsOfParts('resultDescription', achievement['resultDescription'], 'ResultDescription'),
    ...faultsOfParts('related', achievement['related'], 'Related'),
    ...faultsOfParts('otherIdentifier', achievement['otherIdentifier'], 'IdentifierEntry'),
  ]
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

function faultsOfParts(
  name: string,
  value: unknown,
  type: keyof typeof required,
): readonly string[] {
  return asArray(value).flatMap((part) => {
    if (!isJsonObject(part)) return [`${name} is made of objects`]
    return [
      ...rule(`${name} is of type ${type}`, hasType(part, type)),
      ...required[type].flatMap((member) =>
        rule(`${name}.${member} is a text`, isWords(part[member])),
      ),
      ...(shown[type] ?? []).flatMap((member) =>
        rule(`${name}.${member} is a text`, isOptional(part[member], isWords)),
      ),
      ...(inner[type] ?? []).flatMap(([member, innerType]) =>
        faultsOfParts(`${name}.${member}`, part[member], innerType),
      ),
    ]
  })
}

const MAX_PARENTS = 8

// An organisation within an organisation, within an organisation.
function faultsOfOrganisation(name: string, value: unknown, depth = 0): readonly string[] {
  if (value === undefined) return []
  if (depth > MAX_PARENTS) return [`${name} is nested less deeply`]
  return [
    ...faultsOfParts(name, value, 'Profile'),
    ...(isJsonObject(value) ? faultsOfProfile(name, value, depth) : []),
  ]
}

function faultsOfProfile(name: string, profile: JsonObject, depth = 0): readonly string[] {
  const { otherIdentifier, parentOrg, image, address } = profile
  const geo = isJsonObject(address) ? address['geo'] : undefined
  return [
    ...rule(`${name}.image is an Image`, isOptional(image, isImage)),
    ...faultsOfParts(`${name}.otherIdentifier`, otherIdentifier, 'IdentifierEntry'),
    ...faultsOfParts(`${name}.address`, address, 'Address'),
    ...rule(`${name}.address.geo is a place`, isOptional(geo, isPlace)),
    ...faultsOfOrganisation(`${name}.parentOrg`, parentOrg, depth + 1),
  ]
}

function isPlace(value: unknown): boolean {
  if (!isJsonObject(value)) return false
  const { latitude, longitude } = value
  return hasType(value, 'GeoCoordinates') && isNumber(latitude) && isNumber(longitude)
}

/** The sentence that should hold, when it does not. */
export function rule(name: string, holds: boolean): readonly string[] {
  return holds ? [] : [name]
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
  return stringsOf(value['type']).includes(name)
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
