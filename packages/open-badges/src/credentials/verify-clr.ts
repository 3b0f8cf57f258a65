import { asArray, isJsonObject, type JsonObject } from '../json/json.js'
import type { Documents } from '../keys/resolve-key.js'
import { isCompactJws, kindOf } from '../reading/detect.js'
import { failed, passed } from '../report/checks.js'
import type { Check, Report } from '../report/report.js'
import type { RunOptions } from './budget.js'
import { hasType } from './credential-schema.js'
import type { Secured } from './secured.js'
import { objectOf } from './summary.js'
import { checkSecured } from './verify-credential.js'

const MAX_BADGES = 100
const CLAUSE = 'Comprehensive Learner Record 2.0, ClrCredential'

/** Verifies one badge that a record holds. */
type VerifyOne = (badge: unknown, options: RunOptions) => Promise<Report>

/** A check of learner records that verifies each badge in them by itself (CLR 2.0, ClrSubject). */
export function createClrCheck(verifyOne: VerifyOne) {
  return async (secured: Secured, options: RunOptions, documents: Documents) => {
    options.budget.records -= 1
    const record = secured.credential
    const found = await checkSecured(secured, options, documents)
    const { checks } = found
    const entries = asArray(objectOf(record['credentialSubject'])['verifiableCredential'])
    const held = entries.filter(isBadge).slice(0, MAX_BADGES)
    const badges: Report[] = []
    // One after the other: badges of a record share issuers, whose documents are asked for once.
    for (const entry of held) badges.push(await verifyOne(entry, { ...options, documents }))
    // A record has another shape than a badge; what its own schemas say of it stands behind.
    const shape = checks.findIndex(({ code }) => code === 'schema')
    return {
      ...found,
      kind: 'ClrCredential 2.0' as const,
      checks: checks.map((check, i) => (i === shape ? checkShape(record, entries) : check)),
      badges,
    }
  }
}

// A record inside a record is not followed: that could go on for as deep as JSON may be nested.
function isBadge(entry: unknown): boolean {
  if (typeof entry === 'string') return isCompactJws(entry)
  return isJsonObject(entry) && kindOf(entry).startsWith('OpenBadgeCredential')
}

function checkShape(record: JsonObject, entries: readonly unknown[]): Check {
  const subject = objectOf(record['credentialSubject'])
  const more = { clause: CLAUSE }
  if (!hasType(subject, 'ClrSubject') || entries.length === 0) {
    const message = 'The record is malformed: it should have a ClrSubject that holds credentials.'
    return failed('schema', { error: 'ERR_OB_MALFORMED', message }, more)
  }
  if (entries.length <= MAX_BADGES) return passed('schema', 'The record holds credentials.', more)
  const message = `The record holds ${entries.length} credentials; only ${MAX_BADGES} are read at once.`
  return failed('schema', { error: 'ERR_OB_TOO_LARGE', message }, more)
}
