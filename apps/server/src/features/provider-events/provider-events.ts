import { applyEventTask, createEventJob } from './apply-event.js'
import { createReceiver } from './receive-event.js'
import { createWatch, pollTask, recheckTask } from './watch-badges.js'
import type { WatchingDeps } from './watching-deps.js'

/** How changes made at providers reach us: announced by a webhook, asked for, or found by looking. */
export function createProviderEvents(deps: WatchingDeps) {
  return {
    receive: createReceiver(deps),
    tasks: { ...createWatch(deps), [applyEventTask]: createEventJob(deps) },
    schedule: [
      { task: pollTask, everyMs: 300_000 },
      { task: recheckTask, everyMs: 3_600_000 },
    ],
  }
}

export type ProviderEvents = ReturnType<typeof createProviderEvents>
