import { isDateTime } from '../json/date-time.js'
import { asArray, isJsonObject, type JsonObject, stringsOf } from '../json/json.js'
import { CREDENTIALS_V1, CREDENTIALS_V2 } from '../json-ld/contexts.js'

/**
 * What is wrong with the shape of a credential, in words (Open Badges 3.0, B.1).
 *
 * Only the members that verification and display rely on; a value that JSON-LD would read the
 * same way in another shape is a fault too, since a reader of the JSON would not.
 */
export function faultsOf(credential: JsonObject): readonly string[] {
  return [
    ...rule('@context begins with VC and Open Badges', hasContexts(credential['@context'])),
    ...rule('type names a verifiable credential', hasType(credential, 'VerifiableCredential')),
    ...rule('type names an Open Badge', isOpenBadge(credential)),
    ...rule('id is a text', isText(credential['id'])),
    ...faultsOfDates(credential),
    ...faultsOfIssuer(credential['issuer']),
    ...faultsOfSubject(credential['credentialSubject']),
    ...rule('name is a text', isOptional(credential['name'], isWords)),
    ...rule('description is a text', isOptional(credential['description'], isWords)),
    ...rule(
      'credentialStatus has a type',
      asArray(credential['credentialStatus']).every(hasTypeName),
    ),
    ...rule('evidence is made of objects', asArray(credential['evidence']).every(isJsonObject)),
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
    ...faultsOfAchievement(subject['achievement']),
  ]
}

function faultsOfAchievement(achievement: unknown): readonly string[] {
  if (!isJsonObject(achievement)) return ['achievement is an object']
  const { criteria } = achievement
  const says = isJsonObject(criteria) && ('id' in criteria || 'narrative' in criteria)
  return [
    ...rule('achievement is an Achievement', hasType(achievement, 'Achievement')),
    ...rule('achievement.id is a text', isText(achievement['id'])),
    ...rule('achievement.name is a text', isWords(achievement['name'])),
    ...rule('achievement.description is a text', isWords(achievement['description'])),
    ...rule('achievement.criteria has an id or a narrative', says),
    ...rule('creditsAvailable is a number', isOptional(achievement['creditsAvailable'], isNumber)),
  ]
}

function rule(name: string, holds: boolean): readonly string[] {
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
  const { hashed, identityHash, salt } = value
  return (
    hasType(value, 'IdentityObject') &&
    typeof hashed === 'boolean' &&
    isText(identityHash) &&
    isOptional(salt, isString)
  )
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

// Text, or text in a language.
function isWords(value: unknown): boolean {
  return isText(value) || (isJsonObject(value) && isText(value['@value']))
}

function isText(value: unknown): boolean {
  return isString(value) && value !== ''
}

function isString(value: unknown): boolean {
  return typeof value === 'string'
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number'
}
