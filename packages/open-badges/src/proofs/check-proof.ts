import { OpenBadgesError } from '../errors.js'
import { isDateTime, toMilliseconds } from '../json/date-time.js'
import { asArray, type JsonObject } from '../json/json.js'
import { inheritSafety } from '../json-ld/safe-document.js'
import { type PublishedKey, resolveKey } from '../keys/resolve-key.js'
import { failed, failedBy, passed, warning } from '../report/checks.js'
import type { Check } from '../report/report.js'
import { checkIssuer, type IssuerQuestion } from './check-issuer.js'
import { assertNoCycle, previousProofsOf } from './proof-chain.js'
import {
  assertKeyInForce,
  decisiveOf,
  keyFailed,
  keyPassed,
  problemOfSignature,
  toRemark,
  withoutKey,
} from './proof-checks.js'
import { assertNotAhead, assertProof, type SoundProof } from './sound-proof.js'
import { type ProofSuite, suiteOf } from './suites.js'
import { spendOnProof, type TimeForProofs } from './time-for-proofs.js'

/** What checking a proof needs to know besides the document. */
export type ProofQuestion = Omit<IssuerQuestion, 'madeAt'> & {
  readonly now: Date
  readonly budget?: TimeForProofs
}

/** A document without its proofs, all of them, and what came of checking each. */
type ProofSet = {
  readonly document: JsonObject
  readonly proofs: readonly unknown[]
  readonly resultOf: (proof: unknown) => Promise<readonly Check[]>
}

const MAX_PROOFS = 4

/**
 * Checks who signed a document: the proof, its key, and the key's issuer.
 *
 * Each proof of a set stands alone, signed over the document without any of them (VC Data Integrity
 * 1.0, 2.1.1 Proof sets), unless it builds on others, which are then signed along and must hold
 * themselves, whosever they are (2.1.2 Proof chains). One that holds is enough (Open Badges 3.0,
 * 8.3); the others are reported beside it and change nothing, as anybody can add a proof that does
 * not hold. `domain` and `challenge` bind a proof to one reader who asked for them (VC Data Integrity
 * 1.0, 2.1); a badge is for every reader, so nothing is asked for and they are not compared.
 */
export async function checkProofs(
  secured: JsonObject,
  question: ProofQuestion,
): Promise<readonly Check[]> {
  const { proof, ...document } = secured
  inheritSafety(document, secured)
  const proofs = asArray(proof)
  if (proofs.length === 0 || proofs.length > MAX_PROOFS) {
    const tooMany = `The badge has ${proofs.length} proofs; it may have ${MAX_PROOFS} at most.`
    const message = proofs.length === 0 ? 'Nobody has signed the badge.' : tooMany
    return withoutKey(failed('proof', { error: 'ERR_OB_PROOF_MISSING', message }))
  }
  const set = createProofSet(document, proofs, question)
  const results: (readonly Check[])[] = []
  for (const one of proofs) results.push(await set.resultOf(one))
  const decisive = decisiveOf(results)
  return [...decisive, ...results.filter((result) => result !== decisive).map(toRemark)]
}

// Each proof is checked once, however many build on it.
function createProofSet(
  document: JsonObject,
  proofs: readonly unknown[],
  question: ProofQuestion,
): ProofSet {
  const results = new Map<unknown, Promise<readonly Check[]>>()
  const resultOf = (proof: unknown) => {
    const result = results.get(proof) ?? checkProof(proof, set, question)
    results.set(proof, result)
    return result
  }
  const set = { document, proofs, resultOf }
  return set
}

async function checkProof(
  proof: unknown,
  set: ProofSet,
  question: ProofQuestion,
): Promise<readonly Check[]> {
  try {
    assertProof(proof)
    assertNotAhead(proof, set.document, question.now)
    assertNoCycle(proof, set.proofs)
  } catch (error) {
    return withoutKey(failedBy('proof', error, 'ERR_OB_PROOF_MALFORMED'))
  }
  return [...(await checkSignature(proof, set, question)), ...checkEnd(proof, question.now)]
}

// VC Data Integrity 1.0, 2.1 `expires`. Beside the signature: only what somebody signed can expire.
function checkEnd({ expires }: SoundProof, now: Date): readonly Check[] {
  if (!isDateTime(expires) || toMilliseconds(expires) >= now.getTime()) return []
  const message = `The proof was good until ${expires}.`
  return [failed('proof', { error: 'ERR_OB_PROOF_EXPIRED', message })]
}

async function checkSignature(
  proof: SoundProof,
  set: ProofSet,
  question: ProofQuestion,
): Promise<readonly Check[]> {
  const madeAt = timeOf(proof)
  let key: PublishedKey
  try {
    key = await resolveKey(proof.verificationMethod, question.documents)
    assertKeyInForce(key, madeAt, question.now)
  } catch (error) {
    return keyFailed(error, proof.verificationMethod)
  }
  return [
    ...(await checkValue(proof, set, { key, budget: question.budget })),
    keyPassed(key),
    await checkIssuer(key, { ...question, madeAt }),
  ]
}

type Means = { readonly key: PublishedKey; readonly budget: TimeForProofs | undefined }

async function checkValue(proof: SoundProof, set: ProofSet, { key: { key }, budget }: Means) {
  const suite = suiteOf(proof)
  const clause = suite?.clause ?? 'VC Data Integrity 1.0, 4.4 Verify proof'
  try {
    const document = await signedDocumentOf(proof, set)
    if (await spendOnProof(budget, async () => await suite?.verify(document, proof, key))) {
      return [
        passed('proof', 'The badge is exactly what was signed.', { clause }),
        ...remarks(suite),
      ]
    }
  } catch (error) {
    return [{ ...failedBy('proof', error, 'ERR_OB_SIGNATURE'), clause }]
  }
  const message = 'The signature does not match: the badge was changed, or signed by another key.'
  return [failed('proof', { error: 'ERR_OB_SIGNATURE', message }, { clause })]
}

// The document that a proof was made over has the proofs it builds on, and no others (VC Data
// Integrity 1.0, 4.5 Verify Proof Sets and Chains).
async function signedDocumentOf(
  proof: SoundProof,
  { document, proofs, resultOf }: ProofSet,
): Promise<JsonObject> {
  const previous = previousProofsOf(proof, proofs)
  if (previous.length === 0) return document
  for (const one of previous) {
    const problem = problemOfSignature(await resultOf(one))
    if (problem !== undefined) {
      const message = `A proof that this one builds on does not hold: ${problem.message}`
      throw new OpenBadgesError(problem.error ?? 'ERR_OB_PROOF_CHAIN', message)
    }
  }
  return { ...document, proof: previous }
}

function remarks(suite: ProofSuite | undefined): readonly Check[] {
  if (suite?.remark === undefined) return []
  const { name, message } = suite.remark
  return [warning('proof', message, { clause: suite.clause, detail: { remark: name } })]
}

function timeOf({ created }: JsonObject): number | undefined {
  return isDateTime(created) ? toMilliseconds(created) : undefined
}
