import { objectOf, text } from '../credentials/summary.js'
import { isJsonObject, type JsonObject } from '../json/json.js'
import { present } from '../json/members.js'
import { kindOf } from '../reading/detect.js'

/**
 * An assertion of any version before 3.0 in the words of 2.0, so that one set of checks does.
 *
 * `source` is the address that served it: versions 1.0 and 0.5 do not always say.
 */
export function upgradeAssertion(document: JsonObject, source?: string): JsonObject {
  const kind = kindOf(document)
  if (kind === 'Assertion 1.1' || kind === 'Assertion 1.0') return fromVersion1(document, source)
  return kind === 'Assertion 0.5' ? fromVersion05(document, source) : document
}

// `verify` became `verification`, its `url` the id or the key (OB 1.1, VerificationObject).
function fromVersion1(document: JsonObject, source: string | undefined): JsonObject {
  const { verify, uid, issuedOn, expires, badge, type, ...rest } = document
  const { type: how, url } = objectOf(verify)
  const isSigned = how === 'signed'
  const id = text(rest['id']) ?? (isSigned ? `uid:${String(uid)}` : (text(url) ?? source))
  return present({
    ...rest,
    id,
    uid,
    type: type ?? 'Assertion',
    issuedOn: toDateTime(issuedOn, 'T00:00:00Z'),
    expires: toDateTime(expires, 'T23:59:59Z'),
    badge: isJsonObject(badge) ? { type: 'BadgeClass', ...badge } : badge,
    verification: present({
      type: isSigned ? 'SignedBadge' : how === 'hosted' ? 'HostedBadge' : how,
      creator: isSigned ? url : undefined,
    }),
  })
}

// The recipient was a text, and badge and issuer were written inside (OB 0.5, Assertion).
function fromVersion05(document: JsonObject, source: string | undefined): JsonObject {
  const { recipient, salt, issued_on, expires, badge, ...rest } = document
  const badgeClass = objectOf(badge)
  return present({
    ...rest,
    id: source,
    type: 'Assertion',
    recipient: present({
      type: 'email',
      identity: recipient,
      hashed: !String(recipient).includes('@'),
      salt,
    }),
    issuedOn: toDateTime(issued_on, 'T00:00:00Z'),
    expires: toDateTime(expires, 'T23:59:59Z'),
    badge: { ...badgeClass, type: 'BadgeClass', issuer: fromIssuer05(badgeClass['issuer']) },
    verification: { type: 'HostedBadge' },
  })
}

function fromIssuer05(issuer: unknown): JsonObject {
  const { origin, name, org, contact } = objectOf(issuer)
  const full = [name, org].filter((part) => typeof part === 'string' && part !== '').join(': ')
  return present({ type: 'Issuer', name: full, url: origin, email: contact })
}

// Before 2.0 a date was a day, a moment, or seconds since 1970; a day ends with its last second.
function toDateTime(value: unknown, rest: string): unknown {
  if (typeof value === 'number' || /^\d{9,11}$/.test(String(value))) {
    const date = new Date(Number(value) * 1000)
    return Number.isNaN(date.getTime()) ? value : date.toISOString()
  }
  if (typeof value !== 'string') return value
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return value + rest
  return /T\d\d:\d\d:\d\d(\.\d+)?$/.test(value) ? `${value}Z` : value
}
