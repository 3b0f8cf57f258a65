import { bakerRoutes } from '../features/baker/baker.js'
import { certificateRoutes, createCertificates } from '../features/certificates/certificates.js'
import {
  collectionRoutes,
  createCollections,
  publicCollectionRoutes,
} from '../features/collections/collections.js'
import { createDisplayer, displayerRoutes } from '../features/displayer/displayer.js'
import { oembedRoutes } from '../features/oembed/oembed.js'
import { importedBadgeRoutes } from '../features/pages/pages.js'
import type { LearnerPart, LearnerParts } from './learner-part.js'

/** What learners show of their badges, and to whom. */
export function createShowing(parts: LearnerParts): LearnerPart {
  const collections = createCollections(parts)
  const deps = { ...parts, collections }

  return {
    routes: (scope) => collectionRoutes(scope, collections),
    publicRoutes(scope) {
      importedBadgeRoutes(scope, deps)
      certificateRoutes(scope, { ...deps, certificates: createCertificates(deps) })
      publicCollectionRoutes(scope, deps)
      oembedRoutes(scope, deps)
    },
    foreignRoutes(server, { here, elsewhere }) {
      displayerRoutes(server, createDisplayer(deps))
      const { perMinute } = parts.settings.config.verifier
      bakerRoutes(server, { here, elsewhere, now: parts.now, perMinute })
    },
  }
}
