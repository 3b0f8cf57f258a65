import { checkDates } from './check-dates.js'
import { checkRecipient, type Identity } from './check-recipient.js'
import { failed, failedBy, passed } from './checks.js'
import { isDateTime } from './date-time.js'
import { OpenBadgesError } from './errors.js'
import { isJsonObject, type JsonObject, stringsOf } from './json.js'
import { present } from './members.js'
import type { BadgeSummary, Check, VerifyOptions } from './report.js'
import type { Documents } from './resolve-key.js'
import { criteriaOf, imageOf, objectOf, text } from './summary.js'

const HOSTED = 'Open Badges 2.0, Hosted Verification'

/**
 * All checks of a hosted Open Badges 2.0 assertion (OB 2.0, Hosted Verification).
 *
 * Only what its own address answers is believed; the copy at hand must agree with it.
 */
export async function checkHosted(
  copy: JsonObject,
  { now, recipient }: VerifyOptions,
  documents: Documents,
): Promise<{ checks: readonly Check[]; badge: BadgeSummary }> {
  const schema = checkShape(copy)
  if (schema.outcome === 'failed') return { checks: [schema], badge: summaryOf(copy, {}, {}) }
  let assertion: JsonObject
  try {
    assertion = await fetchAssertion(copy, documents)
  } catch (error) {
    const proof = { ...failedBy('proof', error, 'ERR_OB_HOSTED_UNREACHABLE'), clause: HOSTED }
    return { checks: [schema, proof], badge: summaryOf(copy, objectOf(copy['badge']), {}) }
  }
  const { check, badgeClass, issuer } = await checkIssuer(assertion, documents)
  const checks = [
    schema,
    passed('proof', 'The badge is hosted where it says it is.', { clause: HOSTED }),
    check,
    checkRevoked(assertion),
    checkDates({ validFrom: assertion['issuedOn'], validUntil: assertion['expires'] }, now),
    checkRecipient(identityOf(assertion), recipient),
  ]
  return { checks, badge: summaryOf(assertion, badgeClass, issuer) }
}

function checkShape(copy: JsonObject): Check {
  const { id, badge, recipient, issuedOn, verification } = copy
  const kinds = stringsOf(objectOf(verification)['type'])
  if (kinds.some((kind) => kind === 'SignedBadge' || kind === 'signed')) {
    const message = 'Signed badges of version 2.0 are not read here yet.'
    return failed('schema', { error: 'ERR_OB_UNSUPPORTED', message })
  }
  const sound =
    stringsOf(copy['type']).includes('Assertion') &&
    isUrl(id) &&
    (isUrl(badge) || isJsonObject(badge)) &&
    isJsonObject(recipient) &&
    isDateTime(issuedOn)
  return sound
    ? passed('schema', 'The badge has the members it must have.', { clause: HOSTED })
    : failed('schema', {
        error: 'ERR_OB_MALFORMED',
        message: 'The assertion lacks a proper type, id, badge, recipient or issuedOn.',
      })
}

async function fetchAssertion(copy: JsonObject, documents: Documents): Promise<JsonObject> {
  const url = String(copy['id'])
  const hosted = await documents(url)
  if (hosted['revoked'] === true) return { ...copy, ...hosted }
  const same =
    hosted['id'] === url &&
    identifierOf(hosted['badge']) === identifierOf(copy['badge']) &&
    hosted['issuedOn'] === copy['issuedOn'] &&
    objectOf(hosted['recipient'])['identity'] === objectOf(copy['recipient'])['identity']
  if (same && isDateTime(hosted['issuedOn'])) return hosted
  throw new OpenBadgesError('ERR_OB_HOSTED_MISMATCH', `${url} serves a different badge.`)
}

async function checkIssuer(assertion: JsonObject, documents: Documents) {
  let badgeClass: JsonObject = {}
  let issuer: JsonObject = {}
  try {
    const { badge } = assertion
    badgeClass = isJsonObject(badge) ? badge : await documents(String(badge))
    // An embedded issuer is anybody's claim; its own address says which hosts speak for it.
    const issuerId = identifierOf(badgeClass['issuer'])
    issuer = await documents(String(issuerId))
    return { check: toIssuerCheck(assertion, issuer, issuerId), badgeClass, issuer }
  } catch (error) {
    return { check: failedBy('issuer', error, 'ERR_OB_ISSUER_UNREACHABLE'), badgeClass, issuer }
  }
}

function toIssuerCheck(assertion: JsonObject, issuer: JsonObject, issuerId: unknown): Check {
  const id = String(assertion['id'])
  const scope = objectOf(issuer['verification'])
  const hosts = stringsOf(scope['allowedOrigins'])
  const starts = stringsOf(scope['startsWith'])
  const allowed = hosts.length > 0 ? hosts : [hostOf(String(issuerId))]
  const speaks =
    issuer['id'] === issuerId &&
    allowed.includes(hostOf(id)) &&
    (starts.length === 0 || starts.some((start) => id.startsWith(start)))
  const more = { clause: HOSTED, detail: { issuer: String(issuerId) } }
  if (speaks) return passed('issuer', 'The issuer vouches for the address of the badge.', more)
  const message = 'The issuer does not vouch for badges at this address.'
  return failed(
    'issuer',
    { error: 'ERR_OB_KEY_NOT_BOUND', message },
    { ...more, detail: { ...more.detail, badge: id } },
  )
}

function checkRevoked({ revoked, revocationReason }: JsonObject): Check {
  if (revoked !== true) return passed('status', 'The issuer has not revoked the badge.')
  const reason = typeof revocationReason === 'string' ? `: ${revocationReason}` : '.'
  const message = `The issuer has revoked the badge${reason}`
  return failed('status', { error: 'ERR_OB_REVOKED', message }, { clause: HOSTED })
}

function identityOf({ recipient }: JsonObject): readonly Identity[] {
  const { identity, salt } = objectOf(recipient)
  return typeof identity === 'string' ? [{ hash: identity, salt: text(salt) ?? '' }] : []
}

function summaryOf(assertion: JsonObject, badgeClass: JsonObject, issuer: JsonObject) {
  const { identity, hashed } = objectOf(assertion['recipient'])
  return present({
    id: text(assertion['id']),
    name: text(badgeClass['name']),
    description: text(badgeClass['description']),
    image: imageOf(badgeClass['image']) ?? imageOf(assertion['image']),
    achievementId: identifierOf(assertion['badge']),
    achievementName: text(badgeClass['name']),
    criteria: criteriaOf(badgeClass['criteria']),
    issuerId: text(issuer['id']) ?? identifierOf(badgeClass['issuer']),
    issuerName: text(issuer['name']),
    issuerUrl: text(issuer['url']),
    recipient: hashed === false ? text(identity) : undefined,
    validFrom: text(assertion['issuedOn']),
    validUntil: text(assertion['expires']),
  })
}

function identifierOf(value: unknown): string | undefined {
  return text(value) ?? text(objectOf(value)['id'])
}

function isUrl(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value)
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}
