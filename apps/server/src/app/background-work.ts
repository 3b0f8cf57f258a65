import { maintainEventsTask } from '../features/events/events.js'
import { retryCompletedTask } from '../features/issuances/issuances.js'
import { relayTask } from '../features/signals/signals.js'
import type { Recurring, Tasks, Work } from '../workers/worker.js'

type Working = { readonly tasks: Tasks; readonly schedule?: readonly Recurring[] }

/** All that a worker does, on demand and of itself. */
export function backgroundWork(features: readonly Working[]): Work {
  return {
    tasks: Object.fromEntries(features.flatMap(({ tasks }) => Object.entries(tasks))),
    schedule: [
      { task: relayTask, everyMs: 60_000 },
      { task: retryCompletedTask, everyMs: 300_000 },
      { task: maintainEventsTask, everyMs: 6 * 3_600_000 },
      ...features.flatMap(({ schedule = [] }) => schedule),
    ],
  }
}
