import { createHash } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { type Html, html, trusted } from './html.js'
import { rosetteMark } from './html-icons.js'
import { style } from './html-style.js'

/** What a link to the page looks like where it is shared. */
export type Preview = {
  /** The page's own address, absolute. */
  readonly url: string
  readonly description: string
  /** A PNG, absolute, and the words for those who cannot see it. */
  readonly image: string
  readonly imageText: string
}

type Page = {
  readonly title: string
  readonly main: Html
  readonly preview?: Preview
  /** Whether search engines may list it; not unless it is said. */
  readonly listed?: boolean
  /** What links to the start page; the path of the base address. */
  readonly home?: string
  /** What stands in the header beside the mark; the way to the verifier unless it is said. */
  readonly nav?: Html
  /** Rules beside those of every page; `contentSecurity` must be told of them. */
  readonly moreStyle?: string
  readonly footer?: Html
}

const messages = {
  site: 'Rosette',
  skip: 'Skip to content',
  verify: 'Verify a badge',
  about: 'Badges here follow the Open Badges standard: anyone can check them, anywhere.',
}

/** A whole page in the common frame: header, content, footer; nothing in it needs a script. */
export function page(shown: Page): Html {
  const { title, main, preview, listed = false, home = '/', nav, moreStyle, footer } = shown
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${!listed && html`<meta name="robots" content="noindex">`}
${preview !== undefined && previewTags(title, preview)}
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>${moreStyle !== undefined && html`<style>${trusted(moreStyle)}</style>`}
</head>
<body>
<a class="skip" href="#content">${messages.skip}</a>
<header class="site"><div class="bar"><a class="brand" href="${home}">${rosetteMark}${messages.site}</a>${nav ?? publicNav(home)}</div></header>
<main id="content">${main}</main>
<footer><div class="bar"><span>${footer ?? messages.about}</span></div></footer>
</body>
</html>
`
}

function publicNav(home: string): Html {
  return html`<nav class="public" aria-label="${messages.site}"><a href="${home}verify">${messages.verify}</a></nav>`
}

function previewTags(title: string, { url, description, image, imageText }: Preview): Html {
  return html`<meta name="description" content="${description}">
<link rel="canonical" href="${url}">
<meta property="og:type" content="website">
<meta property="og:site_name" content="${messages.site}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta property="og:url" content="${url}">
<meta property="og:image" content="${image}">
<meta property="og:image:type" content="image/png">
<meta property="og:image:alt" content="${imageText}">
<meta name="twitter:card" content="summary">
<meta name="twitter:title" content="${title}">
<meta name="twitter:description" content="${description}">
<meta name="twitter:image" content="${image}">
<meta name="twitter:image:alt" content="${imageText}">`
}

/** Nothing runs, nothing is fetched but images, and nobody frames the page. */
export function contentSecurity(styles: readonly string[]): string {
  const hashes = styles.map((text) => createHash('sha256').update(text).digest('base64'))
  return [
    `default-src 'none'`,
    `style-src ${hashes.map((hash) => `'sha256-${hash}'`).join(' ')}`,
    // Badges that a provider issues are shown with its pictures.
    `img-src 'self' data: https:`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}

const ofEveryPage = contentSecurity([style])

/** Sends a page; kept by nobody, because what it says about a badge may change at any moment. */
export function sendPage(reply: FastifyReply, content: Html) {
  return reply
    .headers({
      'content-security-policy': ofEveryPage,
      'referrer-policy': 'strict-origin-when-cross-origin',
      'x-content-type-options': 'nosniff',
    })
    .header('cache-control', 'no-cache')
    .type('text/html; charset=utf-8')
    .send(content.text)
}
