import { objectOf, text } from '../credentials/summary.js'
import { asArray, type JsonObject } from '../json/json.js'
import { present } from '../json/members.js'
import type { Documents } from '../keys/resolve-key.js'
import { checkDates } from '../report/check-dates.js'
import { failed, failedBy, passed, skipped } from '../report/checks.js'
import {
  type Check,
  type EndorsementReport,
  toVerdict,
  type VerifyOptions,
} from '../report/report.js'
import { type Endorsed, sumUpEndorsements } from '../report/sum-up-endorsements.js'
import { fetchIssuer, type Graph, isForeignClass } from './assertion-graph.js'
import { checkEndorsementShape, wayOf } from './assertion-shape.js'
import { fetchHostedEndorsement } from './check-hosted.js'
import { checkJws } from './check-jws.js'
import { checkRevocationList, checkRevoked } from './check-revocation.js'
import { checkScope } from './check-scope.js'
import { type Endorsement, readEndorsement } from './read-endorsement.js'
import { languageOf, wordsOf } from './words.js'

/** Each one is fetched with its issuer, and a stranger wrote the list. */
const MAX_ENDORSEMENTS = 8

/** Whose endorsements, and where they are looked up. */
export type EndorsementQuestion = {
  readonly assertion: JsonObject
  readonly graph: Graph
  readonly options: VerifyOptions
  readonly documents: Documents
}

/**
 * Verifies what others say of an assertion, its BadgeClass and its issuer (OB 2.0, Endorsement).
 *
 * An endorsement is verified as an assertion is, by itself: none counts for or against the badge,
 * and those of an endorser are not followed.
 */
export async function checkEndorsements(question: EndorsementQuestion): Promise<Endorsed> {
  const entries = entriesOf(question)
  if (entries.length === 0) return { checks: [] }
  const endorsements: EndorsementReport[] = []
  // One after the other: endorsements share issuers, whose documents are asked for once.
  for (const entry of entries.slice(0, MAX_ENDORSEMENTS)) {
    endorsements.push(await checkEntry(entry, question))
  }
  return sumUpEndorsements(endorsements, entries.length)
}

type Entry = Pick<EndorsementReport, 'about'> & {
  readonly value: unknown
  /** The id of what the endorsement has to be about. */
  readonly subject: unknown
}

function entriesOf({ assertion, graph }: EndorsementQuestion): readonly Entry[] {
  const { badgeClass, issuer } = graph
  // What was said of the BadgeClass at that address was not said of this one.
  const classId = isForeignClass(assertion, graph) ? undefined : badgeClass['id']
  const endorsed = [
    { about: 'badge', document: assertion, subject: assertion['id'] },
    { about: 'achievement', document: badgeClass, subject: classId },
    { about: 'issuer', document: issuer, subject: issuer['id'] },
  ] as const
  return endorsed.flatMap(({ about, document, subject }) =>
    asArray(document['endorsement']).map((value) => ({ about, value, subject })),
  )
}

async function checkEntry(entry: Entry, question: EndorsementQuestion): Promise<EndorsementReport> {
  const { about } = entry
  let endorsement: Endorsement
  try {
    endorsement = await readEndorsement(entry.value, question.documents)
  } catch (error) {
    return toReport({ about }, [failedBy('parse', error, 'ERR_OB_JSON')])
  }
  const { document } = endorsement
  const shape = checkEndorsementShape(document)
  const parsed = [passed('parse', 'An endorsement was read.'), shape]
  if (shape.outcome === 'failed') return toReport({ about, document }, parsed)
  const isSigned = wayOf(document) === 'signed'
  const { found, issuer, checks } = await (isSigned ? proveSigned : proveHosted)(
    endorsement,
    question,
  )
  const content = [checkSubject(found, entry), checkTimes(found, question.options.now)]
  return toReport({ about, document: found, issuer }, [...parsed, ...checks, ...content])
}

type Proven = {
  readonly found: JsonObject
  readonly issuer: JsonObject
  readonly checks: readonly Check[]
}

async function proveHosted(
  { document }: Endorsement,
  { documents }: EndorsementQuestion,
): Promise<Proven> {
  const { assertion: found, checks } = await fetchHostedEndorsement(document, documents)
  if (found === undefined) return { found: document, issuer: {}, checks }
  const { issuer, problem } = await tryIssuer(found, documents)
  const scope = problem ?? checkScope(found, issuer)
  return { found, issuer, checks: [...checks, scope, checkRevoked(found)] }
}

async function proveSigned(
  { document: found, token }: Endorsement,
  { documents, options }: EndorsementQuestion,
): Promise<Proven> {
  if (token === undefined) {
    const message = 'A signed endorsement counts only in its signed form.'
    const missing = failed('proof', { error: 'ERR_OB_PROOF_MISSING', message })
    return { found, issuer: {}, checks: [missing] }
  }
  const { issuer, problem } = await tryIssuer(found, documents)
  if (problem !== undefined) return { found, issuer, checks: [problem] }
  const signed = { token, assertion: found, issuer, isVersion2: true }
  const proofs = await checkJws(signed, options.documents)
  const status = proofs.every(({ outcome }) => outcome === 'passed')
    ? await checkRevocationList(signed, documents)
    : skipped('status', 'Without a proof the list of what was revoked cannot be trusted.')
  return { found, issuer, checks: [...proofs, status] }
}

async function tryIssuer(
  { issuer }: JsonObject,
  documents: Documents,
): Promise<{ issuer: JsonObject; problem?: Check }> {
  try {
    return { issuer: await fetchIssuer(issuer, documents) }
  } catch (error) {
    return { issuer: {}, problem: failedBy('issuer', error, 'ERR_OB_ISSUER_UNREACHABLE') }
  }
}

// Praise of one thing, hung on another, is no praise of it.
function checkSubject({ claim }: JsonObject, { subject }: Entry): Check {
  const { id } = objectOf(claim)
  if (id !== undefined && id === subject)
    return passed('endorsement', 'The endorsement is about this.')
  const message = 'The endorsement is about something else.'
  return failed(
    'endorsement',
    { error: 'ERR_OB_ENDORSEMENT_MISMATCH', message },
    { detail: { about: id } },
  )
}

function checkTimes({ issuedOn, expires }: JsonObject, now: Date): Check {
  return checkDates({ validFrom: issuedOn, validUntil: expires }, now)
}

type Known = Pick<EndorsementReport, 'about'> & {
  readonly document?: JsonObject
  readonly issuer?: JsonObject
}

function toReport(known: Known, checks: readonly Check[]): EndorsementReport {
  const { about, document = {}, issuer = {} } = known
  const { endorsementComment } = objectOf(document['claim'])
  const { issuer: endorser } = document
  return present({
    verdict: toVerdict(checks),
    about,
    endorserId: text(issuer['id']) ?? text(endorser) ?? text(objectOf(endorser)['id']),
    endorserName: wordsOf(issuer['name']),
    comment: wordsOf(endorsementComment, languageOf(document)),
    checks: checks.map((check) => ({ ...check, clause: 'Open Badges 2.0, Endorsement' })),
  })
}
