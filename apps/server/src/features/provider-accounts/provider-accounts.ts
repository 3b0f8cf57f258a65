import { createAccountKeys, type KeyDeps } from './account-keys.js'
import { type AccountViews, createAccountViews, type ViewDeps } from './account-views.js'
import { type ChangeDeps, createAccountChanges } from './change-accounts.js'
import { createKeyWatch, type WatchDeps, watchKeysTask } from './key-watch.js'
import { createPreconfigured, type PreconfiguredDeps } from './preconfigured-accounts.js'
import { removeAccount } from './remove-account.js'

export { type AccountHealth, createAccountHealth, subjectOf } from './account-health.js'
export { type AccountRow, findAccount, lockAccount } from './account-repository.js'
export { createProviderFactory } from './create-provider.js'
export { watchKeysTask } from './key-watch.js'
export {
  type AccountClients,
  createAccountClients,
  type ProviderFactory,
} from './open-account.js'
export { sealedAccounts } from './sealed-account-repository.js'
export { graceMs, whenSeen } from './when-seen.js'

type Deps = Omit<ChangeDeps & KeyDeps, 'keys'> & WatchDeps & ViewDeps & PreconfiguredDeps

/** Accounts at the platforms that issue badges for us: what people do with them, and their keys. */
export function createProviderAccounts(deps: Deps) {
  const keys = createKeyWatch(deps)
  const views: AccountViews = createAccountViews(deps)
  return {
    ...createAccountChanges({ ...deps, keys }),
    ...createAccountKeys({ ...deps, keys }),
    ...createPreconfigured(deps),
    remove: (id: string, actor: string) => removeAccount(deps, id, actor),
    views,
    tasks: { [watchKeysTask]: keys.watchKeys },
  }
}

export type ProviderAccounts = ReturnType<typeof createProviderAccounts>
