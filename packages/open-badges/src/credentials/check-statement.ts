import type { JsonObject } from '../json/json.js'
import { assertSafeCopy } from '../json-ld/safe-document.js'
import type { Documents } from '../keys/resolve-key.js'
import { holds } from '../proofs/proof-checks.js'
import { checkDates } from '../report/check-dates.js'
import { failed, failedBy, passed, skipped } from '../report/checks.js'
import type { Check } from '../report/report.js'
import { checkStatus } from '../status/check-status.js'
import type { RunOptions } from './budget.js'
import { checkJsonSchemas } from './check-json-schemas.js'
import { issuerIdOf } from './credential-schema.js'
import type { Secured } from './secured.js'

/** A credential by itself, and what was found out about it. */
export type Statement = {
  readonly credential: JsonObject
  readonly checks: readonly Check[]
  /** Whether its issuer signed it; only then is anybody asked on its word. */
  readonly isProven: boolean
}

/** What a kind of credential has to look like, and where things are looked up. */
export type StatementRules = {
  readonly faultsOf: (credential: JsonObject) => readonly string[]
  readonly documents: Documents
  /** Whose key it has to be, when that is not for the credential to say. */
  readonly issuerId?: string
}

/** Checks a credential by itself: contexts, shape, proof, its own schemas, status and dates. */
export async function checkStatement(
  { credential, prove }: Secured,
  options: RunOptions,
  rules: StatementRules,
): Promise<Statement> {
  const { documents, issuerId = issuerIdOf(credential['issuer']) ?? '' } = rules
  const question = { issuerId, documents, now: options.now, budget: options.budget }
  const context = checkContext(credential)
  const proofs =
    context.outcome === 'passed'
      ? await prove(question)
      : skippedAll(['proof', 'key', 'issuer'], 'The statements of the badge cannot be read.')
  const isProven = holds(proofs)
  // Whoever forged a badge also chose its list: nobody is asked on the word of a forger.
  const status = isProven
    ? await checkStatus(credential, question)
    : skippedAll(['status'], 'Without a proof the status list cannot be trusted.')
  const checks = [
    context,
    checkShape(rules.faultsOf(credential)),
    ...(isProven ? await checkJsonSchemas(credential, options.budget, documents) : []),
    ...proofs,
    ...status,
    checkDates(credential, options.now),
  ]
  return { credential, checks, isProven }
}

function checkContext(credential: JsonObject): Check {
  try {
    assertSafeCopy(credential)
    return passed('context', 'Every context is known and the badge is plain JSON-LD.')
  } catch (error) {
    return failedBy('context', error, 'ERR_OB_UNSAFE')
  }
}

function checkShape(faults: readonly string[]): Check {
  if (faults.length === 0) return passed('schema', 'The badge has the members it must have.')
  const message = `Malformed: the badge. What should hold: ${faults.join('; ')}.`
  return failed('schema', { error: 'ERR_OB_MALFORMED', message }, { detail: { faults } })
}

function skippedAll(codes: readonly Check['code'][], message: string): readonly Check[] {
  return codes.map((code) => skipped(code, message))
}
