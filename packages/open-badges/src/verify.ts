import { checkAssertion } from './assertions/verify-assertion.js'
import { createBudget, type RunOptions } from './credentials/budget.js'
import { securedByProof } from './credentials/secured.js'
import { createClrCheck } from './credentials/verify-clr.js'
import { checkSecured } from './credentials/verify-credential.js'
import { checkEndorsementCredential } from './credentials/verify-endorsement.js'
import { createJwtCheck } from './credentials/verify-jwt.js'
import { type Documents, rememberDocuments } from './keys/resolve-key.js'
import { parseJws } from './proofs/jws.js'
import { type RecognisedBadge, readBadge } from './reading/input.js'
import { failed, failedBy, passed, warning } from './report/checks.js'
import {
  type BadgeKind,
  type Check,
  type Report,
  toVerdict,
  type VerifyOptions,
} from './report/report.js'

/** How one kind of badge is read and checked; kinds without one are recognised and refused. */
type Verifier = (
  badge: RecognisedBadge,
  options: RunOptions,
  documents: Documents,
) => Promise<Omit<Report, 'verdict' | 'kind'> & Partial<Pick<Report, 'kind'>>>

const checkClr = createClrCheck(verifyWithin)
const checkJwt = createJwtCheck(checkClr)
const checkCredential: Verifier = ({ document }, ...rest) =>
  checkSecured(securedByProof(document), ...rest)

const verifiers: Partial<Record<BadgeKind, Verifier>> = {
  'OpenBadgeCredential 3.0': checkCredential,
  'OpenBadgeCredential 3.0 (VC 1.1)': checkCredential,
  'OpenBadge JWT': ({ token = '', jws = parseJws(token) }, ...rest) => checkJwt(jws, ...rest),
  'ClrCredential 2.0': ({ document }, ...rest) => checkClr(securedByProof(document), ...rest),
  'EndorsementCredential 3.0': ({ document }, ...rest) =>
    checkEndorsementCredential(securedByProof(document), ...rest),
  'Assertion 2.1': checkAssertion,
  'Assertion 2.0': checkAssertion,
  'Assertion 1.1': checkAssertion,
  'Assertion 1.0': checkAssertion,
  'Assertion 0.5': checkAssertion,
}

/**
 * Verifies a badge given as an object, as the bytes of JSON, PNG or SVG, or as text: JSON, a compact
 * JWS, a data URI, or the address of any of them.
 *
 * Never throws for a bad badge: what is wrong with it is in the report (Open Badges 3.0, 9). What it
 * cannot read is of kind `unrecognised`. Nothing is fetched but by `documents`, and no clock is read.
 *
 * @example
 * const { verdict, checks } = await verifyCredential(bytes, { documents, now: new Date() })
 */
export async function verifyCredential(input: unknown, options: VerifyOptions): Promise<Report> {
  return await verifyWithin(input, { ...options, budget: createBudget() })
}

async function verifyWithin(input: unknown, options: RunOptions): Promise<Report> {
  let badge: RecognisedBadge
  try {
    badge = await readBadge(input, options.documents)
  } catch (error) {
    return refuse('unrecognised', failedBy('parse', error, 'ERR_OB_JSON'))
  }
  const verifier = verifiers[badge.kind]
  if (verifier === undefined) {
    return refuse(badge.kind, failed('parse', problemOf(badge.kind)))
  }
  return await verifyBadge(badge, verifier, options)
}

async function verifyBadge(
  badge: RecognisedBadge,
  verifier: Verifier,
  options: RunOptions,
): Promise<Report> {
  const { kind } = badge
  try {
    const found = await verifier(badge, options, rememberDocuments(options.documents))
    const checks = [...checksOfReading(badge), ...found.checks]
    return { verdict: toVerdict(checks), kind, ...found, checks }
  } catch (error) {
    // A badge that finds a hole in the checks themselves is not valid, and no reason to crash.
    return refuse(kind, failedBy('parse', error, 'ERR_OB_MALFORMED'))
  }
}

function checksOfReading({ baked, others = [] }: RecognisedBadge): readonly Check[] {
  const parsed = passed('parse', baked ? 'A badge was found in the image.' : 'A badge was read.')
  if (others.length === 0) return [parsed]
  const message = `The image also holds a badge of version ${others.join(' and ')}; the newest counts.`
  return [parsed, warning('parse', message, { detail: { others } })]
}

function problemOf(kind: BadgeKind) {
  return kind === 'unrecognised'
    ? { error: 'ERR_OB_MALFORMED' as const, message: 'This is JSON, but not a badge.' }
    : { error: 'ERR_OB_UNSUPPORTED' as const, message: `Badges of kind ${kind} are not read here.` }
}

function refuse(kind: BadgeKind, check: Check): Report {
  return { verdict: toVerdict([check]), kind, badge: {}, checks: [check] }
}
