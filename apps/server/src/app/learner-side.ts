import type { Tx } from '../db/database.js'
import type { HttpServer } from '../http/http-server.js'
import { openPublicScope } from '../http/public-scope.js'
import type { Tasks } from '../workers/worker.js'
import { createBackpacks } from './backpacks.js'
import { createBadgr } from './badgr.js'
import { createLearnerAccounts } from './learner-accounts.js'
import type { Deciding, LearnerPart, LearnerParts } from './learner-part.js'
import { createOpenStandards } from './open-standards.js'
import { createShowing } from './showing.js'
import type { Sources } from './sources.js'

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
