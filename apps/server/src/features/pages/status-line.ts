import { type Html, html } from '../../http/html.js'
import { icons } from '../../http/html-icons.js'
import { dateTag } from '../../http/html-words.js'
import type { AwardStatus } from './award-status.js'

const messages = {
  revoked: 'Revoked',
  expired: 'Expired',
  valid: { title: 'Valid', text: 'Signed by the issuer, not revoked, not expired.' },
  signing: {
    title: 'Being signed',
    text: 'This badge has been awarded. Its signature is on the way; look again in a moment.',
  },
  delayed: {
    title: 'Not signed yet',
    text: 'This badge has been awarded, but could not be signed so far. The issuer can see why.',
  },
  there: (provider: string) => ({
    title: `Issued through ${provider}`,
    text: `The badge lives at ${provider}, where anyone can check it.`,
  }),
  'to-accept': (provider: string) => ({
    title: 'Waiting to be accepted',
    text: `This badge has been issued through ${provider}. Once its holder has accepted it there, anyone can check it.`,
  }),
  coming: (provider: string) => ({
    title: `On its way to ${provider}`,
    text: `This badge has been awarded and will be issued by ${provider}; look again in a moment.`,
  }),
  'held-up': (provider: string) => ({
    title: 'Not issued yet',
    text: `This badge has been awarded, but ${provider} could not issue it so far. The issuer can see why.`,
  }),
}

/** The heart of the page: an icon, a word, a sentence. */
export function statusLine(status: AwardStatus, issuerName: string): Html {
  switch (status.is) {
    case 'revoked':
      return line('bad', messages.revoked, revokedText(status, issuerName))
    case 'expired':
      return line('warn', messages.expired, html`This badge was valid until ${dateTag(status.at)}.`)
    case 'ended-there':
      return line('bad', 'Taken back', endedText(status))
    case 'valid':
      return line('good', messages.valid.title, html`${messages.valid.text}`)
    case 'signing':
    case 'delayed': {
      const { title, text } = messages[status.is]
      return line(status.is === 'signing' ? 'waiting' : 'warn', title, html`${text}`)
    }
    case 'there':
    case 'to-accept':
    case 'coming':
    case 'held-up': {
      const { title, text } = messages[status.is](status.provider)
      return line(looks[status.is], title, html`${text}`)
    }
  }
}

const looks = {
  there: 'good',
  'to-accept': 'waiting',
  coming: 'waiting',
  'held-up': 'warn',
} as const

function line(look: 'good' | 'warn' | 'bad' | 'waiting', title: string, text: Html): Html {
  const colour = look === 'waiting' ? 'warn' : look
  return html`<p class="status ${colour}">${icons[look]}<span><strong>${title}</strong>${text}</span></p>`
}

type Of<Is extends AwardStatus['is']> = Extract<AwardStatus, { readonly is: Is }>

function revokedText({ at, reason }: Of<'revoked'>, issuerName: string): Html {
  return html`${issuerName} took this badge back on ${dateTag(at)}${reason === null ? '.' : `: ${reason}`}`
}

function endedText({ at, provider }: Of<'ended-there'>): Html {
  return html`This badge was taken back at ${provider}${at !== null && html` on ${dateTag(at)}`}.`
}
