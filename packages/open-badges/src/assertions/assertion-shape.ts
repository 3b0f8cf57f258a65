import { objectOf } from '../credentials/summary.js'
import { isDateTime } from '../json/date-time.js'
import { asArray, isJsonObject, type JsonObject, stringsOf } from '../json/json.js'
import { failed, passed } from '../report/checks.js'
import type { Check } from '../report/report.js'
import { identifierOf, isUrl } from './assertion-documents.js'
import { wordsOf } from './words.js'

/** How an assertion says that it is verified (OB 2.0, VerificationObject). */
export function wayOf(assertion: JsonObject): 'hosted' | 'signed' | undefined {
  const types = stringsOf(objectOf(assertion['verification'])['type'])
  if (types.some((type) => type === 'SignedBadge' || type === 'signed')) return 'signed'
  return types.some((type) => type === 'HostedBadge' || type === 'hosted') ? 'hosted' : undefined
}

/** Checks that an assertion has what it must have (OB 2.0, Assertion). */
export function checkAssertionShape(assertion: JsonObject): Check {
  const types = stringsOf(assertion['type'])
  if (!types.includes('Assertion')) {
    const found = types.join(' and ').slice(0, 80)
    return malformed(
      found === ''
        ? 'The document does not say that it is an assertion.'
        : `This is of type ${found}, not an assertion; give the badge that somebody was awarded.`,
    )
  }
  return toCheck('assertion', faultsOfAssertion(assertion))
}

function faultsOfAssertion(assertion: JsonObject): readonly string[] {
  const { id, badge, issuedOn, expires, image } = assertion
  const { identity, type, hashed } = objectOf(assertion['recipient'])
  const isNamed = typeof id === 'string' && id !== ''
  return [
    // Only 0.5 has no id, and only until it is fetched; a signed one may have any.
    ...rule('id is an address', wayOf(assertion) === 'hosted' ? !isNamed || isUrl(id) : isNamed),
    ...rule('badge is an address or a BadgeClass', isUrl(badge) || isJsonObject(badge)),
    ...rule('recipient has an identity', typeof identity === 'string' && identity !== ''),
    ...rule('recipient has a type', stringsOf(type).length > 0),
    ...rule('recipient says whether it is hashed', hashed === undefined || isBoolean(hashed)),
    ...rule('issuedOn is a date-time with a zone', isDateTime(issuedOn)),
    ...rule('expires is a date-time with a zone', expires === undefined || isDateTime(expires)),
    ...rule('verification is hosted or signed', wayOf(assertion) !== undefined),
    ...faultsOfImage(image, 'the assertion'),
  ]
}

/** Checks what an assertion leads to; before 2.0 less was required (OB 2.0, BadgeClass, Profile). */
export function checkGraphShape(
  { badgeClass, issuer }: { readonly badgeClass: JsonObject; readonly issuer: JsonObject },
  isVersion2: boolean,
): Check {
  const faults = [
    ...rule('the BadgeClass has a name', isWords(badgeClass['name'])),
    ...rule('the BadgeClass has a description', isWords(badgeClass['description'])),
    ...rule('the BadgeClass has criteria', hasOneCriteria(badgeClass['criteria'])),
    ...faultsOfImage(badgeClass['image'], 'the BadgeClass'),
    ...rule('the issuer has a name', isWords(issuer['name'])),
    ...rule('the issuer has a url', isText(issuer['url'])),
  ]
  if (!isVersion2) return toCheck('badge and its issuer', faults)
  const types = stringsOf(issuer['type'])
  return toCheck('badge and its issuer', [
    ...rule(
      'the BadgeClass is of type BadgeClass',
      stringsOf(badgeClass['type']).includes('BadgeClass'),
    ),
    ...rule('the issuer has an id', isText(issuer['id'])),
    ...rule('the issuer is a Profile', types.includes('Issuer') || types.includes('Profile')),
    ...rule('the issuer has an email', isText(issuer['email'])),
    ...faults,
  ])
}

/** Checks that an endorsement has what it must have (OB 2.0, Endorsement). */
export function checkEndorsementShape(endorsement: JsonObject): Check {
  const { id, type, claim, issuer, issuedOn, expires } = endorsement
  const isNamed = wayOf(endorsement) === 'hosted' ? isUrl(id) : isText(id)
  return toCheck('endorsement', [
    ...rule('type is Endorsement', stringsOf(type).includes('Endorsement')),
    ...rule('id is an address', isNamed),
    ...rule('claim names what is endorsed', isText(objectOf(claim)['id'])),
    ...rule('issuer is an address or a Profile', isText(identifierOf(issuer))),
    ...rule('issuedOn is a date-time with a zone', isDateTime(issuedOn)),
    ...rule('expires is a date-time with a zone', expires === undefined || isDateTime(expires)),
    ...rule('verification is hosted or signed', wayOf(endorsement) !== undefined),
  ])
}

// OB 2.0, Image and Assertion: a PNG or SVG. Only a BadgeClass may have it written inside.
function faultsOfImage(image: unknown, owner: 'the BadgeClass' | 'the assertion') {
  const address = identifierOf(image)
  if (image === undefined || image === null || image === '') return []
  if (address === undefined) return [`the image of ${owner} has an address`]
  if (!/^data:/i.test(address)) return []
  return owner === 'the assertion'
    ? ['the image of the assertion is an address, not written inside']
    : rule(`the image of ${owner} is a PNG or SVG`, INLINE_IMAGE.test(address))
}

// Parameters such as a character set may follow (RFC 2397, 3).
const INLINE_IMAGE = /^data:image\/(png|svg\+xml)\s*[;,]/i

function hasOneCriteria(criteria: unknown): boolean {
  const [one, ...others] = asArray(criteria)
  const { id, narrative } = objectOf(one)
  return others.length === 0 && (isText(one) || isText(id) || isWords(narrative))
}

function toCheck(what: string, faults: readonly string[]): Check {
  if (faults.length === 0) return passed('schema', `The ${what} has the members it must have.`)
  const message = `Malformed: the ${what}. What should hold: ${faults.join('; ')}.`
  return malformed(message, faults)
}

function malformed(message: string, faults: readonly string[] = []): Check {
  return failed('schema', { error: 'ERR_OB_MALFORMED', message }, { detail: { faults } })
}

function rule(name: string, holds: boolean): readonly string[] {
  return holds ? [] : [name]
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== ''
}

function isWords(value: unknown): boolean {
  return isText(wordsOf(value))
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean'
}
