import { type Provider, ProviderError, type ProviderEvent } from '@rosette/providers'
import { z } from 'zod'
import { inTransaction } from '../../db/database.js'
import { addJobs } from '../../workers/jobs.js'
import type { AccountRow } from '../provider-accounts/provider-accounts.js'
import { accountQueue } from './account-queue.js'
import {
  areWaiting,
  findEvent,
  type ProviderEventRow,
  type Settlement,
  settleEvent,
} from './provider-event-repository.js'
import type { WatchingDeps } from './watching-deps.js'

export const applyEventTask = 'apply-provider-event'

const payloadSchema = z.object({ eventId: z.uuid(), timesAsked: z.int().min(0).default(0) })

/** Announcements may overtake what they are about: so long it is waited before asking once more. */
const delaysMs = [30_000, 120_000, 600_000] as const
/** To a paused account nothing is sent; so long it is waited before looking whether it works again. */
const pausedMs = 900_000
/** While so many wait they are invented, and asking again would use up the limit of the account. */
const mostAskedAgain = 100

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
  /** Whether it is asked for again when it cannot be read yet. */
  readonly mayAppear: boolean
}

/**
 * Looks into what was announced. Only what the provider itself says counts, and of the badge or template
 * its present state: so events may be invented, repeated, late or out of order.
 */
export function createEventJob({ db, accounts, observe, syncTemplate, now }: WatchingDeps) {
  return async function applyEvent(payload: unknown): Promise<void> {
    const { eventId, timesAsked } = payloadSchema.parse(payload)
    const row = await findEvent(db, eventId)
    if (row?.state !== 'waiting') return
    const { account, provider } = await accounts.open(row.account_id)
    if (account.paused_at !== null) return await askAgain(row, { delayMs: pausedMs, timesAsked })
    const delayMs = delaysMs[timesAsked]
    const mayAppear =
      delayMs !== undefined && !(await areWaiting(db, row.account_id, mostAskedAgain))
    const settlement = await judge(row, { account, provider, mayAppear })
    if (settlement !== 'later') {
      await settleEvent(db, eventId, { ...settlement, at: now().toISOString() })
    } else if (delayMs !== undefined) {
      await askAgain(row, { delayMs, timesAsked: timesAsked + 1 })
    }
  }

  async function askAgain(
    { id: eventId, account_id: accountId }: ProviderEventRow,
    { delayMs, timesAsked }: { readonly delayMs: number; readonly timesAsked: number },
  ): Promise<void> {
    const runAt = new Date(now().getTime() + delayMs).toISOString()
    const payload = { eventId, timesAsked }
    const job = { task: applyEventTask, payload, queue: accountQueue(accountId), runAt }
    await inTransaction(db, (tx) => addJobs(tx, [job]))
  }

  async function judge(
    row: ProviderEventRow,
    asked: Omit<Asked, 'event'>,
  ): Promise<Settlement | 'later'> {
    try {
      const event = await asked.provider.getEvent?.(row.external_id)
      if (event === undefined && asked.mayAppear) return 'later'
      const fault = faultOf(event, row, asked.account)
      if (event === undefined || fault !== null) return { state: 'refused', detail: fault ?? '' }
      const settlement = await apply({ ...asked, event })
      return settlement === 'later' ? settlement : { ...settlement, event: { ...event } }
    } catch (error) {
      // Anything else may pass, so the queue tries again.
      if (!(error instanceof ProviderError) || error.kind !== 'refused') throw error
      return { state: 'refused', detail: error.message }
    }
  }

  async function apply({
    account,
    provider,
    event,
    mayAppear,
  }: Asked): Promise<Settlement | 'later'> {
    if (badgeTypes.has(event.type) && event.badgeId !== null) {
      const badge = await provider.getBadge(event.badgeId)
      if (badge === undefined && event.type !== 'badge.deleted' && mayAppear) return 'later'
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
