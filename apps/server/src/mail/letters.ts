import { html } from '../http/html.js'
import type { Mail } from './mailer.js'

/** A short letter to one person, with one thing to press. */
type Letter = {
  readonly subject: string
  readonly paragraphs: readonly string[]
  readonly action: { readonly label: string; readonly url: string }
  readonly after: readonly string[]
}

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
}): Mail {
  const { subject, paragraphs, action, after } = messages.reset
  const fill = filler(parts)
  return toMail(parts.to, {
    subject: fill(subject),
    paragraphs: [messages.hello, ...paragraphs].map(fill),
    action: { label: action, url: parts.url },
    after: after.map(fill),
  })
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
}): Mail {
  const { subject, paragraphs, action, after } = messages.invitation
  const fill = filler({ ...parts, role: messages.roles[parts.role], until: dayOf(parts.until) })
  return toMail(parts.to, {
    subject: fill(subject),
    paragraphs: paragraphs.map(fill),
    action: { label: action, url: parts.url },
    after: after.map(fill),
  })
}

function toMail(to: string, letter: Letter): Mail {
  // What people call themselves must not begin another header.
  const subject = letter.subject.replace(/[\r\n]+/g, ' ')
  return { to: [to], subject, text: textOf(letter), html: htmlOf(letter) }
}

function textOf({ paragraphs, action, after }: Letter): string {
  return `${[...paragraphs, `${action.label}:\n${action.url}`, ...after].join('\n\n')}\n`
}

// Mail programs know little of CSS, and only what stands in the elements.
function htmlOf({ paragraphs, action, after }: Letter): string {
  const paragraph = (text: string) => html`<p style="margin:0 0 16px">${text}</p>`
  const button =
    'display:inline-block;padding:12px 20px;border-radius:6px;background:#1d4ed8;color:#ffffff;text-decoration:none;font-weight:600'
  return html`<!doctype html>
<html lang="en"><body style="margin:0;padding:24px;background:#f5f5f4">
<div style="max-width:560px;margin:0 auto;padding:32px;border-radius:8px;background:#ffffff;color:#1c1917;font:16px/1.5 system-ui,sans-serif">
${paragraphs.map(paragraph)}
<p style="margin:24px 0"><a href="${action.url}" style="${button}">${action.label}</a></p>
${after.map(paragraph)}
<p style="margin:24px 0 0;font-size:13px;color:#57534e">${messages.byHand}<br><a href="${action.url}" style="color:#57534e;word-break:break-all">${action.url}</a></p>
</div></body></html>
`.text
}

function filler(parts: Readonly<Record<string, string>>) {
  return (text: string): string => text.replace(/\{(\w+)\}/g, (_, name) => parts[name] ?? '')
}

function dayOf(instant: string): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(instant),
  )
}
