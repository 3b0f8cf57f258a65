import { setTimeout as pause } from 'node:timers/promises'
import { log } from '../../telemetry/log.js'
import { findDueAccounts } from './claim-repository.js'
import { probeAccount, type TryDeps, tryNext } from './try-issuance.js'

/** Calls that run at once for one account. */
const walkersPerAccount = 4
const lookEveryMs = 500
const longestPauseMs = 10_000

export type Lanes = {
  /** Takes no new work and waits for the tries under way. */
  stop(): Promise<void>
}

type Lane = { walkers: number; notBefore: number }

/**
 * One lane per account: a provider that is down, slow or out of limits holds up only its own. What is to be
 * done stands in the database, so any number of processes may run lanes, and one that is killed loses nothing.
 */
export function startLanes(deps: TryDeps): Lanes {
  const stop = new AbortController()
  const lanes = new Map<string, Lane>()
  const running = new Set<Promise<void>>()

  function run(work: Promise<void>): void {
    const done = work
      .catch((error) => log.warn({ err: error }, 'a try could not be written down'))
      .finally(() => running.delete(done))
    running.add(done)
  }

  function laneOf(accountId: string): Lane {
    const lane = lanes.get(accountId) ?? { walkers: 0, notBefore: 0 }
    lanes.set(accountId, lane)
    return lane
  }

  async function walk(accountId: string, lane: Lane): Promise<void> {
    lane.walkers += 1
    try {
      while (!stop.signal.aborted && Date.now() >= lane.notBefore) {
        const tried = await tryNext(deps, accountId)
        if (tried.is === 'none') return
        if (tried.is === 'wait') lane.notBefore = Date.now() + tried.ms
      }
    } finally {
      lane.walkers -= 1
    }
  }

  async function look(): Promise<void> {
    for (const { id, isPaused } of await findDueAccounts(deps.db, deps.now().toISOString())) {
      if (isPaused) {
        run(probeAccount(deps, id))
        continue
      }
      const lane = laneOf(id)
      if (Date.now() < lane.notBefore) continue
      for (let free = walkersPerAccount - lane.walkers; free > 0; free--) run(walk(id, lane))
    }
  }

  async function lookOut(): Promise<void> {
    for (let failures = 0; !stop.signal.aborted; ) {
      try {
        await look()
        failures = 0
      } catch (error) {
        failures += 1
        log.warn({ err: error }, 'issuances could not be looked for')
      }
      const waitMs = Math.min(longestPauseMs, lookEveryMs * 2 ** failures)
      await pause(waitMs, undefined, { signal: stop.signal }).catch(() => {})
    }
  }

  const lookingOut = lookOut()
  return {
    async stop() {
      stop.abort()
      await lookingOut
      await Promise.all(running)
    },
  }
}
