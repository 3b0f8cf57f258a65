import type { Settings } from '../config/load.js'
import type { Db } from '../db/database.js'
import type { Issuers } from '../features/issuers/issuers.js'
import { createNotices, createNoticeTasks, mailNoticesTask } from '../features/notices/notices.js'
import {
  createAccountClients,
  createAccountHealth,
  createProviderAccounts,
  createProviderFactory,
  type ProviderFactory,
  watchKeysTask,
} from '../features/provider-accounts/provider-accounts.js'
import {
  createProviderTemplates,
  syncTemplatesTask,
} from '../features/provider-templates/provider-templates.js'
import type { PublicUrls } from '../http/public-urls.js'
import { openMailer } from './mail.js'

type Parts = {
  readonly settings: Settings
  readonly db: Db
  readonly masterKey: Buffer
  readonly now: () => Date
  readonly issuers: Issuers
  readonly urls: PublicUrls
  readonly createProvider?: ProviderFactory
}

/** What is done with the platforms that issue badges for us. */
export function createProviders(parts: Parts) {
  const { settings, db, masterKey, now, createProvider } = parts
  const { config, secrets } = settings
  const mailer = openMailer(settings)
  const notices = createNotices({ db, now, areMailed: mailer !== undefined })
  const adminUrl = `${config.http.baseUrl}/console`
  const noticeTasks = createNoticeTasks({ db, now, mailer, adminUrl })
  const accounts = createAccountClients({
    db,
    masterKey,
    createProvider: createProvider ?? createProviderFactory(config.badges),
    preconfigured: secrets.credlyOrganizations,
  })
  const accountHealth = createAccountHealth({ db, notices, now, random: Math.random })
  const providerTemplates = createProviderTemplates({ db, accounts, notices, now })
  const providerAccounts = createProviderAccounts({
    ...{ ...parts, notices, clients: accounts, health: accountHealth },
    preconfigured: secrets.credlyOrganizations,
  })
  return {
    notices,
    accounts,
    accountHealth,
    providerAccounts,
    providerTemplates,
    tasks: { ...noticeTasks, ...providerAccounts.tasks, ...providerTemplates.tasks },
    schedule: [
      { task: mailNoticesTask, everyMs: 60_000 },
      { task: syncTemplatesTask, everyMs: 3_600_000 },
      { task: watchKeysTask, everyMs: 24 * 3_600_000 },
    ],
  }
}

export type Providers = ReturnType<typeof createProviders>
