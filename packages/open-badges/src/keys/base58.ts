import { OpenBadgesError } from '../errors.js'

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const NO_DIGIT = 255
// By character code.
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = ALPHABET.indexOf(String.fromCharCode(code))
  return digit < 0 ? NO_DIGIT : digit
})

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

// So many digits at once as a number holds exactly; the rest is for big integers.
const GROUP = 9
const weights = Array.from({ length: GROUP + 1 }, (_, length) => 58n ** BigInt(length))

function decodeDigits(text: string): Uint8Array {
  let value = 0n
  for (let i = 0; i < text.length; i += GROUP) {
    const end = Math.min(i + GROUP, text.length)
    let group = 0
    for (let k = i; k < end; k++) group = group * 58 + digitAt(text, k)
    value = value * (weights[end - i] ?? 1n) + BigInt(group)
  }
  const hex = value === 0n ? '' : value.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  let leading = 0
  while (text.charAt(leading) === '1') leading += 1
  const all = new Uint8Array(leading + bytes.length)
  all.set(bytes, leading)
  return all
}

function digitAt(text: string, index: number): number {
  const digit = DIGITS[text.charCodeAt(index)] ?? NO_DIGIT
  if (digit === NO_DIGIT) {
    throw new OpenBadgesError('ERR_OB_KEY_MATERIAL', 'The value has a character outside base58btc.')
  }
  return digit
}
