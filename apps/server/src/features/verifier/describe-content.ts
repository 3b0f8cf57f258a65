/** Something that is no badge: what it is, and what to do where that is already clear. */
export type Content = {
  readonly is: string
  readonly remedy?: string
  /** The part of it that may be a badge; it is put into the form. */
  readonly instead?: string | undefined
}

/** What somebody gave in the place of a badge, by its first bytes; undefined where a report says it better. */
export function describeContent(content: unknown): Content | undefined {
  if (typeof content === 'string') return describeWritten(content)
  if (!(content instanceof Uint8Array)) return undefined
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  return find(files, bytes.toString('latin1', 0, 512)) ?? describeWritten(bytes.toString('utf8'))
}

export const webPage: Content = {
  is: 'a web page',
  remedy: 'Look on it for a button that downloads the badge, or for a link to its JSON.',
}

/** Characters of what was given that go back into the form; pages are to stay small. */
export const mostGivenBack = 10_000

/** Characters in which the nature of a text is looked for. */
const mostLookedAt = 2000

function describeWritten(text: string): Content | undefined {
  if (/^\s*[{[]/.test(text)) return describeJson(text.trim())
  // What is wrong inside of it, the report says.
  if (/^\s*data:/i.test(text)) return undefined
  const start = text.slice(0, mostLookedAt)
  const markup = find(markups, start)
  if (markup !== undefined) return markup
  const json = text.slice(start.search(/\{\s*"/), text.lastIndexOf('}') + 1)
  if (json.startsWith('{')) return around('JSON', json)
  const [link] = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/i.exec(start) ?? []
  if (link !== undefined) return around('link', link)
  return find(texts, start)
}

function around(thing: 'JSON' | 'link', instead: string): Content {
  const is = thing === 'link' ? 'text with a link in it' : 'text with JSON in it'
  if (instead.length > mostGivenBack) return { is, remedy: `Give the ${thing} by itself.` }
  const remedy = `Only the ${thing} counts. It stands in the field below by itself now: check that.`
  return { is, remedy, instead }
}

function describeJson(text: string): Content | undefined {
  if (text.startsWith('[')) {
    return { is: 'a list', remedy: 'Give one badge at a time: a text from { to its }.' }
  }
  if (/^\{\s*[“”„«]/.test(text)) {
    const remedy = 'Word processors and messengers do that. Give the file as it was downloaded.'
    return { is: 'JSON whose quotation marks were changed into round ones', remedy }
  }
  if (text.endsWith('}')) return undefined
  const remedy = 'Give it whole, from the first { to the last }, or give the file.'
  return { is: 'JSON whose end is missing', remedy }
}

type Kinds = readonly (readonly [RegExp, Content])[]

function find(kinds: Kinds, start: string): Content | undefined {
  return kinds.find(([pattern]) => pattern.test(start))?.[1]
}

const noPhoto = 'Badges live in PNG and SVG files only. Ask for the file as it was downloaded.'

const files: Kinds = [
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
  [
    /^(\u00ff\u00fe|\u00fe\u00ff)/,
    {
      is: 'a text that was saved as UTF-16',
      remedy: 'Save it as UTF-8, or copy the text into the field below.',
    },
  ],
]

const markups: Kinds = [
  [/\ufffd|(?![\t\n\r])\p{Cc}/u, { is: 'a file of a kind that is not known here' }],
  [/^\s*<(!doctype html|html)/i, webPage],
  [/^\s*<(!doctype svg|svg|[\s\S]*<svg)/i, { is: 'an SVG picture' }],
]

const texts: Kinds = [
  [
    /^\s*eyJ[\w.-]*\s*$/,
    {
      is: 'a signed badge that is not whole',
      remedy: 'Copy all of its letters, from the first to the last, or give its file.',
    },
  ],
  [
    /^\s*[\w-]+(\.[\w-]+)*\.[a-z]{2,}\/?\s*$/i,
    {
      is: 'the name of a site',
      remedy: 'Give the whole link to the badge, as it is in the address line of the browser.',
    },
  ],
  [
    /^\s*(?!https?:)[a-z][a-z0-9+.-]*:\S*\s*$/i,
    { is: 'a link of a kind that is not asked', remedy: 'A link to a badge begins with https://.' },
  ],
  [
    /^\s*[^\s@]+@[^\s@]+\s*$/,
    { is: 'an e-mail address', remedy: 'Give the badge here, and the address in the field below.' },
  ],
  [
    /^/,
    {
      is: 'text without a badge in it',
      remedy:
        'Paste the link that came with the badge or the whole of its text, or choose its file.',
    },
  ],
]
