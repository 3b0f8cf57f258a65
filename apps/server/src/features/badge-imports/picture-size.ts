/** The format and size of a picture of pixels by its first bytes; undefined for any other. */
export function pictureSizeOf(bytes: Buffer): PictureSize | undefined {
  try {
    return asPng(bytes) ?? asGif(bytes) ?? asJpeg(bytes)
  } catch {
    // Cut off in the middle of what would say it.
    return undefined
  }
}

export type PictureSize = {
  readonly type: 'image/png' | 'image/gif' | 'image/jpeg'
  readonly width: number
  readonly height: number
}

function asPng(bytes: Buffer): PictureSize | undefined {
  if (bytes.toString('latin1', 0, 4) !== '\u0089PNG') return undefined
  return { type: 'image/png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
}

function asGif(bytes: Buffer): PictureSize | undefined {
  if (!/^GIF8[79]a/.test(bytes.toString('latin1', 0, 6))) return undefined
  return { type: 'image/gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
}

// Segments follow each other, until one of those that begin a frame (ITU-T T.81, B.1.1.3).
function asJpeg(bytes: Buffer): PictureSize | undefined {
  if (bytes.readUInt16BE(0) !== 0xffd8) return undefined
  for (let at = 2; bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes.readUInt8(at + 1)
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const [height, width] = [bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 7)]
      return { type: 'image/jpeg', width, height }
    }
  }
  return undefined
}
