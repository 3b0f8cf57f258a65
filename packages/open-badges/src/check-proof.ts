import { failed, failedBy, passed, skipped, warning } from './checks.js'
import { suiteOf } from './data-integrity.js'
import { isDateTime, toMilliseconds } from './date-time.js'
import { OpenBadgesError } from './errors.js'
import { asArray, isJsonObject, type JsonObject } from './json.js'
import { publicKeyOf } from './keys.js'
import type { Check } from './report.js'
import {
  assertionMethodsOf,
  type Documents,
  methodsOf,
  type PublishedKey,
  resolveController,
  resolveKey,
} from './resolve-key.js'

/** What checking a proof needs to know besides the document. */
export type ProofQuestion = {
  readonly issuerId: string
  readonly documents: Documents
  readonly now: Date
}

const MAX_PROOFS = 4
// Clocks differ by seconds; a proof from further ahead was not made yet.
const CLOCK_TOLERANCE_MS = 60_000

const KNOWN_SUITES = new Set([
  'eddsa-2022',
  'eddsa-jcs-2022',
  'ecdsa-rdfc-2019',
  'ecdsa-jcs-2019',
  'ecdsa-sd-2023',
  'bbs-2023',
])
const KNOWN_TYPES = new Set(['Ed25519Signature2020', 'JsonWebSignature2020', 'RsaSignature2018'])

/**
 * Checks who signed a document: the proof, its key, and the key's issuer.
 *
 * One proof that holds is enough (Open Badges 3.0, 8.3); the others are reported beside it.
 */
export async function checkProofs(
  document: JsonObject,
  question: ProofQuestion,
): Promise<readonly Check[]> {
  const proofs = asArray(document['proof'])
  if (proofs.length === 0 || proofs.length > MAX_PROOFS) {
    const message = `The badge has ${proofs.length} proofs; it needs 1 to ${MAX_PROOFS}.`
    return withRest(failed('proof', { error: 'ERR_OB_PROOF_MISSING', message }))
  }
  const results: (readonly Check[])[] = []
  for (const proof of proofs) results.push(await checkProof(document, proof, question))
  const best = results.find(allPassed) ?? results[0] ?? []
  return [...best, ...results.filter((result) => result !== best).map(toRemark)]
}

async function checkProof(document: JsonObject, proof: unknown, question: ProofQuestion) {
  try {
    assertProof(proof, question.now)
    assertNotAhead(proof, document, question.now)
  } catch (error) {
    return withRest(failedBy('proof', error, 'ERR_OB_PROOF_MALFORMED'))
  }
  return await checkSignature(document, proof, question)
}

async function checkSignature(document: JsonObject, proof: SoundProof, question: ProofQuestion) {
  let key: PublishedKey
  try {
    key = await resolveKey(proof.verificationMethod, question.documents)
    publicKeyOf(key.publicKeyMultibase)
    assertKeyInForce(key, proof, question.now)
  } catch (error) {
    const message = 'Without its key the signature cannot be checked.'
    return [skipped('proof', message), ...keyFailed(error, proof.verificationMethod)]
  }
  return [
    await checkValue(document, proof, key),
    passed('key', 'The key that made the signature is published.', { detail: { key: key.id } }),
    await checkIssuer(key, question),
  ]
}

async function checkValue(document: JsonObject, proof: SoundProof, key: PublishedKey) {
  try {
    if (await suiteOf(proof)?.verify(document, proof, key.publicKeyMultibase)) {
      return passed('proof', 'The badge is exactly what was signed.')
    }
  } catch (error) {
    return failedBy('proof', error, 'ERR_OB_SIGNATURE')
  }
  const message = 'The signature does not match: the badge was changed, or signed by another key.'
  return failed('proof', { error: 'ERR_OB_SIGNATURE', message })
}

// A key document is anybody's to write; only the issuer's own document says whose key it is.
async function checkIssuer(key: PublishedKey, { issuerId, documents }: ProofQuestion) {
  const detail = { issuer: issuerId }
  if (key.controller !== issuerId) {
    const message = 'The key belongs to somebody else, not to the issuer that the badge names.'
    return notBound(message, { ...detail, controller: key.controller })
  }
  try {
    const issuer = await resolveController(issuerId, documents)
    if (issuer['id'] !== issuerId || !assertionMethodsOf(issuer).includes(key.id)) {
      const message = 'The issuer does not list the key among those that sign its badges.'
      return notBound(message, { ...detail, key: key.id })
    }
    return methodsOf(issuer).some((method) => contradicts(method, key))
      ? notBound('The issuer publishes another key under this name.', { ...detail, key: key.id })
      : passed('issuer', 'The issuer that the badge names lists this key as its own.', { detail })
  } catch (error) {
    return { ...failedBy('issuer', error, 'ERR_OB_ISSUER_UNREACHABLE'), detail }
  }
}

function contradicts(method: JsonObject, key: PublishedKey): boolean {
  return method['id'] === key.id && method['publicKeyMultibase'] !== key.publicKeyMultibase
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

// A thief can write any date into a proof, so a revoked key is refused whatever `created` says.
function assertKeyInForce(key: PublishedKey, { created }: JsonObject, now: Date): void {
  const revoked = key.revoked !== undefined && !(Date.parse(key.revoked) > now.getTime())
  const late = key.expires !== undefined && isDateTime(created)
  if (revoked || (late && !(Date.parse(String(key.expires)) >= toMilliseconds(created)))) {
    throw new OpenBadgesError('ERR_OB_KEY_REVOKED', 'The key is no longer in force.')
  }
}

function keyFailed(error: unknown, key: string): readonly Check[] {
  return [
    { ...failedBy('key', error, 'ERR_OB_KEY_UNREACHABLE'), detail: { key } },
    skipped('issuer', 'Without its key nobody can vouch for the badge.'),
  ]
}

function withRest(check: Check): readonly Check[] {
  const message = 'There is no proof whose key could be looked up.'
  return [check, skipped('key', message), skipped('issuer', message)]
}

function notBound(message: string, detail: Check['detail'] & object): Check {
  return failed('issuer', { error: 'ERR_OB_KEY_NOT_BOUND', message }, { detail })
}

function malformed(reason: string): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_PROOF_MALFORMED', `The proof is malformed: ${reason}.`)
}

function allPassed(checks: readonly Check[]): boolean {
  return checks.every(({ outcome }) => outcome === 'passed')
}

function toRemark(checks: readonly Check[]): Check {
  const reason = checks.find(({ outcome }) => outcome === 'failed')?.message
  return reason === undefined
    ? passed('proof', 'A further proof holds too.')
    : warning('proof', `A further proof does not hold: ${reason}`)
}
