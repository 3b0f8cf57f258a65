import { siteName } from '../http/brand.js'
import { type Html, html } from '../http/html.js'
import { directionOf, type Language, letterWords } from './languages.js'
import type { Mail } from './mailer.js'

/** A short letter to one person, with one thing to press. */
export type Letter = {
  readonly language?: Language
  readonly subject: string
  readonly paragraphs: readonly string[]
  /** What somebody else wrote. */
  readonly quote?: string | undefined
  readonly badges?: readonly ShownBadge[]
  readonly action: { readonly label: string; readonly url: string }
  readonly after: readonly string[]
  /** Where no more of such letters can be asked for. */
  readonly unsubscribe?: { readonly label: string; readonly url: string }
}

/** A badge in a letter, with the page that everybody may see where there is one. */
export type ShownBadge = {
  readonly name: string
  readonly issuerName: string
  readonly pictureUrl: string
  readonly publicPage?: { readonly label: string; readonly url: string }
}

/** What the site looks like, in the little that mail programs show of it. */
export type MailLook = {
  readonly name: string
  readonly accent: { readonly colour: string; readonly letters: string }
  /** An absolute address. */
  readonly logo?: string | undefined
  readonly footerText?: string
  readonly footerLinks?: readonly { readonly label: string; readonly url: string }[]
}

const brand: MailLook = { name: siteName, accent: { colour: '#3730a3', letters: '#ffffff' } }

type Sending = { readonly to: string; readonly look?: MailLook | undefined }

export function toMail({ to, look = brand }: Sending, letter: Letter): Mail {
  // What people call themselves must not begin another header.
  const subject = letter.subject.replace(/[\r\n]+/g, ' ')
  const { unsubscribe } = letter
  return {
    to: [to],
    subject,
    text: textOf(letter),
    html: htmlOf(letter, look),
    ...(unsubscribe !== undefined && { headers: headersFor(unsubscribe.url) }),
  }
}

// RFC 8058: the mailbox offers it with one click, and sends the form itself.
function headersFor(url: string) {
  return { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
}

function textOf(letter: Letter): string {
  const { paragraphs, quote, badges = [], action, after, unsubscribe } = letter
  const parts = [
    ...paragraphs,
    ...(quote === undefined ? [] : [quote.replace(/^/gm, '> ')]),
    ...badges.map(({ name, issuerName, publicPage }) =>
      [`${name} (${issuerName})`, ...(publicPage === undefined ? [] : [publicPage.url])].join('\n'),
    ),
    `${action.label}:\n${action.url}`,
    ...after,
    ...(unsubscribe === undefined ? [] : [`${unsubscribe.label}:\n${unsubscribe.url}`]),
  ]
  return `${parts.join('\n\n')}\n`
}

const grey = '#55566a'

// Mail programs know little of CSS, and only what stands in the elements.
function htmlOf(letter: Letter, look: MailLook): string {
  const { language = 'en', paragraphs, quote, badges = [], action, after, unsubscribe } = letter
  const paragraph = (text: string) => html`<p style="margin:0 0 16px">${text}</p>`
  const { colour, letters } = look.accent
  const button = `display:inline-block;padding:12px 20px;border-radius:10px;background:${colour};color:${letters};text-decoration:none;font-weight:600`
  return html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}"><body style="margin:0;padding:24px;background:#f6f6fa">
<div style="max-width:560px;margin:0 auto;padding:32px;border-radius:16px;background:#ffffff;color:#1b1b26;font:16px/1.5 'Readex Pro',system-ui,sans-serif">
${head(look)}
${paragraphs.map(paragraph)}
${quote !== undefined && html`<blockquote style="margin:0 0 16px;padding-inline-start:16px;border-inline-start:3px solid ${colour};white-space:pre-line">${quote}</blockquote>`}
${badges.map(badgeRow)}
<p style="margin:24px 0"><a href="${action.url}" style="${button}">${action.label}</a></p>
${after.map(paragraph)}
<p style="margin:24px 0 0;font-size:13px;color:${grey}">${letterWords(language).byHand}<br><a href="${action.url}" style="color:${grey};word-break:break-all">${action.url}</a></p>
</div>${foot(look)}${unsubscribe !== undefined && farewell(unsubscribe)}</body></html>
`.text
}

function badgeRow({ name, issuerName, pictureUrl, publicPage }: ShownBadge): Html {
  return html`<table role="presentation" style="margin:0 0 16px;border-spacing:0"><tr>
<td style="padding:0;padding-inline-end:16px;vertical-align:middle"><img src="${pictureUrl}" alt="" width="72" height="72" style="display:block"></td>
<td style="padding:0;vertical-align:middle"><strong><bdi>${name}</bdi></strong><br><bdi style="color:${grey}">${issuerName}</bdi>${
    publicPage !== undefined &&
    html`<br><a href="${publicPage.url}" style="color:${grey}">${publicPage.label}</a>`
  }</td></tr></table>
`
}

function head({ name, logo }: MailLook): Html {
  return html`<p style="margin:0 0 24px;font-size:18px;font-weight:700">${
    logo !== undefined &&
    html`<img src="${logo}" alt="" height="32" style="height:32px;vertical-align:middle;margin-inline-end:10px">`
  }${name}</p>`
}

function foot({ footerText = '', footerLinks = [] }: MailLook): Html | false {
  if (footerText === '' && footerLinks.length === 0) return false
  const links = footerLinks.map(
    ({ label, url }) => html` <a href="${url}" style="color:${grey}">${label}</a>`,
  )
  return html`<p style="max-width:560px;margin:16px auto 0;padding:0 32px;font:13px/1.5 system-ui,sans-serif;color:${grey}">${footerText}${links}</p>`
}

function farewell({ label, url }: { readonly label: string; readonly url: string }): Html {
  return html`<p style="max-width:560px;margin:16px auto 0;padding:0 32px;font:13px/1.5 system-ui,sans-serif"><a href="${url}" style="color:${grey}">${label}</a></p>`
}
