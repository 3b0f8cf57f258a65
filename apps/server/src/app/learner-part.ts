import type { GuardedFetch } from '@rosette/guarded-fetch'
import type { Settings } from '../config/load.js'
import type { Db, Tx } from '../db/database.js'
import type { Awards } from '../features/awards/awards.js'
import type { Credentials } from '../features/credentials/credentials.js'
import type { Issuers } from '../features/issuers/issuers.js'
import type { Templates } from '../features/templates/templates.js'
import type { HttpServer } from '../http/http-server.js'
import type { PublicUrls } from '../http/public-urls.js'
import type { Recurring, Tasks } from '../workers/worker.js'
import type { Accounts } from './accounts.js'
import type { Site } from './site.js'
import type { Sources } from './sources.js'

/** What everything about learners and their badges is made of. */
export type LearnerParts = Site & {
  readonly settings: Settings
  readonly db: Db
  readonly now: () => Date
  readonly urls: PublicUrls
  readonly masterKey: Buffer
  readonly issuers: Issuers
  readonly credentials: Credentials
  readonly people: Accounts
  readonly guardedFetch?: GuardedFetch
  /** Milliseconds for which what was read may be shown again without reading it. */
  readonly freshFor: number
}

/** What decides about badges and awards; it is made after the learner's side. */
export type Deciding = {
  readonly awards: Awards
  readonly templates: Templates
  /** The rules hold still until the transaction ends. */
  readonly holdRules: (tx: Tx) => Promise<void>
}

/** One part of the learner's side. */
export type LearnerPart = {
  /** The API for signed-in people, in the OpenAPI document. */
  readonly routes?: (scope: HttpServer, sources: Sources) => void
  /** What everybody may read, from any web page. */
  readonly publicRoutes?: (scope: HttpServer, sources: Sources) => void
  /** What other software speaks; it makes its own answers and errors. */
  readonly foreignRoutes?: (server: HttpServer, sources: Sources, deciding: Deciding) => void
  readonly tasks?: Tasks
  readonly schedule?: readonly Recurring[]
  /** Joins the transaction in which awards are granted. */
  readonly granted?: (tx: Tx, awardIds: readonly string[]) => Promise<void>
}
