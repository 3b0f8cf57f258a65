import { crc32, inflateSync } from 'node:zlib'
import { OpenBadgesError } from '../errors.js'
import { present } from '../json/members.js'

/** The words under which a PNG carries a badge: Open Badges 3.0, 5.3.1, and 2.0 baking. */
export type PngKeyword = 'openbadgecredential' | 'openbadges'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const MAX_PNG_BYTES = 32 * 1024 * 1024
const MAX_TEXT_BYTES = 4 * 1024 * 1024

type Chunk = { readonly type: string; readonly start: number; readonly end: number }

/** True when bytes begin as a PNG does (PNG, 5.2). */
export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.equals(bytes.subarray(0, SIGNATURE.length))
}

/**
 * Puts a badge into a PNG as one uncompressed iTXt chunk (Open Badges 3.0, 5.3.1.1).
 *
 * The chunk goes before the first IDAT: readers that stop at the pixels find it there. A baked
 * chunk of either version is replaced; every other chunk keeps its bytes.
 */
export function bakePng(
  png: Uint8Array,
  text: string,
  { keyword = 'openbadgecredential' }: { keyword?: PngKeyword } = {},
): Uint8Array {
  const source = toBuffer(png)
  if (Buffer.byteLength(text) > MAX_TEXT_BYTES) throw tooLarge()
  const parts: Uint8Array[] = [SIGNATURE]
  let placed = false
  for (const chunk of readChunks(source)) {
    if (!placed && (chunk.type === 'IDAT' || chunk.type === 'IEND')) {
      parts.push(toChunk('iTXt', Buffer.from(`${keyword}\0\0\0\0\0${text}`, 'utf8')))
      placed = true
    }
    if (keywordOf(source, chunk) === undefined) parts.push(source.subarray(chunk.start, chunk.end))
  }
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
  const source = toBuffer(png)
  const baked = readChunks(source).flatMap((chunk) => {
    const keyword = keywordOf(source, chunk)
    return keyword === undefined ? [] : [{ keyword, chunk }]
  })
  const found = baked.find(({ keyword }) => keyword === 'openbadgecredential') ?? baked[0]
  if (found === undefined) return undefined
  const others = baked.filter((candidate) => candidate !== found).map(({ keyword }) => keyword)
  return present({ keyword: found.keyword, text: textOf(source, found.chunk), others })
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
    chunks.push({ type, start, end })
    start = end
  }
  return chunks
}

function keywordOf(png: Buffer, { type, start, end }: Chunk): PngKeyword | undefined {
  // tEXt is how the oldest 2.0 bakers wrote; it is read and replaced, never written.
  if (type !== 'iTXt' && type !== 'tEXt') return undefined
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
  if (type === 'tEXt') return data.toString('latin1', afterKeyword)
  const afterLanguage = indexAfterNul(data, afterKeyword + 2)
  const text = data.subarray(indexAfterNul(data, afterLanguage))
  return decodeUtf8(data[afterKeyword] === 1 ? inflate(text) : text)
}

function indexAfterNul(data: Buffer, from: number): number {
  const nul = data.indexOf(0, from)
  if (nul < 0) throw damaged('the chunk that holds the badge is incomplete')
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

function damaged(reason: string, cause?: unknown): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_PNG', `The PNG cannot be read: ${reason}.`, { cause })
}

function tooLarge(): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_TOO_LARGE', 'The PNG or the badge in it is too large.')
}
