import { createVerifier } from '../verifier/verifier.js'
import { createBadgeImport, type ImportDeps } from './import-badge.js'

export type { Given } from './given.js'
export type { Imported } from './imported.js'
export { matchWaiting, releaseUnproven } from './match-waiting.js'

type VerifierDeps = Parameters<typeof createVerifier>[0]
type Deps = Omit<ImportDeps, 'verifier' | 'random'> & Pick<VerifierDeps, 'here' | 'elsewhere'>

/** Badges from elsewhere, by whatever door they come. */
export function createBadgeImports(deps: Deps) {
  // Turns of its own: strangers who verify do not keep learners waiting.
  const verifier = createVerifier(deps)
  const all = { ...deps, verifier, random: Math.random }
  return { importBadge: createBadgeImport(all) }
}

export type BadgeImports = ReturnType<typeof createBadgeImports>
