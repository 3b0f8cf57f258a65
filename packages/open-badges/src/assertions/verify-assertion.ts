import { objectOf, text } from '../credentials/summary.js'
import { isDateTime, toMilliseconds } from '../json/date-time.js'
import type { JsonObject } from '../json/json.js'
import type { Documents } from '../keys/resolve-key.js'
import type { RecognisedBadge } from '../reading/input.js'
import { checkDates } from '../report/check-dates.js'
import { checkRecipient, type Identity } from '../report/check-recipient.js'
import { failed, skipped } from '../report/checks.js'
import type { Check, CheckCode, Report, VerifyOptions } from '../report/report.js'
import { fetchGraph, type Graph } from './assertion-graph.js'
import { remarksOn } from './assertion-remarks.js'
import { checkAssertionShape, checkGraphShape, wayOf } from './assertion-shape.js'
import { summaryOf } from './assertion-summary.js'
import { checkEndorsements } from './check-endorsements.js'
import { fetchHosted } from './check-hosted.js'
import { checkJws } from './check-jws.js'
import { checkRevocationList, checkRevoked } from './check-revocation.js'
import { checkScope } from './check-scope.js'
import { upgradeAssertion } from './upgrade-assertion.js'

/** Checks of an assertion before 3.0, and what it says. */
type Found = Pick<Report, 'checks' | 'badge' | 'endorsements'>

/** Everything that the checks of one assertion share. */
type Question = {
  readonly badge: RecognisedBadge
  readonly options: VerifyOptions
  readonly documents: Documents
}

/**
 * All checks of an assertion of Open Badges 2.1, 2.0, 1.1, 1.0 or 0.5 (OB 2.0, Verification).
 *
 * A hosted one is believed at its address only, a signed one by its issuer's key only.
 */
export async function checkAssertion(
  badge: RecognisedBadge,
  options: VerifyOptions,
  documents: Documents,
): Promise<Found> {
  const copy = upgradeAssertion(badge.document, badge.source)
  const shape = checkAssertionShape(copy)
  const question = { badge, options, documents: withSource(badge, documents) }
  if (shape.outcome === 'failed') {
    return { checks: [inVersion(badge, shape)], badge: summaryOf(copy, unknownGraph(copy)) }
  }
  const found = await (wayOf(copy) === 'signed' ? checkSigned : checkHosted)(copy, question)
  return { ...found, checks: [shape, ...found.checks].map((check) => inVersion(badge, check)) }
}

async function checkHosted(copy: JsonObject, question: Question): Promise<Found> {
  const { documents } = question
  const { assertion, checks } = await fetchHosted(copy, documents)
  if (assertion === undefined) {
    const message = 'This is not checked while its host does not confirm the badge.'
    const rest = [skipped('issuer', message), skipped('status', message)]
    return { checks: [...checks, ...rest], badge: summaryOf(copy, unknownGraph(copy)) }
  }
  const graph = await fetchGraph(assertion, documents)
  const proofs = [...checks, graph.problem ?? checkScope(assertion, graph.issuer)]
  return await checkRest({ assertion, graph, proofs, status: checkRevoked(assertion) }, question)
}

async function checkSigned(assertion: JsonObject, question: Question): Promise<Found> {
  const { badge, options, documents } = question
  const { token } = badge
  if (token === undefined) {
    const message = 'A signed badge counts only in its signed form: give the image or the JWS.'
    const missing = failed('proof', { error: 'ERR_OB_PROOF_MISSING', message })
    return { checks: [missing], badge: summaryOf(assertion, unknownGraph(assertion)) }
  }
  const graph = await fetchGraph(assertion, documents)
  const version = { isVersion2: isVersion2(badge) }
  const proofs = graph.problem
    ? [skipped('proof', 'Without its issuer the signature cannot be checked.'), graph.problem]
    : await checkJws({ token, assertion, issuer: graph.issuer, ...version }, options.documents)
  // Whoever forged a badge also chose its list: nobody is asked on the word of a forger.
  const status = proofs.every(({ outcome }) => outcome === 'passed')
    ? await checkRevocationList({ assertion, issuer: graph.issuer, ...version }, documents)
    : skipped('status', 'Without a proof the list of revoked badges cannot be trusted.')
  return await checkRest({ assertion, graph, proofs, status }, question)
}

type Proven = {
  readonly assertion: JsonObject
  readonly graph: Graph
  /** Who says it: where it is hosted or by whom it is signed. */
  readonly proofs: readonly Check[]
  readonly status: Check
}

async function checkRest(
  { assertion, graph, proofs, status }: Proven,
  { badge, options, documents }: Question,
): Promise<Found> {
  const { now, recipient } = options
  // On the word of a forger nobody is asked.
  const isProven = proofs.every(({ outcome }) => outcome === 'passed' || outcome === 'warning')
  const { checks, ...endorsed } = isProven
    ? await checkEndorsements({ assertion, graph, options, documents })
    : { checks: [] }
  return {
    checks: [
      ...proofs,
      status,
      ...(graph.problem ? [] : [checkGraphShape(graph, isVersion2(badge))]),
      ...remarksOn(assertion, graph),
      checkAssertionDates(assertion, now),
      checkRecipient(identityOf(assertion), recipient),
      ...checks,
    ],
    badge: summaryOf(assertion, graph),
    ...endorsed,
  }
}

function checkAssertionDates({ issuedOn, expires }: JsonObject, now: Date): Check {
  if (isDateTime(issuedOn) && isDateTime(expires)) {
    if (toMilliseconds(expires) < toMilliseconds(issuedOn)) {
      const message = 'The badge expires before it was issued.'
      return failed('dates', { error: 'ERR_OB_MALFORMED', message })
    }
  }
  return checkDates({ validFrom: issuedOn, validUntil: expires }, now)
}

function identityOf({ recipient }: JsonObject): readonly Identity[] {
  const { identity, salt } = objectOf(recipient)
  return typeof identity === 'string' ? [{ hash: identity, salt: text(salt) ?? '' }] : []
}

// A badge that was just fetched need not be fetched again; a baked or signed one came another way.
function withSource({ source, baked, token, document }: RecognisedBadge, documents: Documents) {
  if (source === undefined || baked || token !== undefined) return documents
  return async (url: string) => (url === source ? document : await documents(url))
}

function isVersion2({ kind }: RecognisedBadge): boolean {
  return kind === 'Assertion 2.0' || kind === 'Assertion 2.1'
}

/** The part of the older specifications behind each check. */
const parts: Readonly<Record<CheckCode, string>> = {
  parse: 'Baking',
  context: 'Assertion',
  schema: 'Assertion, BadgeClass and Profile',
  proof: 'Verification',
  key: 'CryptographicKey',
  issuer: 'VerificationObject',
  status: 'Revocation',
  dates: 'Assertion, issuedOn and expires',
  recipient: 'IdentityObject',
  refresh: 'Assertion',
  endorsement: 'Endorsement',
}

function inVersion({ kind }: RecognisedBadge, check: Check): Check {
  return { ...check, clause: `Open Badges ${kind.replace('Assertion ', '')}, ${parts[check.code]}` }
}

function unknownGraph({ badge }: JsonObject): Graph {
  return { badgeClass: objectOf(badge), issuer: {} }
}
