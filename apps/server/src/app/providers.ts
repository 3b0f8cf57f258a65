import type { Settings } from '../config/load.js'
import type { Db } from '../db/database.js'
import { createNotices } from '../features/notices/notices.js'
import {
  createAccountClients,
  createAccountHealth,
  createProviderFactory,
  type ProviderFactory,
} from '../features/provider-accounts/provider-accounts.js'

type Parts = {
  readonly settings: Settings
  readonly db: Db
  readonly masterKey: Buffer
  readonly now: () => Date
  readonly createProvider: ProviderFactory | undefined
}

/** What is done with the platforms that issue badges for us. */
export function createProviders({ settings, db, masterKey, now, createProvider }: Parts) {
  const { config, secrets } = settings
  const notices = createNotices({ now })
  const accounts = createAccountClients({
    db,
    masterKey,
    createProvider: createProvider ?? createProviderFactory(config.badges),
    preconfigured: secrets.credlyOrganizations,
  })
  const accountHealth = createAccountHealth({ db, notices, now, random: Math.random })
  return { notices, accounts, accountHealth }
}
