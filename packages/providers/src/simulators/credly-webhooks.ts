import type { CredlyState, SimEvent } from './credly-state.js'
import { toAnnouncement } from './credly-views.js'

export type WebhookMoods = {
  /** Every announcement is sent twice. */
  readonly duplicate?: boolean
  /** What comes together is sent in the opposite order. */
  readonly reorder?: boolean
}

export type Delivery = {
  readonly eventId: string
  readonly url: string
  attempts: number
  /** The last status, or null when there was no answer. */
  status: number | null
  outcome: 'waiting' | 'delivered' | 'given-up'
  /** On the clock of the simulator. */
  nextAt: number
}

type Pending = { readonly event: SimEvent; readonly delivery: Delivery }

/** The real intervals are not published; they grow, and end after 25 days. */
const firstRetryMs = 60_000
const longestMs = 25 * 86_400_000
const timeoutMs = 5000
/** How long announcements gather before they are sent. */
const gatherMs = 5

/** Announces events at the address of their organization. Only 200 counts as received. */
export function createWebhooks(state: CredlyState, now: () => Date) {
  let moods: WebhookMoods = {}
  let pending: Pending[] = []
  let timer: NodeJS.Timeout | undefined
  let sending = Promise.resolve()
  let isClosed = false
  const deliveries: Delivery[] = []

  function announce(event: SimEvent): void {
    const organization = state.organizations.get(event.organizationId)
    const url = organization?.webhookUrl
    if (!url || !organization.allowedWebhooks.includes(event.type)) return
    const nextAt = now().getTime()
    const copies = moods.duplicate ? 2 : 1
    for (let i = 0; i < copies; i += 1) {
      const outcome = 'waiting'
      const delivery: Delivery = {
        eventId: event.id,
        url,
        attempts: 0,
        status: null,
        outcome,
        nextAt,
      }
      deliveries.push(delivery)
      pending.push({ event, delivery })
    }
    plan()
  }

  /** One timer for the next that is due; the clock may also be advanced past it. */
  function plan(): void {
    clearTimeout(timer)
    if (isClosed || pending.length === 0) return
    const next = Math.min(...pending.map(({ delivery }) => delivery.nextAt))
    const wait = Math.min(Math.max(next - now().getTime(), gatherMs), 2 ** 31 - 1)
    timer = setTimeout(sendDue, wait)
    timer.unref()
  }

  function sendDue(): void {
    const due = pending.filter(({ delivery }) => delivery.nextAt <= now().getTime())
    pending = pending.filter((one) => !due.includes(one))
    if (moods.reorder) due.reverse()
    sending = sending.then(async () => {
      for (const one of due) await attempt(one)
      plan()
    })
  }

  async function attempt({ event, delivery }: Pending): Promise<void> {
    if (isClosed) return
    delivery.attempts += 1
    delivery.status = await post(delivery.url, event)
    if (delivery.status === 200) {
      delivery.outcome = 'delivered'
      return
    }
    delivery.nextAt = now().getTime() + firstRetryMs * 2 ** (delivery.attempts - 1)
    if (delivery.nextAt > event.occurredAt.getTime() + longestMs) delivery.outcome = 'given-up'
    else pending.push({ event, delivery })
  }

  return {
    announce,
    deliveries,
    setMoods: (wanted: WebhookMoods) => {
      moods = { ...moods, ...wanted }
    },
    /** Sends what is due now, and waits until it is answered. */
    async settle(): Promise<void> {
      sendDue()
      await sending
    },
    clear(): void {
      moods = {}
      pending = []
      deliveries.length = 0
    },
    close(): void {
      isClosed = true
      clearTimeout(timer)
    },
  }
}

async function post(url: string, event: SimEvent): Promise<number | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(toAnnouncement(event)),
      signal: AbortSignal.timeout(timeoutMs),
    })
    await response.body?.cancel()
    return response.status
  } catch {
    // No answer is one more reason to try again.
    return null
  }
}
