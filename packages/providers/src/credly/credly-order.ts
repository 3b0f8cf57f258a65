import type { Evidence, Order, Recipient } from '../provider.js'
import { ProviderError } from '../provider-error.js'
import { splitName } from '../split-name.js'
import { toCredlyLocale } from './credly-locale.js'
import { credlyName } from './credly-options.js'

/** The body of a request that issues one badge; throws for an order that Credly can only refuse. */
export function toIssueBody(order: Order): object {
  const locale = toCredlyLocale(order.locale)
  return {
    ...toRecipient(order.recipient),
    badge_template_id: order.templateId,
    issued_at: toCredlyTime(order.issuedAt),
    ...toExpiry(order),
    ...(locale === undefined ? {} : { locale }),
    ...(order.notify ? {} : { suppress_badge_notification_email: true }),
    ...toEvidence(order),
  }
}

/** The body of a request that replaces a badge; Credly takes neither a locale nor silence for it. */
export function toReplaceBody(order: Order): object {
  return {
    ...toRecipient(order.recipient),
    badge_template_id: order.templateId,
    issued_at: toCredlyTime(order.issuedAt),
    ...toExpiry(order),
    ...toEvidence(order),
  }
}

function toRecipient({ email, name, id }: Recipient): object {
  const names = splitName(name)
  if (names === undefined) throw refuseRecipient('name')
  if (email.trim() === '') throw refuseRecipient('e-mail address')
  return {
    recipient_email: email.trim(),
    issued_to_first_name: names.first,
    issued_to_last_name: names.last,
    ...(id === '' ? {} : { issuer_earner_id: id }),
  }
}

function refuseRecipient(missing: string): ProviderError {
  const message = `${credlyName} issues only to people whose ${missing} is known. Add the ${missing} of the recipient.`
  return new ProviderError(message, { kind: 'refused', reason: 'recipient-refused' })
}

function toExpiry({ expiresAt }: Order): object {
  return expiresAt === null ? {} : { expires_at: toCredlyTime(expiresAt) }
}

/** `2014-04-01 14:41:00 +0000`, the form of Credly's own examples. */
function toCredlyTime(iso: string): string {
  const ms = Date.parse(iso)
  const utc = Number.isNaN(ms) ? '' : new Date(ms).toISOString()
  // Years of more than four digits carry a sign.
  if (!/^\d/.test(utc)) {
    const message = `${credlyName} needs a date and time, and "${iso}" is none.`
    throw new ProviderError(message, { kind: 'refused', reason: 'other' })
  }
  return `${utc.slice(0, 19).replace('T', ' ')} +0000`
}

function toEvidence({ evidence, narrative }: Order): object {
  const items = evidence.flatMap(toItem)
  if (narrative !== null) items.push(...toItem({ name: 'Narrative', narrative }))
  return items.length === 0 ? {} : { evidence: items }
}

/** Where there is an address, evidence is a link; otherwise a title and a text. */
function toItem({ url, name, narrative }: Evidence): object[] {
  if (url) {
    const named = { ...(name && { name }), ...(narrative && { description: narrative }) }
    return [{ type: 'UrlEvidence', value: url, ...named }]
  }
  if (!name && !narrative) return []
  return [{ type: 'IdEvidence', title: name || 'Evidence', description: narrative ?? '' }]
}
