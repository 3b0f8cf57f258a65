import type { JsonObject } from '../json/json.js'
import { assertSafeDocument } from '../json-ld/safe-document.js'
import type { Documents } from '../keys/resolve-key.js'
import { checkProofs, type ProofQuestion } from '../proofs/check-proof.js'
import { holds } from '../proofs/proof-checks.js'
import { checkDates } from '../report/check-dates.js'
import { checkRecipient, identitiesOf } from '../report/check-recipient.js'
import { failed, failedBy, passed, skipped } from '../report/checks.js'
import type { BadgeSummary, Check, VerifyOptions } from '../report/report.js'
import { checkStatus } from '../status/check-status.js'
import { faultsOf, issuerIdOf } from './credential-schema.js'
import { objectOf, summaryOf } from './summary.js'

/** How the proofs of a credential are checked, and where that looks things up. */
type Proving = {
  readonly documents: Documents
  readonly prove: (question: ProofQuestion) => Promise<readonly Check[]>
}

/** All checks of an Open Badges 3.0 credential with an embedded proof (Open Badges 3.0, 9.1). */
export async function checkCredential(
  credential: JsonObject,
  options: VerifyOptions,
  documents: Documents,
) {
  return await checkProvenCredential(credential, options, {
    documents,
    prove: (question) => checkProofs(credential, question),
  })
}

/** All checks of an Open Badges 3.0 credential, whatever its way of proving. */
export async function checkProvenCredential(
  credential: JsonObject,
  { now, recipient }: VerifyOptions,
  { documents, prove }: Proving,
): Promise<{ checks: readonly Check[]; badge: BadgeSummary }> {
  const context = checkContext(credential)
  const issuerId = issuerIdOf(credential['issuer']) ?? ''
  const question = { issuerId, documents, now }
  const proofs =
    context.outcome === 'passed'
      ? await prove(question)
      : skippedAll(['proof', 'key', 'issuer'], 'The statements of the badge cannot be read.')
  // Whoever forged a badge also chose its list: nobody is asked on the word of a forger.
  const status = holds(proofs)
    ? await checkStatus(credential, question)
    : skippedAll(['status'], 'Without a proof the status list cannot be trusted.')
  const checks = [
    context,
    checkSchema(credential),
    ...proofs,
    ...status,
    checkDates(credential, now),
    checkRecipient(identitiesOf(objectOf(credential['credentialSubject'])), recipient),
  ]
  return { checks, badge: summaryOf(credential) }
}

function checkContext(credential: JsonObject): Check {
  try {
    assertSafeDocument(credential)
    return passed('context', 'Every context is known and the badge is plain JSON-LD.')
  } catch (error) {
    return failedBy('context', error, 'ERR_OB_UNSAFE')
  }
}

function checkSchema(credential: JsonObject): Check {
  const faults = faultsOf(credential)
  if (faults.length === 0) return passed('schema', 'The badge has the members it must have.')
  const message = `The badge is malformed. It should hold that ${faults.join('; ')}.`
  return failed('schema', { error: 'ERR_OB_MALFORMED', message }, { detail: { faults } })
}

function skippedAll(codes: readonly Check['code'][], message: string): readonly Check[] {
  return codes.map((code) => skipped(code, message))
}
