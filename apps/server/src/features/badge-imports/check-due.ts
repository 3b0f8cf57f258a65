import { isDatabaseOutage } from '../../db/database.js'
import { log } from '../../telemetry/log.js'
import type { CheckAgain, CheckDeps } from './check-again.js'
import { claimDue } from './entry-repository.js'

export const checkTask = 'check-backpack-entries'
export const checkEveryMs = 60 * 60 * 1000

const atOnce = 4
const leaseMs = 60 * 60 * 1000
/** Then the next run goes on. */
const longestMs = 20 * 60 * 1000

/**
 * Verifies the badges whose time has come, a few at a time. They are taken by moving their next check
 * away, so that two workers do not take the same, and those of a killed one are taken an hour later.
 */
export function createCheckDue({ db, now }: Pick<CheckDeps, 'db' | 'now'>, check: CheckAgain) {
  return async function checkDue(): Promise<void> {
    const end = now().getTime() + longestMs
    while (now().getTime() < end) {
      const at = now()
      const until = new Date(at.getTime() + leaseMs).toISOString()
      const ids = await claimDue(db, { at: at.toISOString(), until, most: atOnce })
      if (ids.length === 0) return
      await Promise.all(ids.map(checkOne))
    }
  }

  async function checkOne(id: string): Promise<void> {
    try {
      await check(id, { by: id })
    } catch (error) {
      if (isDatabaseOutage(error)) throw error
      // One badge must not keep the others from being verified; it comes up again.
      log.warn({ err: error, entry: id }, 'a badge of a backpack could not be verified again')
    }
  }
}
