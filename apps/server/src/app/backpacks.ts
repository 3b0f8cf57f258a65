import {
  backpackRoutes,
  createBackpack,
  createBadgeChecks,
  createBadgeImports,
  createOwnPathways,
  entryPictureRoutes,
  importRoutes,
} from '../features/backpack/backpack.js'
import type { LearnerPart, LearnerParts } from './learner-side.js'
import { createElsewhere } from './sources.js'

/** Badges that learners keep, whoever issued them. */
export function createBackpacks(parts: LearnerParts): LearnerPart {
  const backpack = createBackpack(parts)
  const { findPublic: findPathway } = parts.pathways
  const listPathways = createOwnPathways({ ...parts, backpack, findPathway })
  const elsewhere = createElsewhere({ ...parts, ...parts.settings })
  const { tasks, schedule } = createBadgeChecks({ ...parts, elsewhere })

  return {
    routes(scope, sources) {
      const imports = createBadgeImports({ ...parts, ...sources })
      backpackRoutes(scope, { backpack, listPathways })
      importRoutes(scope, { backpack, imports })
    },
    publicRoutes: (scope) => entryPictureRoutes(scope, parts),
    tasks,
    schedule,
  }
}
