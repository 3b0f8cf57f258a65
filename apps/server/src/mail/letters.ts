import { siteName } from '../http/brand.js'
import { type Html, html } from '../http/html.js'
import type { Mail } from './mailer.js'

/** A short letter to one person, with one thing to press. */
type Letter = {
  readonly subject: string
  readonly paragraphs: readonly string[]
  readonly action: { readonly label: string; readonly url: string }
  readonly after: readonly string[]
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

/** Every text of the letters, in one place; `{name}` stands for a part. */
const messages = {
  hello: 'Hello {name},',
  byHand: 'If the button does not work, open this address:',
  reset: {
    subject: 'Choose a new password for {site}',
    paragraphs: ['Somebody, probably you, asked for a new password for your account at {site}.'],
    action: 'Choose a new password',
    after: [
      'The link works once, for an hour. Afterwards you are signed out on all devices.',
      'If it was not you, there is nothing to do: your password stays as it is.',
    ],
  },
  invitation: {
    subject: 'You are invited to {organization} at {site}',
    paragraphs: [
      '{inviter} invites you to work on the badges of {organization} at {site}, as {role}.',
    ],
    action: 'Accept the invitation',
    after: [
      'The link works once, until {until}.',
      'If you do not know what this is about, there is nothing to do.',
    ],
  },
  roles: { owner: 'an owner', editor: 'an editor', staff: 'a member of staff', viewer: 'a viewer' },
}

/** The letter to whoever has forgotten the password. */
export function resetLetter(parts: {
  readonly to: string
  readonly name: string
  readonly site: string
  readonly url: string
  readonly look?: MailLook
}): Mail {
  const { subject, paragraphs, action, after } = messages.reset
  const { to, name, site, url, look } = parts
  const fill = filler({ name, site })
  return toMail(
    { to, look },
    {
      subject: fill(subject),
      paragraphs: [messages.hello, ...paragraphs].map(fill),
      action: { label: action, url },
      after: after.map(fill),
    },
  )
}

/** The letter to whoever is invited to an organization. */
export function invitationLetter(parts: {
  readonly to: string
  readonly site: string
  readonly url: string
  readonly organization: string
  readonly inviter: string
  readonly role: keyof typeof messages.roles
  readonly until: string
  readonly look?: MailLook
}): Mail {
  const { subject, paragraphs, action, after } = messages.invitation
  const { to, url, look, ...told } = parts
  const fill = filler({ ...told, role: messages.roles[parts.role], until: dayOf(parts.until) })
  return toMail(
    { to, look },
    {
      subject: fill(subject),
      paragraphs: paragraphs.map(fill),
      action: { label: action, url },
      after: after.map(fill),
    },
  )
}

type Sending = { readonly to: string; readonly look?: MailLook | undefined }

function toMail({ to, look = brand }: Sending, letter: Letter): Mail {
  // What people call themselves must not begin another header.
  const subject = letter.subject.replace(/[\r\n]+/g, ' ')
  return { to: [to], subject, text: textOf(letter), html: htmlOf(letter, look) }
}

function textOf({ paragraphs, action, after }: Letter): string {
  return `${[...paragraphs, `${action.label}:\n${action.url}`, ...after].join('\n\n')}\n`
}

// Mail programs know little of CSS, and only what stands in the elements.
function htmlOf({ paragraphs, action, after }: Letter, look: MailLook): string {
  const paragraph = (text: string) => html`<p style="margin:0 0 16px">${text}</p>`
  const { colour, letters } = look.accent
  const button = `display:inline-block;padding:12px 20px;border-radius:10px;background:${colour};color:${letters};text-decoration:none;font-weight:600`
  return html`<!doctype html>
<html lang="en"><body style="margin:0;padding:24px;background:#f6f6fa">
<div style="max-width:560px;margin:0 auto;padding:32px;border-radius:16px;background:#ffffff;color:#1b1b26;font:16px/1.5 'Readex Pro',system-ui,sans-serif">
${head(look)}
${paragraphs.map(paragraph)}
<p style="margin:24px 0"><a href="${action.url}" style="${button}">${action.label}</a></p>
${after.map(paragraph)}
<p style="margin:24px 0 0;font-size:13px;color:#55566a">${messages.byHand}<br><a href="${action.url}" style="color:#55566a;word-break:break-all">${action.url}</a></p>
</div>${foot(look)}</body></html>
`.text
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
    ({ label, url }) => html` <a href="${url}" style="color:#55566a">${label}</a>`,
  )
  return html`<p style="max-width:560px;margin:16px auto 0;padding:0 32px;font:13px/1.5 system-ui,sans-serif;color:#55566a">${footerText}${links}</p>`
}

function filler(parts: Readonly<Record<string, string>>) {
  return (text: string): string => text.replace(/\{(\w+)\}/g, (_, name) => parts[name] ?? '')
}

function dayOf(instant: string): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(instant),
  )
}
