import type { KeyObject } from 'node:crypto'
import { type DecodeOptions, decode, Tokenizer } from 'cborg'
import { OpenBadgesError } from '../errors.js'
import { encodeMultibase } from '../keys/base58.js'
import { publicKeyOf } from '../keys/public-keys.js'
import { assertKind } from '../keys/verify-bytes.js'

/** What a derived proof of `ecdsa-sd-2023` holds (vc-di-ecdsa, 3.5.7 parseDerivedProofValue). */
export type DerivedProof = {
  /** The issuer's signature over the proof options, the proof key and the mandatory statements. */
  readonly baseSignature: Uint8Array
  /** The Multikey bytes of the proof key, as they were signed. */
  readonly proofKeyBytes: Uint8Array
  /** The key that was made for this one badge and signed each other statement. */
  readonly proofKey: KeyObject
  readonly signatures: readonly Uint8Array[]
  /** From the canonical names of blank nodes (`c14n0`) to those that were signed (`u…`). */
  readonly labels: ReadonlyMap<string, string>
  /** Which of the statements shown, sorted, are mandatory. */
  readonly mandatoryIndexes: ReadonlySet<number>
}

const BASE_HEADER = 'd95d00'
const DERIVED_HEADER = 'd95d01'

// A large badge has some hundred statements; each signature costs a verification.
const MAX_STATEMENTS = 1000
// Each signature is 64 bytes and a header of 2, each label 32 and some.
const MAX_TEXT = 140_000
// The list itself, the signatures, the labels and the indexes.
const CONTAINERS = 4

/** Reads the value of a derived proof; refuses a base proof, which is the holder's secret. */
export function parseDerivedProof(proofValue: string): DerivedProof {
  const parts = parseParts(parseBytes(proofValue))
  const [baseSignature, proofKeyBytes, signatures, labels, indexes] = parts
  if (parts.length !== 5) throw malformed('it has not the five parts of a derived proof')
  if (!isBytes(baseSignature, 64)) throw malformed('the signature of the issuer is not 64 bytes')
  return {
    baseSignature,
    ...parseProofKey(proofKeyBytes),
    signatures: parseSignatures(signatures),
    labels: parseLabels(labels),
    mandatoryIndexes: parseIndexes(indexes),
  }
}

// One spelling for the same bytes, without padding (Controlled Identifiers 1.0, 2.4 Multibase).
function parseBytes(proofValue: string): Buffer {
  if (proofValue.length > MAX_TEXT) {
    throw new OpenBadgesError('ERR_OB_TOO_LARGE', 'The proof is longer than any badge needs.')
  }
  const bytes = Buffer.from(proofValue.slice(1), 'base64url')
  if (proofValue !== `u${bytes.toString('base64url')}`) {
    throw malformed('its value is not multibase base64url (u…)')
  }
  return bytes
}

function parseParts(bytes: Buffer): readonly unknown[] {
  const header = bytes.toString('hex', 0, 3)
  if (header === BASE_HEADER) {
    const message =
      'This copy with its base proof is for the holder only: whoever has it can show any part of the badge. Ask the holder for a derived copy.'
    throw new OpenBadgesError('ERR_OB_PROOF_BASE', message)
  }
  if (header !== DERIVED_HEADER) throw malformed('it is not an ecdsa-sd-2023 proof')
  let parts: unknown
  try {
    parts = parseCbor(bytes.subarray(3))
  } catch (cause) {
    throw malformed('its value is not sound CBOR', cause)
  }
  if (Array.isArray(parts)) return parts
  throw malformed('it has not the five parts of a derived proof')
}

function parseCbor(bytes: Uint8Array): unknown {
  const options: DecodeOptions = {
    strict: true,
    allowIndefinite: false,
    allowUndefined: false,
    allowBigInt: false,
    allowInfinity: false,
    allowNaN: false,
    useMaps: true,
    rejectDuplicateMapKeys: true,
  }
  const tokens = new Tokenizer(bytes, options)
  let containers = 0
  const next = () => {
    const token = tokens.next()
    if (!token.type.terminal) containers += 1
    // The decoder recurses into whatever depth it is given.
    if (containers > CONTAINERS) throw malformed('it has more parts than a derived proof')
    return token
  }
  const tokenizer = { next, done: () => tokens.done(), pos: () => tokens.pos() }
  return decode(bytes, { ...options, tokenizer })
}

function parseProofKey(bytes: unknown) {
  if (!isBytes(bytes, 35)) throw malformed('its own key is not a P-256 Multikey')
  try {
    const proofKey = publicKeyOf(encodeMultibase(bytes))
    assertKind(proofKey, ['P-256'])
    return { proofKeyBytes: bytes, proofKey }
  } catch (cause) {
    throw malformed('its own key is not a P-256 Multikey', cause)
  }
}

function parseSignatures(list: unknown): readonly Uint8Array[] {
  if (!Array.isArray(list)) throw malformed('it has no list of signatures')
  assertCount(list.length)
  if (list.every((item) => isBytes(item, 64))) return list
  throw malformed('a signature of a statement is not 64 bytes')
}

/**
 * Two blank nodes under one signed name would be one node in what was signed and two in what is
 * shown: parts of one thing could be shown as parts of another.
 */
function parseLabels(map: unknown): ReadonlyMap<string, string> {
  if (!(map instanceof Map)) throw malformed('it has no map of labels')
  assertCount(map.size)
  const labels = new Map<string, string>()
  for (const [index, value] of map) {
    if (!isIndex(index) || !isBytes(value, 32)) throw malformed('its map of labels is not sound')
    labels.set(`c14n${index}`, `u${Buffer.from(value).toString('base64url')}`)
  }
  if (new Set(labels.values()).size === labels.size) return labels
  throw malformed('its map gives one label to two things')
}

function parseIndexes(list: unknown): ReadonlySet<number> {
  if (!Array.isArray(list) || !list.every(isIndex)) {
    throw malformed('its list of mandatory statements is not sound')
  }
  assertCount(list.length)
  const indexes = new Set<number>(list)
  if (indexes.size === list.length) return indexes
  throw malformed('it lists a mandatory statement twice')
}

function assertCount(count: number): void {
  if (count <= MAX_STATEMENTS) return
  const message = `The proof is about more than ${MAX_STATEMENTS} statements.`
  throw new OpenBadgesError('ERR_OB_TOO_LARGE', message)
}

function isBytes(value: unknown, length: number): value is Uint8Array {
  return value instanceof Uint8Array && value.length === length
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function malformed(reason: string, cause?: unknown): OpenBadgesError {
  const message = `The selective disclosure proof is malformed: ${reason}.`
  return new OpenBadgesError('ERR_OB_PROOF_MALFORMED', message, { cause })
}
