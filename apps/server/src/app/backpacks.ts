import {
  backpackRoutes,
  createBackpack,
  entryPictureRoutes,
} from '../features/backpack/backpack.js'
import type { LearnerPart, LearnerParts } from './learner-side.js'

/** Badges that learners keep, whoever issued them. */
export function createBackpacks(parts: LearnerParts): LearnerPart {
  const backpack = createBackpack(parts)

  return {
    routes: (scope) => backpackRoutes(scope, { backpack }),
    publicRoutes: (scope) => entryPictureRoutes(scope, parts),
  }
}
