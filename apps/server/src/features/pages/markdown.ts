import { marked } from 'marked'
import sanitizeHtml from 'sanitize-html'
import { type Html, html, trusted } from '../../http/html.js'

const heading = { h1: 'h3', h2: 'h3', h3: 'h4', h4: 'h4', h5: 'h4', h6: 'h4' } as const

/** What course teams write, as HTML without scripts, styles or pictures from elsewhere. */
export function renderMarkdown(text: string): Html {
  const written = toHtml(text)
  if (written === undefined) return html`<p>${text}</p>`
  return trusted(
    sanitizeHtml(written, {
      allowedTags:
        'p br hr strong em del code pre blockquote ul ol li h3 h4 a table thead tbody tr th td'.split(
          ' ',
        ),
      allowedAttributes: { a: ['href', 'rel'] },
      allowedSchemes: ['https', 'http', 'mailto'],
      allowProtocolRelative: false,
      transformTags: {
        // The page has its own h1 and h2.
        ...heading,
        a: (tagName, { href }) => ({
          tagName,
          attribs: { ...(href === undefined ? {} : { href }), rel: 'nofollow noopener ugc' },
        }),
      },
    }),
  )
}

function toHtml(text: string): string | undefined {
  try {
    return marked.parse(text, { async: false, gfm: true })
  } catch {
    // Thousands of quotes within quotes exhaust the stack; then it is shown as it was written.
    return undefined
  }
}
