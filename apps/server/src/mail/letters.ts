import { filler } from './languages.js'
import { type MailLook, toMail } from './letter-form.js'
import type { Mail } from './mailer.js'

/** Every text of the letters to those who run badges, in one place; `{name}` stands for a part. */
const messages = {
  hello: 'Hello {name},',
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
  const fill = filler('en', { name, site })
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
  const fill = filler('en', {
    ...told,
    role: messages.roles[parts.role],
    until: dayOf(parts.until),
  })
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

function dayOf(instant: string): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(instant),
  )
}
