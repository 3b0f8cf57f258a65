/** Something that is no badge: what it is, and what to do where that is already clear. */
export type Content = { readonly is: string; readonly remedy?: string }

/** What somebody gave in the place of a badge, by its first bytes. */
export function describeContent(content: unknown): Content | undefined {
  if (typeof content === 'string') return describeText(content.slice(0, 512))
  if (!(content instanceof Uint8Array)) return undefined
  return describeText(Buffer.from(content.subarray(0, 512)).toString('latin1'))
}

export const webPage: Content = {
  is: 'a web page',
  remedy: 'Look on it for a button that downloads the badge, or for a link to its JSON.',
}

function describeText(start: string): Content | undefined {
  return kinds.find(([pattern]) => pattern.test(start))?.[1]
}

const noPhoto = 'Badges live in PNG and SVG files only. Ask for the file as it was downloaded.'

const kinds: readonly (readonly [RegExp, Content])[] = [
  [/^\u0089PNG/, { is: 'a PNG picture' }],
  [/^\u00ff\u00d8\u00ff/, { is: 'a JPEG photo', remedy: noPhoto }],
  [/^GIF8/, { is: 'a GIF picture', remedy: noPhoto }],
  [/^RIFF.{4}WEBP/s, { is: 'a WebP picture', remedy: noPhoto }],
  [
    /^%PDF/,
    {
      is: 'a PDF document',
      remedy: 'Ask for the badge itself: a PNG, SVG or JSON file, or a link.',
    },
  ],
  [
    /^PK\W{2}/,
    { is: 'an archive or an office document', remedy: 'Unpack it, and give one badge.' },
  ],
  [/^\s*<(!doctype html|html)/i, webPage],
  [/^\s*(<\?xml[^>]*>\s*)?(<!--[^>]*-->\s*)?<svg/i, { is: 'an SVG picture' }],
  [/^\s*[{[]/, { is: 'JSON' }],
  [
    /^\s*[^\s@]+@[^\s@]+\s*$/,
    { is: 'an e-mail address', remedy: 'Give the badge here, and the address in the field below.' },
  ],
  [/^[\t\n\r\u0020-\u007e\u00a0-\u00ff]+$/, { is: 'text' }],
  [/^/, { is: 'a file of a kind that is not known here' }],
]
