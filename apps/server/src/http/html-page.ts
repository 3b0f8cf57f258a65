import type { FastifyReply } from 'fastify'
import { directionOf, type Language } from '../mail/languages.js'
import type { Brand } from './brand.js'
import { framable } from './content-security.js'
import { type Html, html, trusted } from './html.js'
import { style } from './html-style.js'
import { isForOneReader } from './public-answers.js'

/** What a link to the page looks like where it is shared. */
export type Preview = {
  /** The page's own address, absolute. */
  readonly url: string
  readonly description: string
  /** A PNG, absolute, and the words for those who cannot see it. */
  readonly image: string
  readonly imageText: string
  /** True where it is about twice as wide as high. */
  readonly isWide?: boolean
  /** Where other sites ask how to embed the page. */
  readonly oembed?: string
}

/** What one page says; how every page looks is the brand's. */
export type Page = {
  readonly title: string
  readonly main: Html
  readonly preview?: Preview
  /** Whether search engines may list it; not unless it is said. */
  readonly listed?: boolean
  readonly footer?: Html
  /** Without header and footer, to stand in a page of somebody else. */
  readonly isFramed?: boolean
  /** What it is written in; English unless it is said. */
  readonly language?: Language
}

const messages = {
  en: {
    skip: 'Skip to content',
    badges: 'Your badges',
    verify: 'Verify a badge',
    footerLinks: 'About this site',
    about: 'Badges here follow the Open Badges standard: anyone can check them, anywhere.',
  },
  ar: {
    skip: 'انتقل إلى المحتوى',
    badges: 'شاراتك',
    verify: 'تحقّق من شارة',
    footerLinks: 'عن هذا الموقع',
    about: 'الشارات هنا تتبع معيار Open Badges: يستطيع أي شخص التحقق منها في أي مكان.',
  },
} as const satisfies Record<Language, object>

/** A whole page in the common frame: header, content, footer; nothing in it needs a script. */
function renderPage(shown: Page, brand: Brand): Html {
  const { title, main, preview, listed = false, isFramed = false, language = 'en' } = shown
  return html`<!doctype html>
<html lang="${language}"${directionOf(language) === 'rtl' && html` dir="rtl"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${!listed && html`<meta name="robots" content="noindex">`}
${preview !== undefined && previewTags(title, preview, brand.name)}
<link rel="icon" href="${brand.icon}">
<style>${trusted(style)}</style><style>${trusted(brand.style)}</style>
</head>
${isFramed ? framedBody(main) : wholeBody(shown, brand)}
</html>
`
}

function framedBody(main: Html): Html {
  return html`<body class="framed"><main id="content">${main}</main></body>`
}

function wholeBody({ main, footer, language = 'en' }: Page, brand: Brand): Html {
  const words = messages[language]
  return html`<body>
<a class="skip" href="#content">${words.skip}</a>
<header class="site"><div class="bar"><a class="brand" href="${brand.home}">${brand.mark}<span>${brand.name}</span></a>${publicNav(brand, language)}</div></header>
<main id="content">${main}</main>
<footer><div class="bar"><div>${brand.footerText !== '' && html`<p>${brand.footerText}</p>`}<p>${footer ?? words.about}</p></div>${footerNav(brand, language)}</div></footer>
</body>`
}

function publicNav({ name, home }: Brand, language: Language): Html {
  const { badges, verify } = messages[language]
  return html`<nav class="public" aria-label="${name}"><a href="${home}backpack/">${badges}</a><a href="${home}verify">${verify}</a></nav>`
}

function footerNav({ footerLinks }: Brand, language: Language): Html | false {
  if (footerLinks.length === 0) return false
  return html`<nav class="further-links" aria-label="${messages[language].footerLinks}">${footerLinks.map(
    ({ label, url }) => html`<a href="${url}" rel="noopener">${label}</a>`,
  )}</nav>`
}

function previewTags(
  title: string,
  { url, description, image, imageText, isWide = false, oembed }: Preview,
  siteName: string,
): Html {
  return html`<meta name="description" content="${description}">
<link rel="canonical" href="${url}">${
    oembed !== undefined &&
    html`
<link rel="alternate" type="application/json+oembed" href="${oembed}" title="${title}">`
  }
<meta property="og:type" content="website">
<meta property="og:site_name" content="${siteName}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta property="og:url" content="${url}">
<meta property="og:image" content="${image}">
<meta property="og:image:type" content="image/png">
<meta property="og:image:alt" content="${imageText}">
<meta name="twitter:card" content="${isWide ? 'summary_large_image' : 'summary'}">
<meta name="twitter:title" content="${title}">
<meta name="twitter:description" content="${description}">
<meta name="twitter:image" content="${image}">
<meta name="twitter:image:alt" content="${imageText}">`
}

/** Sends a page; kept by nobody, because what it says about a badge may change at any moment. */
export function sendPage(reply: FastifyReply, shown: Page) {
  const brand = reply.server.brand()
  const { contentSecurity } = brand
  if (!isForOneReader(reply)) reply.header('cache-control', 'no-cache')
  return reply
    .headers({
      'content-security-policy': shown.isFramed ? framable(contentSecurity) : contentSecurity,
      'referrer-policy': 'strict-origin-when-cross-origin',
      'x-content-type-options': 'nosniff',
    })
    .type('text/html; charset=utf-8')
    .send(renderPage(shown, brand).text)
}
