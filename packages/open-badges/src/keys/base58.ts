import { OpenBadgesError } from '../errors.js'

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const DIGITS = new Map([...ALPHABET].map((character, digit) => [character, digit]))

// The work grows with the square of the length; nothing we read is longer than a signature.
const MAX_LENGTH = 256

/** Writes bytes as multibase base58btc: `z` and the digits (Controlled Identifiers 1.0, 2.4). */
export function encodeMultibase(bytes: Uint8Array): string {
  const digits: number[] = []
  for (const byte of bytes) {
    let carry = byte
    for (let i = 0; i < digits.length; i++) {
      carry += (digits[i] ?? 0) * 256
      digits[i] = carry % 58
      carry = Math.floor(carry / 58)
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58)
  }
  const zeros = bytes.findIndex((byte) => byte !== 0)
  const leading = '1'.repeat(zeros < 0 ? bytes.length : zeros)
  return `z${leading}${digits
    .reverse()
    .map((digit) => ALPHABET[digit])
    .join('')}`
}

/** Reads multibase base58btc; refuses any other base (Controlled Identifiers 1.0, 2.4). */
export function decodeMultibase(text: string): Uint8Array {
  if (!text.startsWith('z') || text.length > MAX_LENGTH) {
    throw new OpenBadgesError('ERR_OB_KEY_MATERIAL', 'Expected a multibase base58btc value (z…).')
  }
  return decodeDigits(text.slice(1))
}

/** Reads plain base58btc, as old key documents write it (Ed25519VerificationKey2018). */
export function decodeBase58(text: string): Uint8Array {
  if (text.length > MAX_LENGTH) {
    throw new OpenBadgesError('ERR_OB_KEY_MATERIAL', 'The base58btc value is too long.')
  }
  return decodeDigits(text)
}

// Four digits at once into limbs of 24 bits: what a limb and a carry come to stays exact.
const GROUP = 4
const LIMB = 2 ** 24

function decodeDigits(text: string): Uint8Array {
  const limbs: number[] = []
  for (let i = 0; i < text.length; i += GROUP) {
    const group = text.slice(i, i + GROUP)
    let carry = 0
    for (let k = 0; k < group.length; k++) carry = carry * 58 + digitOf(group.charAt(k))
    for (let k = 0; k < limbs.length; k++) {
      carry += (limbs[k] ?? 0) * 58 ** group.length
      limbs[k] = carry % LIMB
      carry = Math.floor(carry / LIMB)
    }
    if (carry > 0) limbs.push(carry)
  }
  const leading = /^(1*)/.exec(text)?.[1]?.length ?? 0
  const bytes = limbs.flatMap((limb) => [limb & 0xff, (limb >> 8) & 0xff, limb >> 16])
  while (bytes.at(-1) === 0) bytes.pop()
  return Uint8Array.from([...new Array<number>(leading).fill(0), ...bytes.reverse()])
}

function digitOf(character: string): number {
  const digit = DIGITS.get(character)
  if (digit === undefined) {
    throw new OpenBadgesError('ERR_OB_KEY_MATERIAL', 'The value has a character outside base58btc.')
  }
  return digit
}
