import { criteriaOf, imageOf, objectOf, text } from '../credentials/summary.js'
import { isDateTime, toMilliseconds } from '../json/date-time.js'
import type { JsonObject } from '../json/json.js'
import { present } from '../json/members.js'
import type { Documents } from '../keys/resolve-key.js'
import type { RecognisedBadge } from '../reading/input.js'
import { checkDates } from '../report/check-dates.js'
import { checkRecipient, type Identity } from '../report/check-recipient.js'
import { failed, skipped } from '../report/checks.js'
import type { BadgeSummary, Check, CheckCode, VerifyOptions } from '../report/report.js'
import { identifierOf } from './assertion-documents.js'
import { fetchGraph, type Graph } from './assertion-graph.js'
import { checkAssertionShape, checkGraphShape, remarksOn, wayOf } from './assertion-shape.js'
import { checkScope, fetchHosted } from './check-hosted.js'
import { checkJws } from './check-jws.js'
import { checkRevocationList, checkRevoked } from './check-revocation.js'
import { upgradeAssertion } from './upgrade-assertion.js'

/** Checks of an assertion before 3.0, and what it says. */
type Found = { readonly checks: readonly Check[]; readonly badge: BadgeSummary }

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

async function checkHosted(copy: JsonObject, { badge, options, documents }: Question) {
  const { assertion, checks } = await fetchHosted(copy, documents)
  if (assertion === undefined) {
    const message = 'This is not checked while its host does not confirm the badge.'
    const rest = [skipped('issuer', message), skipped('status', message)]
    return { checks: [...checks, ...rest], badge: summaryOf(copy, unknownGraph(copy)) }
  }
  const graph = await fetchGraph(assertion, documents)
  const all = [
    ...checks,
    graph.problem ?? checkScope(assertion, graph.issuer),
    checkRevoked(assertion),
    ...checkContent({ assertion, graph, isVersion2: isVersion2(badge) }, options),
  ]
  return { checks: all, badge: summaryOf(assertion, graph) }
}

async function checkSigned(assertion: JsonObject, { badge, options, documents }: Question) {
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
    ? await checkRevocationList(assertion, graph.issuer, documents)
    : skipped('status', 'Without a proof the list of revoked badges cannot be trusted.')
  const content = checkContent({ assertion, graph, ...version }, options)
  return { checks: [...proofs, status, ...content], badge: summaryOf(assertion, graph) }
}

type Content = {
  readonly assertion: JsonObject
  readonly graph: Graph
  readonly isVersion2: boolean
}

function checkContent(
  { assertion, graph, isVersion2 }: Content,
  { now, recipient }: VerifyOptions,
): readonly Check[] {
  return [
    ...(graph.problem ? [] : [checkGraphShape(graph, isVersion2)]),
    ...remarksOn(assertion, graph.badgeClass),
    checkAssertionDates(assertion, now),
    checkRecipient(identityOf(assertion), recipient),
  ]
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

function summaryOf(assertion: JsonObject, { badgeClass, issuer }: Graph): BadgeSummary {
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
