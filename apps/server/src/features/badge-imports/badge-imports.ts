import { createVerifier } from '../verifier/verifier.js'
import { type CheckDeps, createCheckAgain } from './check-again.js'
import { checkEveryMs, checkTask, createCheckDue } from './check-due.js'
import { createBadgeImport } from './import-badge.js'
import type { ImportDeps } from './import-deps.js'

export type { Imported } from './imported.js'
export { matchWaiting, releaseUnproven } from './match-waiting.js'
export { isGivenTo } from './recipients.js'

type Sources = Pick<Parameters<typeof createVerifier>[0], 'here' | 'elsewhere'>
type Deps = Omit<ImportDeps, 'verifier' | 'random'> & Sources

/** Badges from elsewhere, by whatever door they come. */
export function createBadgeImports(deps: Deps) {
  // Turns of its own: strangers who verify do not keep learners waiting.
  const verifier = createVerifier(deps)
  const all = { ...deps, verifier, random: Math.random }
  return { importBadge: createBadgeImport(all), checkAgain: createCheckAgain(all) }
}

export type BadgeImports = ReturnType<typeof createBadgeImports>

type DueDeps = Omit<CheckDeps, 'verifier' | 'random'> &
  Pick<ImportDeps, 'urls'> &
  Pick<Sources, 'elsewhere'>

/** The work of verifying kept badges again. A worker has no pages of ours to ask: it asks them like others. */
export function createBadgeChecks(deps: DueDeps) {
  const verifier = createVerifier({ ...deps, here: () => undefined })
  const checkAgain = createCheckAgain({ ...deps, verifier, random: Math.random })
  const checkDue = createCheckDue(deps, checkAgain)
  return {
    checkDue,
    tasks: { [checkTask]: checkDue },
    schedule: [{ task: checkTask, everyMs: checkEveryMs }],
  }
}
