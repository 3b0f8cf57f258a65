import { createHash } from 'node:crypto'

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/
const GREGORIAN_TO_UNIX_MS = 12_219_292_800_000n

/** The hyphenated lower-case form of a UUID in any form that Python's `UUID()` reads, or null. */
export function canonicalUuid(text: string): string | null {
  if (UUID.test(text)) return text
  const hex = text
    .toLowerCase()
    .replace('urn:', '')
    .replace('uuid:', '')
    .replace(/^[{}]+|[{}]+$/g, '')
    .replaceAll('-', '')
  return /^[0-9a-f]{32}$/.test(hex) ? hyphenate(hex) : null
}

/** A version 5 UUID: the same namespace and name always give the same one. */
export function uuidV5(namespace: string, name: string | Uint8Array): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
    .subarray(0, 16)
  return hyphenate(stamp(bytes, 0x50).toString('hex'))
}

/**
 * A version 1 UUID, the kind Open edX gives its events. `unixMs` is the time, `random` at least eight
 * random bytes that stand for the clock sequence and the host.
 */
export function uuidV1(unixMs: number, random: Uint8Array): string {
  const ticks = (BigInt(unixMs) + GREGORIAN_TO_UNIX_MS) * 10_000n
  const bytes = Buffer.alloc(16)
  bytes.writeUInt32BE(Number(ticks & 0xffff_ffffn), 0)
  bytes.writeUInt16BE(Number((ticks >> 32n) & 0xffffn), 4)
  bytes.writeUInt16BE(Number((ticks >> 48n) & 0x0fffn), 6)
  bytes.set(random.subarray(0, 8), 8)
  // The multicast bit says that the host part is random and no network card's address.
  bytes.writeUInt8(bytes.readUInt8(10) | 1, 10)
  return hyphenate(stamp(bytes, 0x10).toString('hex'))
}

function stamp(bytes: Buffer, version: number): Buffer {
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | version, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes
}

function hyphenate(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
