import { type Html, html } from '../../http/html.js'
import { icons } from '../../http/html-icons.js'
import { dateTag } from '../../http/html-words.js'
import type { ImportedView } from './imported-badge-views.js'

const lines = {
  valid: {
    look: 'good',
    title: 'Valid when last checked',
    text: 'Its issuer stands behind it, as far as this site can see.',
  },
  expired: { look: 'warn', title: 'Expired', text: 'Its time is over.' },
  revoked: { look: 'bad', title: 'Revoked', text: 'Its issuer has taken it back.' },
  suspended: { look: 'warn', title: 'Suspended', text: 'Its issuer has put it on hold.' },
  invalid: { look: 'bad', title: 'Not valid', text: 'It did not pass the check.' },
  unknown: {
    look: 'warn',
    title: 'Could not be checked',
    text: 'Not everything that is needed for a check could be had.',
  },
} as const

const messages = { checked: 'Checked here on', until: 'It was valid until' }

/** What the last check of a badge from elsewhere has found, and what time did since. */
export function importedStatus(badge: ImportedView, now: Date): keyof typeof lines {
  const { verdict, expiresAt } = badge
  const isOver = expiresAt !== null && Date.parse(expiresAt) <= now.getTime()
  if (verdict === 'valid' && isOver) return 'expired'
  return isKnown(verdict) ? verdict : 'unknown'
}

function isKnown(verdict: string): verdict is keyof typeof lines {
  return Object.hasOwn(lines, verdict)
}

/** An icon, a word, a sentence, and when it was found out. */
export function importedStatusLine(badge: ImportedView, now: Date): Html {
  const status = importedStatus(badge, now)
  const { look, title, text } = lines[status]
  const { expiresAt, statusReason, checkedAt } = badge
  const why =
    status === 'expired' && expiresAt !== null
      ? html`${messages.until} ${dateTag(expiresAt)}.`
      : html`${status === 'valid' ? text : (statusReason ?? text)}`
  return html`<p class="status ${look}">${icons[look]}<span><strong>${title}</strong>${why} ${messages.checked} ${dateTag(checkedAt)}.</span></p>`
}
