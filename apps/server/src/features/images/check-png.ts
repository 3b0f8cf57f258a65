import { crc32, inflateSync } from 'node:zlib'
import { refuseImage } from './refuse-image.js'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const maxPixels = 4096

/** What a picture needs. Texts, places, cameras and badges baked in elsewhere are left out. */
const kept = new Set('IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs'.split(' '))
/** Bit depths allowed per colour type, and samples per pixel (PNG, 11.2.1). */
const colourTypes: Readonly<Record<number, { depths: readonly number[]; samples: number }>> = {
  0: { depths: [1, 2, 4, 8, 16], samples: 1 },
  2: { depths: [8, 16], samples: 3 },
  3: { depths: [1, 2, 4, 8], samples: 1 },
  4: { depths: [8, 16], samples: 2 },
  6: { depths: [8, 16], samples: 4 },
}

type Chunk = { readonly type: string; readonly whole: Buffer; readonly data: Buffer }

export function looksLikePng(bytes: Buffer): boolean {
  return bytes.subarray(0, signature.length).equals(signature)
}

/** Checks a PNG from its first byte to its last pixel and answers with it, freed of what is no picture. */
export function checkPng(bytes: Buffer): Buffer {
  const chunks = readChunks(bytes)
  const [header] = chunks
  if (header?.type !== 'IHDR' || header.data.length !== 13) throw damaged('it has no header')
  const expected = pixelBytes(header.data)
  const pixels = chunks.filter((chunk) => chunk.type === 'IDAT').map((chunk) => chunk.data)
  if (header.data[9] === 3 && !chunks.some((chunk) => chunk.type === 'PLTE')) {
    throw damaged('its palette is missing')
  }
  checkPixels(Buffer.concat(pixels), expected)
  const whole = chunks.filter((chunk) => kept.has(chunk.type)).map((chunk) => chunk.whole)
  return Buffer.concat([signature, ...whole])
}

function readChunks(bytes: Buffer): readonly Chunk[] {
  const chunks: Chunk[] = []
  let start = signature.length
  while (chunks.at(-1)?.type !== 'IEND') {
    if (start + 12 > bytes.length) throw damaged('it ends too early')
    const end = start + 12 + bytes.readUInt32BE(start)
    if (end > bytes.length) throw damaged('it ends too early')
    const whole = bytes.subarray(start, end)
    if (crc32(whole.subarray(4, -4)) !== whole.readUInt32BE(whole.length - 4)) {
      throw damaged('a checksum in it is wrong')
    }
    chunks.push({ type: whole.toString('latin1', 4, 8), whole, data: whole.subarray(8, -4) })
    start = end
  }
  return chunks
}

/** How many bytes the pixels unpack to, once the header is known to make sense. */
function pixelBytes(header: Buffer): number {
  const width = header.readUInt32BE(0)
  const height = header.readUInt32BE(4)
  const [depth = 0, colourType = 0, compression, filter, interlace = 0] = header.subarray(8)
  if (width === 0 || height === 0) throw damaged('it has no pixels')
  if (width > maxPixels || height > maxPixels) {
    throw refuseImage(
      `The image is ${width} × ${height} pixels, and ${maxPixels} × ${maxPixels} are the most.`,
      'Make it smaller; 600 × 600 is a good size for a badge.',
    )
  }
  const colour = colourTypes[colourType]
  if (colour === undefined || !colour.depths.includes(depth))
    throw damaged('its colours are unknown')
  if (compression !== 0 || filter !== 0 || interlace > 1) throw damaged('its packing is unknown')
  const bits = depth * colour.samples
  const passes = interlace === 0 ? [{ width, height }] : adam7(width, height)
  const rows = passes.filter((pass) => pass.width > 0)
  return rows.reduce((sum, pass) => sum + pass.height * (1 + Math.ceil((pass.width * bits) / 8)), 0)
}

/** The seven smaller pictures of an interlaced one (PNG, 8.2). */
function adam7(width: number, height: number) {
  const grid = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ] as const
  return grid.map(([x, y, dx, dy]) => ({
    width: Math.ceil((width - x) / dx),
    height: Math.ceil((height - y) / dy),
  }))
}

// Never unpacks more than the header announces, so a bomb ends here.
function checkPixels(packed: Buffer, expected: number): void {
  let length: number
  try {
    length = inflateSync(packed, { maxOutputLength: expected }).length
  } catch (cause) {
    throw damaged('its pixels cannot be unpacked', cause)
  }
  if (length !== expected) throw damaged('pixels are missing')
}

function damaged(fault: string, cause?: unknown) {
  const remedy = 'Export it again from the program it was made with.'
  return refuseImage(`The PNG is damaged: ${fault}.`, remedy, cause)
}
