import { crc32, inflateSync } from 'node:zlib'
import { OpenBadgesError } from '../errors.js'
import { present } from '../json/members.js'

/** The words under which a PNG carries a badge: Open Badges 3.0, 5.3.1, and 2.0 baking. */
export type PngKeyword = 'openbadgecredential' | 'openbadges'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const MAX_PNG_BYTES = 32 * 1024 * 1024
const MAX_TEXT_BYTES = 4 * 1024 * 1024
// A picture of 32 MB in chunks of 8 KB, the smallest that encoders write, has 4,000.
const MAX_CHUNKS = 50_000
// Each may inflate to 4 MB.
const MAX_BADGES = 16

/** Under which word to bake, and whether a badge under the other word may stay. */
export type PngBaking = {
  /** By default that of Open Badges 3.0. */
  readonly keyword?: PngKeyword
  /** By default it goes. */
  readonly keepOther?: boolean
}

type Chunk = { readonly type: string; readonly start: number; readonly end: number }

/** True when bytes begin as a PNG does (PNG, 5.2). */
export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.equals(bytes.subarray(0, SIGNATURE.length))
}

/**
 * Puts a badge into a PNG as one uncompressed iTXt chunk (Open Badges 3.0, 5.3.1.1).
 *
 * The chunk goes before the first IDAT: readers that stop at the pixels find it there. A baked
 * chunk of either version and any form is replaced, or with `keepOther` only one of the same
 * version; everything else keeps its bytes and its order, what follows the end included. Throws
 * `ERR_OB_PNG` for a damaged image and `ERR_OB_TOO_LARGE` for a badge beyond 4 MB.
 *
 * @param options - under which word, and what becomes of a badge that is there already
 */
export function bakePng(
  png: Uint8Array,
  text: string,
  { keyword = 'openbadgecredential', keepOther = false }: PngBaking = {},
): Uint8Array {
  const source = toBuffer(png)
  if (Buffer.byteLength(text) > MAX_TEXT_BYTES) throw tooLarge()
  const parts: Uint8Array[] = [SIGNATURE]
  let placed = false
  let position = SIGNATURE.length
  for (const chunk of readChunks(source)) {
    if (!placed && (chunk.type === 'IDAT' || chunk.type === 'IEND')) {
      parts.push(toChunk('iTXt', Buffer.from(`${keyword}\0\0\0\0\0${text}`, 'utf8')))
      placed = true
    }
    const old = keywordOf(source, chunk)
    const isKept = old === undefined || (keepOther && old !== keyword)
    if (isKept) parts.push(source.subarray(chunk.start, chunk.end))
    position = chunk.end
  }
  parts.push(source.subarray(position))
  return Buffer.concat(parts)
}

/**
 * The newest baked badge in a PNG and its keyword, or undefined (Open Badges 3.0, 5.3.1.2).
 *
 * Of several with one keyword the first counts; `others` are the keywords of those not read.
 */
export function unbakePng(
  png: Uint8Array,
): { keyword: PngKeyword; text: string; others?: readonly PngKeyword[] } | undefined {
  const baked = findBadges(png)
  const found = baked.find(({ keyword }) => keyword === 'openbadgecredential') ?? baked[0]
  if (found === undefined) return undefined
  const others = baked.filter((candidate) => candidate !== found).map(({ keyword }) => keyword)
  return present({ keyword: found.keyword, text: found.read(), others })
}

/** Every badge in a PNG, in the order of its chunks. */
export function unbakeAllPng(png: Uint8Array): readonly { keyword: PngKeyword; text: string }[] {
  const baked = findBadges(png)
  if (baked.length > MAX_BADGES) throw tooLarge()
  return baked.map(({ keyword, read }) => ({ keyword, text: read() }))
}

function findBadges(png: Uint8Array) {
  const source = toBuffer(png)
  return readChunks(source).flatMap((chunk) => {
    const keyword = keywordOf(source, chunk)
    return keyword === undefined ? [] : [{ keyword, read: () => textOf(source, chunk) }]
  })
}

