import { OpenBadgesError } from '../errors.js'
import { isDateTime, toMilliseconds } from '../json/date-time.js'
import { isJsonObject, type JsonObject } from '../json/json.js'
import { suiteOf } from './suites.js'

/** A proof whose members can be relied on to be of the right form. */
export type SoundProof = JsonObject & {
  readonly verificationMethod: string
  readonly proofValue: string
}

// Clocks differ by seconds; a proof from further ahead was not made yet.
const CLOCK_TOLERANCE_MS = 60_000

const KNOWN_SUITES = new Set(['bbs-2023'])
const KNOWN_TYPES = new Set([
  'Ed25519Signature2018',
  'EcdsaSecp256k1Signature2019',
  'JsonWebSignature2020',
  'RsaSignature2018',
])

/** Refuses a proof that is malformed, or of another kind or purpose. */
export function assertProof(proof: unknown): asserts proof is SoundProof {
  if (!isJsonObject(proof)) throw malformed('it is not an object')
  assertSuite(proof)
  if (proof['proofPurpose'] !== 'assertionMethod') {
    throw new OpenBadgesError('ERR_OB_PROOF_PURPOSE', 'The proof was not made to assert anything.')
  }
  if (typeof proof['verificationMethod'] !== 'string') throw malformed('it names no key')
  if (typeof proof['proofValue'] !== 'string') throw malformed('it has no value')
  assertProofDates(proof)
}

// At a moment before the document claims to be valid, its proof is of course dated later too: then
// "not valid yet" says it all. A proof dated ahead of a document in force is another matter.
/** Refuses a proof that is dated ahead of its document. */
export function assertNotAhead(
  { created }: JsonObject,
  { validFrom }: JsonObject,
  now: Date,
): void {
  const isAhead = (date: unknown) =>
    isDateTime(date) && toMilliseconds(date) > now.getTime() + CLOCK_TOLERANCE_MS
  if (isAhead(created) && !isAhead(validFrom)) {
    throw new OpenBadgesError(
      'ERR_OB_PROOF_FUTURE',
      `The proof is dated ahead: ${String(created)}.`,
    )
  }
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

function assertProofDates({ created, expires }: JsonObject): void {
  for (const date of [created, expires]) {
    if (date !== undefined && !isDateTime(date)) throw malformed('it has a date without a zone')
  }
}

function malformed(reason: string): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_PROOF_MALFORMED', `The proof is malformed: ${reason}.`)
}
