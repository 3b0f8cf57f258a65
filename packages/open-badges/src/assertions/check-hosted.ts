import { isDeepStrictEqual } from 'node:util'
import { objectOf, text } from '../credentials/summary.js'
import { OpenBadgesError } from '../errors.js'
import { type JsonObject, stringsOf } from '../json/json.js'
import type { Documents } from '../keys/resolve-key.js'
import { failed, failedBy, passed, skipped, warning } from '../report/checks.js'
import type { Check } from '../report/report.js'
import { fetchServed, hostOf, identifierOf, isGone, isUrl } from './assertion-documents.js'
import { checkAssertionShape } from './assertion-shape.js'
import { upgradeAssertion } from './upgrade-assertion.js'

/** The assertion to believe, when there is one, and what came of asking for it. */
export type Hosted = { readonly checks: readonly Check[]; readonly assertion?: JsonObject }

/**
 * Fetches an assertion at its own address: only what is there counts (OB 2.0, Hosted Verification).
 *
 * An address that is gone, or says so in its answer, revokes.
 */
export async function fetchHosted(copy: JsonObject, documents: Documents): Promise<Hosted> {
  const { id } = copy
  if (!isUrl(id)) {
    const message = 'The badge does not say where it is hosted; give the address it was issued at.'
    return { checks: [skipped('proof', message)] }
  }
  try {
    return await askFor(id, copy, documents)
  } catch (error) {
    if (isGone(error)) return revoked(copy, 'The address of the badge answers that it is gone.')
    const more = { detail: { url: id } }
    return {
      checks: [
        error instanceof OpenBadgesError
          ? { ...failedBy('proof', error, 'ERR_OB_HOSTED_MISMATCH'), ...more }
          : failed('proof', { error: 'ERR_OB_HOSTED_UNREACHABLE', message: unreachable }, more),
      ],
    }
  }
}

const unreachable =
  'The address of the badge does not answer, so nobody confirms it; try again later.'

async function askFor(id: string, copy: JsonObject, documents: Documents): Promise<Hosted> {
  const answer = await documents(id)
  if (answer['revoked'] === true) {
    const reason = { revocationReason: answer['revocationReason'] }
    return revoked({ ...copy, ...reason }, 'The address of the badge answers that it is revoked.')
  }
  const { document, url, moved } = await fetchServed(id, documents)
  const assertion = upgradeAssertion(document, url)
  const shape = checkAssertionShape(assertion)
  if (shape.outcome === 'failed') return { checks: [shape] }
  const different = differences(copy, assertion)
  if (different.some((name) => IDENTITY.includes(name))) {
    const message =
      'The address of the badge serves a different badge; ask the issuer for a new copy.'
    const more = { detail: { url, different } }
    return { checks: [failed('proof', { error: 'ERR_OB_HOSTED_MISMATCH', message }, more)] }
  }
  const checks = [
    passed('proof', 'The badge is hosted where it says it is.', { detail: { url } }),
    ...(moved ? [warning('proof', `The badge has moved to ${url}.`)] : []),
    ...(different.length > 0 ? [outdated(different)] : []),
  ]
  return { assertion, checks }
}

function revoked(copy: JsonObject, message: string): Hosted {
  return { assertion: { ...copy, revoked: true }, checks: [passed('proof', message)] }
}

function outdated(different: readonly string[]): Check {
  const message = `The copy at hand is out of date: its host now says otherwise about ${different.join(', ')}.`
  return warning('proof', message, { detail: { different } })
}

// Who was given what and when: with another of these it is another badge.
const IDENTITY = ['badge', 'recipient', 'issuedOn']
const NAMES = [...IDENTITY, 'expires', 'image', 'evidence', 'narrative']

function differences(copy: JsonObject, hosted: JsonObject): readonly string[] {
  return NAMES.filter((name) => !isDeepStrictEqual(keyOf(name, copy), keyOf(name, hosted)))
}

function keyOf(name: string, assertion: JsonObject): unknown {
  const value = assertion[name]
  if (name === 'recipient') return objectOf(value)['identity']
  // The same BadgeClass may be written out in one copy and linked in the other.
  if (name === 'badge') return identifierOf(value) ?? text(objectOf(value)['name'])
  return name === 'issuedOn' ? Date.parse(String(value)) : value
}

/** Checks that an issuer speaks for the address of a badge (OB 2.0, VerificationObject). */
export function checkScope(assertion: JsonObject, issuer: JsonObject): Check {
  const id = String(assertion['id'])
  const scope = objectOf(issuer['verification'])
  const hosts = stringsOf(scope['allowedOrigins'])
  const starts = stringsOf(scope['startsWith'])
  // Before 1.1 an issuer had no address, only the origin of all its badges (OB 0.5, issuer.origin).
  const allowed = hosts.length > 0 ? hosts : [hostOf(issuer['id'] ?? issuer['url'])]
  const isOurs =
    hostOf(id) !== '' &&
    allowed.some((host) => host.toLowerCase() === hostOf(id)) &&
    (starts.length === 0 || starts.some((start) => id.startsWith(start)))
  const more = { detail: { issuer: issuer['id'] ?? issuer['url'], badge: id } }
  if (isOurs) return passed('issuer', 'The issuer vouches for the address of the badge.', more)
  const message =
    'The issuer does not vouch for badges at this address: it may be somebody else who uses its name.'
  return failed('issuer', { error: 'ERR_OB_KEY_NOT_BOUND', message }, more)
}
