import { gunzipSync, gzipSync } from 'node:zlib'
import { OpenBadgesError } from '../errors.js'

/** Fewest entries of a list, so that one entry does not stand out (Bitstring Status List 1.0, 3.1). */
export const MIN_STATUS_ENTRIES = 131_072

// A list of eight million entries; a compressed megabyte of zeros stops here.
const MAX_BYTES = 1024 * 1024

/**
 * An all-zero list of `size` entries, eight a byte (Bitstring Status List 1.0, 3.1).
 *
 * Throws `ERR_OB_INPUT` for fewer than 131,072 entries or a part of a byte.
 */
export function createStatusBits(size = MIN_STATUS_ENTRIES): Uint8Array {
  if (!Number.isSafeInteger(size) || size < MIN_STATUS_ENTRIES || size % 8 !== 0) {
    throw new OpenBadgesError(
      'ERR_OB_INPUT',
      `A status list has at least ${MIN_STATUS_ENTRIES} entries, in whole bytes.`,
    )
  }
  return new Uint8Array(size / 8)
}

/**
 * Sets one entry in place; entry 0 is the leftmost bit of byte 0 (Bitstring Status List 1.0, 3.1).
 *
 * Throws `ERR_OB_STATUS_RANGE` for an entry that the list has not.
 */
export function setStatus(bits: Uint8Array, index: number, status: 0 | 1): void {
  const byte = byteAt(bits, index)
  const mask = 0x80 >> (index % 8)
  bits[Math.floor(index / 8)] = status === 1 ? byte | mask : byte & ~mask
}

/**
 * Reads one entry (Bitstring Status List 1.0, 3.2 step 11).
 *
 * Throws `ERR_OB_STATUS_RANGE` for an entry that the list has not: that is never 0.
 */
export function getStatus(bits: Uint8Array, index: number): 0 | 1 {
  return (byteAt(bits, index) & (0x80 >> (index % 8))) === 0 ? 0 : 1
}

/** Reads one entry of several bits, the first being the highest (Bitstring Status List 1.0, 3.2 step 10). */
export function getStatusValue(
  bits: Uint8Array,
  { index, size }: { index: number; size: number },
): number {
  const places = Array.from({ length: size }, (_, i) => index * size + i)
  return places.reduce((value, place) => value * 2 + getStatus(bits, place), 0)
}

/** Writes a list as `u` and base64url of its gzip (Bitstring Status List 1.0, 3.3). */
export function encodeStatusList(bits: Uint8Array): string {
  return `u${gzipSync(bits).toString('base64url')}`
}

/**
 * Reads an encoded list (Bitstring Status List 1.0, 3.4).
 *
 * Throws `ERR_OB_STATUS_LIST` for one that is damaged or inflates beyond `maxBytes`, 1 MB unless told.
 *
 * @param limits - how far it may inflate
 */
export function decodeStatusList(
  text: string,
  { maxBytes = MAX_BYTES }: { maxBytes?: number } = {},
): Uint8Array {
  if (!/^u[A-Za-z0-9_-]+$/.test(text)) {
    throw new OpenBadgesError('ERR_OB_STATUS_LIST', 'The status list is not multibase base64url.')
  }
  try {
    return gunzipSync(Buffer.from(text.slice(1), 'base64url'), { maxOutputLength: maxBytes })
  } catch (cause) {
    throw new OpenBadgesError('ERR_OB_STATUS_LIST', 'The status list is damaged or too large.', {
      cause,
    })
  }
}

/** Reads a list of 2021: the same bits, mostly without the leading `u` (StatusList2021, 3.2). */
export function decodeOlderList(text: string): Uint8Array {
  // The gzip of any list begins with "H4sI", so that a leading "u" can only be the prefix.
  const base64url = text.replace(/^u/, '').replace(/=+$/, '')
  return decodeStatusList(`u${base64url.replaceAll('+', '-').replaceAll('/', '_')}`)
}

function byteAt(bits: Uint8Array, index: number): number {
  const byte = Number.isSafeInteger(index) && index >= 0 ? bits[Math.floor(index / 8)] : undefined
  if (byte !== undefined) return byte
  throw new OpenBadgesError('ERR_OB_STATUS_RANGE', `The status list has no entry ${index}.`)
}
