import { OpenBadgesError, toOpenBadgesError } from '../errors.js'
import { asArray, isJsonObject, type JsonObject } from '../json/json.js'
import type { Documents } from '../keys/resolve-key.js'
import { readBadge } from '../reading/input.js'
import { passed, skipped, warning } from '../report/checks.js'
import type { Check, CheckCode } from '../report/report.js'
import type { RunOptions } from './budget.js'
import { checkStatement, type Statement } from './check-statement.js'
import { isSameCredential, startOf } from './credential-equality.js'
import { faultsOf, hasType, issuerIdOf } from './credential-schema.js'
import { type Secured, securedByJwt, securedByProof } from './secured.js'
import { text } from './summary.js'

/** The form of a badge that counts, and what is to be told about how it was found. */
type Refreshed = { readonly statement: Statement; readonly checks: readonly Check[] }

const SERVICE = '1EdTechCredentialRefresh'

/**
 * Asks the issuer of a badge once for its newest form (Open Badges 3.0, 9.1 step 3).
 *
 * Only the same badge counts, proven by a key of the same issuer; whatever else comes back, the badge
 * is the one that was handed in. A revocation of that one stands, unless the new form is later.
 */
export async function refreshCredential(
  given: Statement,
  options: RunOptions,
  documents: Documents,
): Promise<Refreshed> {
  const { credential, isProven } = given
  if (!isProven || credential['refreshService'] === undefined)
    return { statement: given, checks: [] }
  const url = serviceOf(credential)
  if (url === undefined) return keep(given, 'This kind of refresh service is not read here.')
  if (options.budget.refreshes < 1) return keep(given, 'Too many refresh services were asked for.')
  options.budget.refreshes -= 1
  let answer: unknown
  try {
    answer = await options.documents(url)
  } catch {
    return keep(
      given,
      'The refresh service does not answer; this is the badge as it was handed in.',
    )
  }
  try {
    return choose(given, await checkAnswer(answer, given, { options, documents }))
  } catch (error) {
    const { code, message } = toOpenBadgesError(error, 'ERR_OB_MALFORMED', 'It is malformed.')
    const told = `What the refresh service answers does not count: ${message}`
    return { statement: given, checks: [warning('refresh', told, { detail: { error: code } })] }
  }
}

function serviceOf({ refreshService }: JsonObject): string | undefined {
  const services = asArray(refreshService).filter(isJsonObject)
  const url = text(services.find((service) => hasType(service, SERVICE))?.['id'])
  return url !== undefined && /^https?:\/\//i.test(url) ? url : undefined
}

function keep(statement: Statement, reason: string): Refreshed {
  return { statement, checks: [skipped('refresh', reason)] }
}

async function checkAnswer(
  answer: unknown,
  given: Statement,
  { options, documents }: { options: RunOptions; documents: Documents },
): Promise<Statement> {
  const secured = await readSecured(answer)
  if (!isSameCredential(secured.credential, given.credential)) {
    throw notCounted('it is another badge')
  }
  if (!(startOf(secured.credential) >= startOf(given.credential))) {
    throw notCounted('it is older than the badge that was handed in')
  }
  const newer = await checkStatement(secured, options, {
    faultsOf,
    documents,
    // The ids may be spelled differently; whose key it is, is for the badge that was handed in to say.
    issuerId: issuerIdOf(given.credential['issuer']) ?? '',
  })
  const problem = newer.checks.find(
    ({ code, outcome }) => outcome === 'failed' && mustHold.has(code),
  )
  if (problem === undefined) return newer
  throw new OpenBadgesError(problem.error ?? 'ERR_OB_MALFORMED', problem.message)
}

// Dates and status are told of the new form as they are: the newest form may well be a revoked one.
const mustHold: ReadonlySet<CheckCode> = new Set(['context', 'schema', 'proof', 'key', 'issuer'])

async function readSecured(answer: unknown): Promise<Secured> {
  const { kind, document, token } = await readAnswer(answer)
  if (kind === 'OpenBadge JWT' && token !== undefined) return securedByJwt(token)
  if (kind.startsWith('OpenBadgeCredential')) return securedByProof(document)
  throw notCounted('it is no badge of Open Badges 3.0')
}

async function readAnswer(answer: unknown) {
  let isAddress = false
  // Within a record the source of documents takes JWTs apart from JSON.
  const { jwt } = Object(answer)
  try {
    return await readBadge(typeof jwt === 'string' ? jwt : answer, async () => {
      isAddress = true
    })
  } catch (error) {
    throw isAddress ? notCounted('it is yet another address') : error
  }
}

function choose(given: Statement, newer: Statement): Refreshed {
  const isLater = startOf(newer.credential) > startOf(given.credential)
  const isEnded = given.checks.some(({ error }) => ended.has(error))
  const detail = { from: sinceOf(given), to: sinceOf(newer) }
  if (isEnded && !isLater) {
    const message = 'The badge was ended, and what its refresh service answers is not later.'
    return { statement: given, checks: [warning('refresh', message, { detail })] }
  }
  const message = isLater
    ? 'The issuer has a newer form of the badge, which is the one reported here.'
    : 'The badge is the newest that its issuer has.'
  // Of two forms that begin and hold alike, the one at hand is told: the other may lack what a JWT can say.
  if (!isLater && holds(given) && holds(newer)) {
    return { statement: given, checks: [passed('refresh', message, { detail })] }
  }
  const remark = 'The badge that was handed in was ended; its issuer has replaced it.'
  return {
    statement: newer,
    checks: [
      passed('refresh', message, { detail }),
      ...(isEnded ? [warning('refresh', remark, { detail: { remark: 'replaced' } })] : []),
    ],
  }
}

function holds({ checks }: Statement): boolean {
  return checks.every(({ outcome }) => outcome !== 'failed')
}

const ended: ReadonlySet<Check['error']> = new Set(['ERR_OB_REVOKED', 'ERR_OB_SUSPENDED'] as const)

function sinceOf({ credential }: Statement): string | undefined {
  return text(credential['validFrom'] ?? credential['issuanceDate'])
}

function notCounted(reason: string): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_MALFORMED', `${reason}.`)
}
