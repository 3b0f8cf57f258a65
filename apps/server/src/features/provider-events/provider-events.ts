import type { ProviderBadge } from '@rosette/providers'
import type { Db } from '../../db/database.js'
import type { AccountClients } from '../provider-accounts/provider-accounts.js'
import { createEventJob } from './apply-event.js'
import { applyEventTask, createReceiver } from './receive-event.js'
import { createWatch, pollTask, recheckTask } from './watch-badges.js'

export { webhookRoutes } from './webhook-routes.js'

export type Deps = {
  readonly db: Db
  readonly accounts: Pick<AccountClients, 'open'>
  /** Takes over what a badge has become at its provider; undefined when it is gone there. */
  readonly observe: (
    accountId: string,
    badgeId: string,
    seen: { readonly badge: ProviderBadge | undefined; readonly source: string },
  ) => Promise<'applied' | 'unchanged' | 'not-ours'>
  readonly syncTemplate: (accountId: string, externalId: string) => Promise<unknown>
  readonly now: () => Date
}

/** How changes made at providers reach us: announced by a webhook, asked for, or found by looking. */
export function createProviderEvents(deps: Deps) {
  return {
    receive: createReceiver(deps),
    tasks: { ...createWatch(deps), [applyEventTask]: createEventJob(deps) },
    schedule: [
      { task: pollTask, everyMs: 300_000 },
      { task: recheckTask, everyMs: 3_600_000 },
    ],
  }
}

export type ProviderEvents = ReturnType<typeof createProviderEvents>
