import type { Config } from '../config/config.js'
import type { Db } from '../db/database.js'
import { brandRoutes } from '../features/appearance/appearance.js'
import { type Credentials, credentialRoutes } from '../features/credentials/credentials.js'
import { createEndorsements, endorsementRoutes } from '../features/endorsements/endorsements.js'
import { type Issuers, issuerRoutes } from '../features/issuers/issuers.js'
import {
  imageRoutes,
  pageRoutes,
  sharingRoutes,
  signedAssertionRoutes,
} from '../features/pages/pages.js'
import { publicPathwayRoutes } from '../features/pathways/pathways.js'
import { createProgressViews } from '../features/progress/progress.js'
import { startPageRoutes } from '../features/start-page/start-page.js'
import { verifierRoutes } from '../features/verifier/verifier.js'
import type { HttpServer } from '../http/http-server.js'
import { openPublicScope } from '../http/public-scope.js'
import type { PublicUrls } from '../http/public-urls.js'
import type { Site } from './site.js'
import type { Sources } from './sources.js'

type Parts = Site & {
  readonly db: Db
  readonly urls: PublicUrls
  readonly issuers: Issuers
  readonly credentials: Credentials
  readonly now: () => Date
  readonly freshFor: number
  readonly config: Pick<Config, 'badgesEnabled' | 'verifier'>
  readonly sources: Sources
  readonly isDemoMoving: () => boolean
}

/** What everybody may read: badges, their documents, and the pages about them. */
export function publicSite(server: HttpServer, parts: Parts): void {
  const { db, urls, issuers, credentials, freshFor, isDemoMoving } = parts
  const { badgesEnabled, verifier } = parts.config
  // Best before the first page is sent; without the database there is the brand of its own.
  server.addHook('onReady', () => parts.appearances.look().catch(() => {}))
  openPublicScope(server, (scope) => {
    brandRoutes(scope, parts.appearances)
    issuerRoutes(scope, { db, issuers, urls })
    credentialRoutes(scope, { db, credentials, urls, freshFor })
    endorsementRoutes(scope, createEndorsements(parts))
    pageRoutes(scope, parts)
    imageRoutes(scope, parts)
    signedAssertionRoutes(scope, parts)
    sharingRoutes(scope, parts)
    publicPathwayRoutes(scope, { pathways: parts.pathways, urls })
    const { perMinute } = verifier
    verifierRoutes(scope, { ...parts, ...parts.sources, perMinute })
    const progress = createProgressViews({ db })
    startPageRoutes(scope, { db, urls, badgesEnabled, isDemoMoving, progress })
  })
}
