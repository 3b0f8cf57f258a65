import type { Db } from '../db/database.js'
import type { Consequences } from '../features/awards/awards.js'
import { backfillRoutes } from '../features/backfills/backfill-routes.js'
import { createBackfills, createBackfillViews } from '../features/backfills/backfills.js'
import type { ActiveRulesHolder } from '../features/templates/templates.js'
import type { HttpServer } from '../http/http-server.js'

type Parts = {
  readonly db: Db
  readonly rules: ActiveRulesHolder
  readonly consequences: Consequences
  readonly now: () => Date
}

/** Rules applied to past events, and the way in over HTTP. */
export function openBackfills(parts: Parts) {
  const backfills = createBackfills(parts)
  const views = createBackfillViews(parts)
  function routes(scope: HttpServer): void {
    backfillRoutes(scope, { backfills, views })
  }
  return { ...backfills, views, routes }
}

export type OpenBackfills = ReturnType<typeof openBackfills>
