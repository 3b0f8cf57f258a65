import { backfillTask, createRequests } from './request-backfill.js'
import type { StepDeps } from './step.js'
import { createWork } from './work-backfill.js'

export { type BackfillViews, createBackfillViews, learnersBehind } from './backfill-views.js'
export { awardsAsEvents, plainInstance, toLearningEvent } from './read-slice.js'

/** Applying the rules of a badge template to past events: as a preview, or for real. */
export function createBackfills(deps: StepDeps) {
  const { task, workOn } = createWork(deps)
  return { ...createRequests(deps), workOn, tasks: { [backfillTask]: task } }
}

export type Backfills = ReturnType<typeof createBackfills>
