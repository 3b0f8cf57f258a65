import { OpenBadgesError } from '../errors.js'
import { asArray, isJsonObject, type JsonObject } from '../json/json.js'
import { present } from '../json/members.js'
import type { Documents } from '../keys/resolve-key.js'
import { isCompactJws } from '../reading/detect.js'
import { failed, failedBy, passed, skipped } from '../report/checks.js'
import { type Check, type EndorsementReport, toVerdict } from '../report/report.js'
import { type Endorsed, sumUpEndorsements } from '../report/sum-up-endorsements.js'
import type { RunOptions } from './budget.js'
import { checkStatement, type Statement } from './check-statement.js'
import { isSameId } from './credential-equality.js'
import { issuerIdOf } from './credential-schema.js'
import { faultsOfEndorsement } from './endorsement-schema.js'
import { type Secured, securedByJwt, securedByProof } from './secured.js'
import { objectOf, words } from './summary.js'

/** One endorsement, and what it has to be about. */
type Entry = Pick<EndorsementReport, 'about'> & {
  readonly value: unknown
  readonly subject: unknown
}

/**
 * Verifies what others say of a badge, its achievement and its issuer (Open Badges 3.0, 9.1 step 6).
 *
 * Each is verified as a credential of whoever made it. None counts for or against the badge, and the
 * endorsements of an endorser are not followed.
 */
export async function checkEndorsements(
  { credential, isProven }: Statement,
  options: RunOptions,
  documents: Documents,
): Promise<Endorsed> {
  const entries = entriesOf(credential)
  if (entries.length === 0) return { checks: [] }
  if (!isProven) {
    const message = 'Without a proof of the badge its endorsements are not looked at.'
    return { checks: [skipped('endorsement', message)] }
  }
  const { budget } = options
  const read = entries.slice(0, budget.endorsements)
  budget.endorsements -= read.length
  const endorsements: EndorsementReport[] = []
  // One after the other: endorsements share issuers, whose documents are asked for once.
  for (const entry of read) endorsements.push(await checkEntry(entry, options, documents))
  return sumUpEndorsements(endorsements, entries.length)
}

function entriesOf(credential: JsonObject): readonly Entry[] {
  const { achievement } = objectOf(credential['credentialSubject'])
  const carriers = [
    ['badge', credential],
    ['achievement', objectOf(achievement)],
    ['issuer', objectOf(credential['issuer'])],
  ] as const
  return carriers
    .filter(([, carrier]) => isEndorsed(carrier))
    .flatMap(([about, carrier]) =>
      [carrier['endorsement'], carrier['endorsementJwt']]
        .flatMap(asArray)
        .map((value) => ({ about, value, subject: carrier['id'] })),
    )
}

function isEndorsed(carrier: JsonObject): boolean {
  return carrier['endorsement'] !== undefined || carrier['endorsementJwt'] !== undefined
}

async function checkEntry(
  entry: Entry,
  options: RunOptions,
  documents: Documents,
): Promise<EndorsementReport> {
  const { about } = entry
  try {
    const secured = parseEndorsement(entry.value)
    const { checks } = await checkStatement(secured, options, {
      faultsOf: faultsOfEndorsement,
      documents,
    })
    const parsed = passed('parse', 'An endorsement was read.')
    return toReport(about, [parsed, ...checks, checkSubject(secured, entry)], secured.credential)
  } catch (error) {
    return toReport(about, [failedBy('parse', error, 'ERR_OB_MALFORMED')], {})
  }
}

function parseEndorsement(value: unknown): Secured {
  if (isJsonObject(value)) return securedByProof(value)
  if (typeof value === 'string' && isCompactJws(value)) return securedByJwt(value)
  throw new OpenBadgesError('ERR_OB_MALFORMED', 'An endorsement is an object or a compact JWS.')
}

// Praise of one thing, hung on another, is no praise of it.
function checkSubject({ credential }: Secured, { subject, about }: Entry): Check {
  const { id } = objectOf(credential['credentialSubject'])
  const detail = { about: id }
  if (isSameId(id, subject)) {
    return passed('endorsement', `The endorsement is about this ${about}.`, { detail })
  }
  const message = `The endorsement is about something else than the ${about} that carries it.`
  return failed('endorsement', { error: 'ERR_OB_ENDORSEMENT_MISMATCH', message }, { detail })
}

function toReport(
  about: EndorsementReport['about'],
  checks: readonly Check[],
  credential: JsonObject,
): EndorsementReport {
  const { issuer } = credential
  return present({
    verdict: toVerdict(checks),
    about,
    endorserId: issuerIdOf(issuer),
    endorserName: words(objectOf(issuer)['name']),
    comment: words(objectOf(credential['credentialSubject'])['endorsementComment']),
    checks,
  })
}
