import type { Db } from '../db/database.js'
import { adminPages } from '../features/admin-pages/admin-pages.js'
import { createIssuanceViews } from '../features/issuances/issuance-views.js'
import type { Issuances } from '../features/issuances/issuances.js'
import { createNoticeViews } from '../features/notices/notices.js'
import { createProviderTemplateViews } from '../features/provider-templates/provider-templates.js'
import type { Tokens } from '../features/tokens/tokens.js'
import type { HttpServer } from '../http/http-server.js'
import type { PublicUrls } from '../http/public-urls.js'
import type { Providers } from './providers.js'

type Parts = {
  readonly db: Db
  readonly tokens: Tokens
  readonly masterKey: Buffer
  readonly urls: PublicUrls
  readonly now: () => Date
  readonly issuances: Issuances
  readonly providers: Providers
}

/** What administrators see in a browser. */
export function adminSite(server: HttpServer, parts: Parts): void {
  const { db, issuances, providers } = parts
  const { providerAccounts, providerTemplates, notices } = providers
  const shown = createIssuanceViews({ db })
  adminPages(server, {
    ...parts,
    issuances: {
      get: shown.get,
      list: (asked) => shown.list(asked, 'everywhere'),
      counts: () => shown.counts('everywhere', undefined),
    },
    retryAll: (which, actor) => issuances.retryAll({ ...which, reach: 'everywhere' }, actor),
    accounts: {
      ...providerAccounts,
      get: providerAccounts.views.get,
      list: (asked) => providerAccounts.views.list(asked, 'everywhere'),
    },
    templates: {
      list: (asked) => createProviderTemplateViews({ db }).list(asked, 'everywhere'),
      sync: providerTemplates.sync,
    },
    notices: {
      list: (asked) => createNoticeViews({ db }).list(asked, 'everywhere'),
      resolve: notices.resolveByHand,
    },
  })
}
