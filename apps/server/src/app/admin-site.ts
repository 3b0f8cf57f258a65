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
  adminPages(server, {
    ...parts,
    issuances: createIssuanceViews({ db }),
    retryAll: issuances.retryAll,
    accounts: { ...providerAccounts, ...providerAccounts.views },
    templates: { ...createProviderTemplateViews({ db }), sync: providerTemplates.sync },
    notices: { ...createNoticeViews({ db }), resolve: notices.resolveByHand },
  })
}
