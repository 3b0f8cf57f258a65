import { failed, failedBy, passed } from './checks.js'
import { parseBadge, type RecognisedBadge } from './input.js'
import type { JsonObject } from './json.js'
import {
  type BadgeKind,
  type BadgeSummary,
  type Check,
  type Report,
  toVerdict,
  type VerifyOptions,
} from './report.js'
import { type Documents, rememberDocuments } from './resolve-key.js'
import { checkCredential } from './verify-credential.js'
import { checkHosted } from './verify-hosted.js'

/** How one kind of badge is read and checked; kinds without one are recognised and refused. */
type Verifier = (
  document: JsonObject,
  options: VerifyOptions,
  documents: Documents,
) => Promise<{ readonly checks: readonly Check[]; readonly badge: BadgeSummary }>

const verifiers: Partial<Record<BadgeKind, Verifier>> = {
  'OpenBadgeCredential 3.0': checkCredential,
  'Assertion 2.0': checkHosted,
}

/**
 * Verifies a badge given as JSON text, as an object, or as the bytes of JSON, PNG or SVG.
 *
 * Never throws for a bad badge: what is wrong with it is in the report (Open Badges 3.0, 9).
 *
 * @example
 * const { verdict, checks } = await verifyCredential(bytes, { documents, now: new Date() })
 */
export async function verifyCredential(input: unknown, options: VerifyOptions): Promise<Report> {
  let badge: RecognisedBadge
  try {
    badge = parseBadge(input)
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
  { kind, document, baked }: RecognisedBadge,
  verifier: Verifier,
  options: VerifyOptions,
): Promise<Report> {
  const parsed = passed('parse', baked ? 'A badge was found in the image.' : 'A badge was read.')
  try {
    const found = await verifier(document, options, rememberDocuments(options.documents))
    const checks = [parsed, ...found.checks]
    return { verdict: toVerdict(checks), kind, badge: found.badge, checks }
  } catch (error) {
    // A badge that finds a hole in the checks themselves is not valid, and no reason to crash.
    return refuse(kind, failedBy('parse', error, 'ERR_OB_MALFORMED'))
  }
}

function problemOf(kind: BadgeKind) {
  return kind === 'unrecognised'
    ? { error: 'ERR_OB_MALFORMED' as const, message: 'This is JSON, but not a badge.' }
    : { error: 'ERR_OB_UNSUPPORTED' as const, message: `Badges of kind ${kind} are not read here.` }
}

function refuse(kind: BadgeKind, check: Check): Report {
  return { verdict: toVerdict([check]), kind, badge: {}, checks: [check] }
}
