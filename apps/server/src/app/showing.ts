import { collectionRoutes, createCollections } from '../features/collections/collections.js'
import type { LearnerPart, LearnerParts } from './learner-side.js'

/** What learners show of their badges, and to whom. */
export function createShowing(parts: LearnerParts): LearnerPart {
  const collections = createCollections(parts)

  return {
    routes: (scope) => collectionRoutes(scope, collections),
  }
}
