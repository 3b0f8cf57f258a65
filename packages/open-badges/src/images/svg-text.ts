import { isUtf8 } from 'node:buffer'
import { OpenBadgesError } from '../errors.js'

const MAX_SVG_BYTES = 16 * 1024 * 1024

/** The encodings that every reader of XML must know (XML 1.0, 4.3.3). */
export type SvgEncoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** The text of an SVG and how it was written. */
export type SvgText = { readonly text: string; readonly encoding: SvgEncoding }

/** True when bytes begin as an SVG does: perhaps a declaration, comments, then the root. */
export function looksLikeSvg(bytes: Uint8Array): boolean {
  const start = new TextDecoder(encodingOf(bytes)).decode(bytes.subarray(0, 4096)).trimStart()
  return start.startsWith('<') && /^<(\?[\w-]|!--|!doctype\s+svg|([\w-]+:)?svg[\s>/])/i.test(start)
}

/** Reads the bytes of an SVG; a byte order mark stays the first character of the text. */
export function decodeSvg(svg: Uint8Array): SvgText {
  if (svg.length > MAX_SVG_BYTES) {
    throw new OpenBadgesError('ERR_OB_TOO_LARGE', 'The SVG is larger than 16 MB.')
  }
  const encoding = encodingOf(svg)
  if (encoding === 'utf-8' && isUtf8(svg)) {
    // Faster than the decoder, which would also find what is wrong.
    const { buffer, byteOffset, byteLength } = svg
    return { text: Buffer.from(buffer, byteOffset, byteLength).toString('utf8'), encoding }
  }
  try {
    return {
      text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(svg),
      encoding,
    }
  } catch (cause) {
    throw damagedSvg('it is not UTF-8 text', cause)
  }
}

/** Writes text as it was read. */
export function encodeSvg({ text, encoding }: SvgText): Uint8Array {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8')
  const bytes = Buffer.from(text, 'utf16le')
  return encoding === 'utf-16le' ? bytes : bytes.swap16()
}

/** The refusal of an SVG. */
export function damagedSvg(reason: string, cause?: unknown): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_SVG', `The SVG cannot be read: ${reason}.`, { cause })
}

// XML in UTF-16 begins with a byte order mark (XML 1.0, 4.3.3).
function encodingOf([first, second]: Uint8Array): SvgEncoding {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}