// Chunks are walked without copying; only the one that is read has its checksum computed.
function readChunks(png: Buffer): readonly Chunk[] {
  if (!isPng(png)) throw damaged('it does not begin as a PNG')
  if (png.length > MAX_PNG_BYTES) throw tooLarge()
  const chunks: Chunk[] = []
  let start = SIGNATURE.length
  while (chunks.at(-1)?.type !== 'IEND') {
    if (start + 12 > png.length) throw damaged('it ends too early')
    const end = start + 12 + png.readUInt32BE(start)
    if (end > png.length) throw damaged('it ends too early')
    const type = png.toString('latin1', start + 4, start + 8)
    if (!/^[A-Za-z]{4}$/.test(type)) throw damaged('a chunk has no proper name')
    if (chunks.length === 0 && type !== 'IHDR') throw damaged('it has no header')
    if (chunks.length === MAX_CHUNKS) throw tooLarge()
    chunks.push({ type, start, end })
    start = end
  }
  return chunks
}

function keywordOf(png: Buffer, { type, start, end }: Chunk): PngKeyword | undefined {
  // tEXt and zTXt are how the oldest bakers wrote; they are read and replaced, never written.
  if (type !== 'iTXt' && type !== 'tEXt' && type !== 'zTXt') return undefined
  const data = png.subarray(start + 8, Math.min(end - 4, start + 8 + 80))
  const keyword = data.toString('latin1', 0, Math.max(0, data.indexOf(0)))
  return keyword === 'openbadgecredential' || keyword === 'openbadges' ? keyword : undefined
}

function textOf(png: Buffer, { type, start, end }: Chunk): string {
  if (end - start > MAX_TEXT_BYTES) throw tooLarge()
  if (crc32(png.subarray(start + 4, end - 4)) !== png.readUInt32BE(end - 4)) {
    throw damaged('the chunk that holds the badge has a wrong checksum')
  }
  const data = png.subarray(start + 8, end - 4)
  const afterKeyword = data.indexOf(0) + 1
  if (type === 'tEXt') return decodeOld(data.subarray(afterKeyword))
  if (type === 'zTXt') return decodeOld(inflate(data.subarray(afterMethod(data, afterKeyword))))
  const isCompressed = data[afterKeyword]
  if (isCompressed !== 0 && isCompressed !== 1) throw incomplete()
  const language = isCompressed === 1 ? afterMethod(data, afterKeyword + 1) : afterKeyword + 2
  const text = data.subarray(indexAfterNul(data, indexAfterNul(data, language)))
  return decodeUtf8(isCompressed === 1 ? inflate(text) : text)
}

// 0 is the only way of compressing that there is (PNG, 11.3.3.3 and 11.3.3.4).
function afterMethod(data: Buffer, at: number): number {
  if (data[at] !== 0) throw damaged('the badge is compressed in an unknown way')
  return at + 1
}

function indexAfterNul(data: Buffer, from: number): number {
  const nul = data.indexOf(0, from)
  if (nul < 0) throw incomplete()
  return nul + 1
}

function inflate(data: Buffer): Buffer {
  try {
    return inflateSync(data, { maxOutputLength: MAX_TEXT_BYTES })
  } catch (cause) {
    throw damaged('the compressed badge is damaged or too large', cause)
  }
}

// Read as anything but UTF-8, every accent would break the signature.
function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw damaged('the badge is not UTF-8 text', cause)
  }
}

// Latin-1 by the rule (PNG, 11.3.3.2), yet most bakers wrote UTF-8; nothing but UTF-8 looks like it.
function decodeOld(bytes: Buffer): string {
  try {
    return decodeUtf8(bytes)
  } catch {
    return bytes.toString('latin1')
  }
}

function toChunk(type: string, data: Buffer): Buffer {
  const chunk = Buffer.alloc(data.length + 12)
  chunk.writeUInt32BE(data.length, 0)
  chunk.write(type, 4, 'latin1')
  data.copy(chunk, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, data.length + 8)), data.length + 8)
  return chunk
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function incomplete(): OpenBadgesError {
  return damaged('the chunk that holds the badge is incomplete')
}

function damaged(reason: string, cause?: unknown): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_PNG', `The PNG cannot be read: ${reason}.`, { cause })
}

function tooLarge(): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_TOO_LARGE', 'The PNG or the badge in it is too large.')
}
