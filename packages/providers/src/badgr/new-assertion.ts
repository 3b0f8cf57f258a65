import type { Evidence, Order } from '../provider.js'
import type { BadgeClass } from './entities.js'
import { endOf } from './expiry.js'

/** How far the clocks of the server and ours may be apart. */
const skewMs = 60_000
/** What lies further ahead is not a matter of clocks, and is for the server to refuse. */
const mostAheadMs = 300_000

/** An order as the server wants it. `rule` is that of the badge class, which servers leave to their clients. */
export function toNewAssertion(
  order: Omit<Order, 'templateId'>,
  rule: BadgeClass['expires'],
  now: Date,
): object {
  const issuedAt = new Date(order.issuedAt)
  const issuedOn = isAboutNow(issuedAt, now) ? {} : { issuedOn: issuedAt.toISOString() }
  const end = order.expiresAt ?? (rule ? endOf(issuedAt, rule) : null)
  return {
    // Servers keep addresses in lower case; sent so, it is found again on those that do not.
    recipient: {
      identity: order.recipient.email.trim().toLowerCase(),
      type: 'email',
      hashed: true,
    },
    ...issuedOn,
    ...(end === null ? {} : { expires: new Date(end).toISOString() }),
    ...(order.narrative ? { narrative: order.narrative } : {}),
    evidence: order.evidence.flatMap(toEvidence),
    notify: order.notify,
    // The default is true, and then a call repeated after a lost answer would issue twice.
    allowDuplicateAwards: false,
  }
}

/**
 * A time in the future is refused, and the server's clock may be behind ours: about now, the server says
 * itself what now is.
 */
function isAboutNow(time: Date, now: Date): boolean {
  const ahead = time.getTime() - now.getTime()
  return ahead > -skewMs && ahead < mostAheadMs
}

/** A name has no member of its own there, and an item without an address and a text is refused. */
function toEvidence({ url, name, narrative }: Evidence): readonly object[] {
  const words = [name, narrative].filter((part) => part).join('\n\n')
  if (!url && words === '') return []
  return [{ ...(url ? { url } : {}), ...(words === '' ? {} : { narrative: words }) }]
}
