import { createMarkDropping } from './drop-marks.js'
import { backfillTask, createRequests } from './request-backfill.js'
import type { StepDeps } from './step.js'
import { createWork } from './work-backfill.js'

export { type BackfillViews, createBackfillViews, learnersBehind } from './backfill-views.js'
export { extentOfLog } from './past-repository.js'
export { eventsOfAwards, plainInstance, toLearningEvent } from './read-slice.js'

/** Applying the rules of a badge template to past events: as a preview, or for real. */
export function createBackfills(deps: StepDeps) {
  const { task, workOn } = createWork(deps)
  const { dropMarks, tasks } = createMarkDropping(deps)
  return {
    ...createRequests(deps),
    dropMarks,
    workOn,
    tasks: { ...tasks, [backfillTask]: task },
  }
}

export type Backfills = ReturnType<typeof createBackfills>
