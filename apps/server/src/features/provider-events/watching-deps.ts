import type { ProviderBadge } from '@rosette/providers'
import type { Db } from '../../db/database.js'
import type { AccountClients } from '../provider-accounts/provider-accounts.js'

/** What is needed to follow badges and templates at providers. */
export type WatchingDeps = {
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
