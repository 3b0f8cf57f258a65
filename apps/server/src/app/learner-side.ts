import type { GuardedFetch } from '@rosette/guarded-fetch'
import type { Settings } from '../config/load.js'
import type { Db, Tx } from '../db/database.js'
import type { Awards } from '../features/awards/awards.js'
import type { Credentials } from '../features/credentials/credentials.js'
import type { Issuers } from '../features/issuers/issuers.js'
import type { Templates } from '../features/templates/templates.js'
import type { HttpServer } from '../http/http-server.js'
import { openPublicScope } from '../http/public-scope.js'
import type { PublicUrls } from '../http/public-urls.js'
import type { Recurring, Tasks } from '../workers/worker.js'
import type { Accounts } from './accounts.js'
import { createBackpacks } from './backpacks.js'
import { createBadgr } from './badgr.js'
import { createLearnerAccounts } from './learner-accounts.js'
import { createOpenStandards } from './open-standards.js'
import { createShowing } from './showing.js'
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

/** The learner's side: accounts by mail, the backpack, what is shown of it, and what other software speaks. */
export function createLearnerSide(parts: LearnerParts) {
  const all: readonly LearnerPart[] = [
    createLearnerAccounts(parts),
    createBackpacks(parts),
    createShowing(parts),
    createBadgr(parts),
    createOpenStandards(parts),
  ]

  return {
    routes(scope: HttpServer, sources: Sources): void {
      for (const { routes } of all) routes?.(scope, sources)
    },
    otherRoutes(server: HttpServer, sources: Sources, deciding: Deciding): void {
      openPublicScope(server, (scope) => {
        for (const { publicRoutes } of all) publicRoutes?.(scope, sources)
      })
      for (const { foreignRoutes } of all) foreignRoutes?.(server, sources, deciding)
    },
    tasks: Object.assign({}, ...all.map(({ tasks }) => tasks)) satisfies Tasks,
    schedule: all.flatMap(({ schedule = [] }) => schedule),
    async granted(tx: Tx, awardIds: readonly string[]): Promise<void> {
      for (const { granted } of all) await granted?.(tx, awardIds)
    },
  }
}

export type LearnerSide = ReturnType<typeof createLearnerSide>
