/** What somebody gave in the place of a badge, by its content; undefined where nothing can be said. */
export function describeContent(content: unknown): string | undefined {
  if (content instanceof Uint8Array) {
    const start = Buffer.from(content.subarray(0, 512)).toString('latin1')
    return kinds.find(([pattern]) => pattern.test(start))?.[1]
  }
  if (typeof content !== 'string') return undefined
  return kinds.find(([pattern]) => pattern.test(content.slice(0, 512)))?.[1]
}

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^\u0089PNG/, 'a PNG picture'],
  [/^\u00ff\u00d8\u00ff/, 'a JPEG photo; badges live in PNG and SVG files only'],
  [/^GIF8/, 'a GIF picture; badges live in PNG and SVG files only'],
  [/^RIFF.{4}WEBP/s, 'a WebP picture; badges live in PNG and SVG files only'],
  [/^%PDF/, 'a PDF document; the badge itself is a PNG, SVG or JSON file'],
  [/^PK\W{2}/, 'a ZIP archive or an office document; unpack it and give one badge'],
  [/^\s*<(!doctype html|html)/i, 'a web page; look there for a download of the badge'],
  [/^\s*(<\?xml[^>]*>\s*)?(<!--[^>]*-->\s*)?<svg/i, 'an SVG picture'],
  [/^\s*</, 'XML or HTML'],
  [/^\s*[{[]/, 'JSON'],
  [/^https?:/i, 'a link'],
  [/^\s*[^\s@]+@[^\s@]+\s*$/, 'an e-mail address; it belongs into the field below'],
  [/^[\s\S]*$/, 'text'],
]
