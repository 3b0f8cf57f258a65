import { type Provider, ProviderError, type ProviderEvent } from '@rosette/providers'
import { z } from 'zod'
import type { AccountRow } from '../provider-accounts/provider-accounts.js'
import {
  findEvent,
  type ProviderEventRow,
  type Settlement,
  settleEvent,
} from './provider-event-repository.js'
import type { WatchingDeps } from './watching-deps.js'

const payloadSchema = z.object({ eventId: z.uuid() })

const badgeTypes = new Set([
  'badge.created',
  'badge.deleted',
  'badge.privacy.changed',
  'badge.state.changed',
  // As some descriptions spell it.
  'badge.state_change',
])
const templateTypes = new Set([
  'badge_template.created',
  'badge_template.changed',
  'badge_template.deleted',
])

type Asked = {
  readonly account: AccountRow
  readonly provider: Provider
  readonly event: ProviderEvent
}

/**
 * Looks into what was announced. Only what the provider itself says counts, and of the badge or template
 * its present state: so events may be invented, repeated, late or out of order.
 */
export function createEventJob({ db, accounts, observe, syncTemplate, now }: WatchingDeps) {
  return async function applyEvent(payload: unknown): Promise<void> {
    const { eventId } = payloadSchema.parse(payload)
    const row = await findEvent(db, eventId)
    if (row?.state !== 'waiting') return
    const { account, provider } = await accounts.open(row.account_id)
    const settlement = await judge(row, account, provider)
    await settleEvent(db, eventId, { ...settlement, at: now().toISOString() })
  }

  async function judge(
    row: ProviderEventRow,
    account: AccountRow,
    provider: Provider,
  ): Promise<Settlement> {
    try {
      const event = await provider.getEvent?.(row.external_id)
      const fault = faultOf(event, row, account)
      if (event === undefined || fault !== null) return { state: 'refused', detail: fault ?? '' }
      return { ...(await apply({ account, provider, event })), event: { ...event } }
    } catch (error) {
      // Anything else may pass, so the queue tries again.
      if (!(error instanceof ProviderError) || error.kind !== 'refused') throw error
      return { state: 'refused', detail: error.message }
    }
  }

  async function apply({ account, provider, event }: Asked): Promise<Settlement> {
    if (badgeTypes.has(event.type) && event.badgeId !== null) {
      const badge = await provider.getBadge(event.badgeId)
      const seen = { badge, source: 'Credly announced it' }
      return settlements[await observe(account.id, event.badgeId, seen)]
    }
    if (templateTypes.has(event.type) && event.templateId !== null) {
      await syncTemplate(account.id, event.templateId)
      return { state: 'applied', detail: 'The template was read anew.' }
    }
    const detail = `"${event.type}" is no event that is known here; it is kept as it came.`
    return { state: 'unknown', detail }
  }
}

const settlements = {
  applied: { state: 'applied', detail: 'The badge was read anew.' },
  unchanged: { state: 'applied', detail: 'The badge was as it is known here.' },
  'not-ours': { state: 'ignored', detail: 'The badge was not issued from here.' },
} as const satisfies Record<string, Settlement>

function faultOf(
  event: ProviderEvent | undefined,
  row: ProviderEventRow,
  account: AccountRow,
): string | null {
  if (event === undefined) return 'Credly knows no such event.'
  if (event.id !== row.external_id) return `Credly answered with another event, ${event.id}.`
  if (event.organizationId.toLowerCase() === account.external_id?.toLowerCase()) return null
  return `The event is of another organization, ${event.organizationId}.`
}
