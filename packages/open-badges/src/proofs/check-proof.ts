import { OpenBadgesError } from '../errors.js'
import { isDateTime, toMilliseconds } from '../json/date-time.js'
import { asArray, isJsonObject, type JsonObject } from '../json/json.js'
import { type PublishedKey, resolveKey } from '../keys/resolve-key.js'
import { failed, failedBy, passed, warning } from '../report/checks.js'
import type { Check } from '../report/report.js'
import { checkIssuer, type IssuerQuestion } from './check-issuer.js'
import {
  assertKeyInForce,
  holds,
  keyFailed,
  keyPassed,
  toRemark,
  withoutKey,
} from './proof-checks.js'
import { type ProofSuite, suiteOf } from './suites.js'

/** What checking a proof needs to know besides the document. */
export type ProofQuestion = IssuerQuestion & { readonly now: Date }

const MAX_PROOFS = 4
// Clocks differ by seconds; a proof from further ahead was not made yet.
const CLOCK_TOLERANCE_MS = 60_000

const KNOWN_SUITES = new Set(['ecdsa-sd-2023', 'bbs-2023'])
const KNOWN_TYPES = new Set([
  'Ed25519Signature2018',
  'EcdsaSecp256k1Signature2019',
  'JsonWebSignature2020',
  'RsaSignature2018',
])

/**
 * Checks who signed a document: the proof, its key, and the key's issuer.
 *
 * Each proof of a set stands alone, signed over the document without any of them (VC Data Integrity
 * 1.0, 2.1.1 Proof sets). One that holds is enough (Open Badges 3.0, 8.3); the others are reported
 * beside it and change nothing, as anybody can add a proof that does not hold. `domain` and
 * `challenge` bind a proof to one reader who asked for them (VC Data Integrity 1.0, 2.1); a badge is
 * for every reader, so nothing is asked for and they are not compared.
 */
export async function checkProofs(
  document: JsonObject,
  question: ProofQuestion,
): Promise<readonly Check[]> {
  const proofs = asArray(document['proof'])
  if (proofs.length === 0 || proofs.length > MAX_PROOFS) {
    const message = `The badge has ${proofs.length} proofs; it needs 1 to ${MAX_PROOFS}.`
    return withoutKey(failed('proof', { error: 'ERR_OB_PROOF_MISSING', message }))
  }
  const results: (readonly Check[])[] = []
  for (const proof of proofs) results.push(await checkProof(document, proof, question))
  const best = results.find(holds) ?? results[0] ?? []
  return [...best, ...results.filter((result) => result !== best).map(toRemark)]
}

async function checkProof(document: JsonObject, proof: unknown, question: ProofQuestion) {
  try {
    assertProof(proof, question.now)
    assertNotAhead(proof, document, question.now)
  } catch (error) {
    return withoutKey(failedBy('proof', error, 'ERR_OB_PROOF_MALFORMED'))
  }
  return await checkSignature(document, proof, question)
}

async function checkSignature(document: JsonObject, proof: SoundProof, question: ProofQuestion) {
  let key: PublishedKey
  try {
    key = await resolveKey(proof.verificationMethod, question.documents)
    assertKeyInForce(key, madeAt(proof), question.now)
  } catch (error) {
    return keyFailed(error, proof.verificationMethod)
  }
  return [
    ...(await checkValue(document, proof, key)),
    keyPassed(key),
    await checkIssuer(key, question),
  ]
}

async function checkValue(document: JsonObject, proof: SoundProof, { key }: PublishedKey) {
  const suite = suiteOf(proof)
  const clause = suite?.clause ?? 'VC Data Integrity 1.0, 4.4 Verify proof'
  try {
    if (await suite?.verify(document, proof, key)) {
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

function remarks(suite: ProofSuite | undefined): readonly Check[] {
  if (suite?.outdated === undefined) return []
  const detail = { remark: 'outdated-suite' }
  return [warning('proof', suite.outdated, { clause: suite.clause, detail })]
}

type SoundProof = JsonObject & { readonly verificationMethod: string }

function assertProof(proof: unknown, now: Date): asserts proof is SoundProof {
  if (!isJsonObject(proof)) throw malformed('it is not an object')
  assertSuite(proof)
  if (proof['proofPurpose'] !== 'assertionMethod') {
    throw new OpenBadgesError('ERR_OB_PROOF_PURPOSE', 'The proof was not made to assert anything.')
  }
  if (typeof proof['verificationMethod'] !== 'string') throw malformed('it names no key')
  if (typeof proof['proofValue'] !== 'string') throw malformed('it has no value')
  if (proof['previousProof'] !== undefined) {
    const message = 'Proofs that build on another proof are not read here yet.'
    throw new OpenBadgesError('ERR_OB_PROOF_UNSUPPORTED', message)
  }
  assertProofDates(proof, now)
}

function assertSuite(proof: JsonObject): void {
  const { type, cryptosuite } = proof
  if (suiteOf(proof) !== undefined) return
  const name = `${String(type)} ${String(cryptosuite ?? '')}`.trim().slice(0, 80)
  const known =
    type === 'DataIntegrityProof'
      ? KNOWN_SUITES.has(String(cryptosuite))
      : KNOWN_TYPES.has(String(type))
  throw known
    ? new OpenBadgesError('ERR_OB_PROOF_UNSUPPORTED', `Proofs of ${name} are not read here yet.`)
    : new OpenBadgesError('ERR_OB_PROOF_SUITE', `There is no way of proving called ${name}.`)
}

function assertProofDates({ created, expires }: JsonObject, now: Date): void {
  for (const date of [created, expires]) {
    if (date !== undefined && !isDateTime(date)) throw malformed('it has a date without a zone')
  }
  if (isDateTime(expires) && toMilliseconds(expires) < now.getTime()) {
    throw new OpenBadgesError('ERR_OB_PROOF_EXPIRED', `The proof was good until ${expires}.`)
  }
}

// At a moment before the document claims to be valid, its proof is of course dated later too: then
// "not valid yet" says it all. A proof dated ahead of a document in force is another matter.
function assertNotAhead({ created }: JsonObject, { validFrom }: JsonObject, now: Date): void {
  const isAhead = (date: unknown) =>
    isDateTime(date) && toMilliseconds(date) > now.getTime() + CLOCK_TOLERANCE_MS
  if (isAhead(created) && !isAhead(validFrom)) {
    throw new OpenBadgesError(
      'ERR_OB_PROOF_FUTURE',
      `The proof is dated ahead: ${String(created)}.`,
    )
  }
}

function madeAt({ created }: JsonObject): number | undefined {
  return isDateTime(created) ? toMilliseconds(created) : undefined
}

function malformed(reason: string): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_PROOF_MALFORMED', `The proof is malformed: ${reason}.`)
}
