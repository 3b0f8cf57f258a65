import type { Db } from '../db/database.js'
import type { Consequences } from '../features/awards/awards.js'
import { backfillRoutes } from '../features/backfills/backfill-routes.js'
import { createBackfills, createBackfillViews } from '../features/backfills/backfills.js'
import { rulePreviewRoutes } from '../features/rule-previews/rule-preview-routes.js'
import { createRulePreviews } from '../features/rule-previews/rule-previews.js'
import type { ActiveRulesHolder, RuleCatalogue } from '../features/templates/templates.js'
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
  function routes(scope: HttpServer, catalogue: RuleCatalogue): void {
    const { db } = parts
    const { imageUrlOf } = parts.consequences
    backfillRoutes(scope, { backfills, views })
    const previews = createRulePreviews({ db, catalogue, imageUrlOf })
    rulePreviewRoutes(scope, { db, previews, catalogue })
  }
  return { ...backfills, views, routes }
}

export type OpenBackfills = ReturnType<typeof openBackfills>
