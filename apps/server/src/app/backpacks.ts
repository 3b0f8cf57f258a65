import {
  backpackRoutes,
  createBackpack,
  createBadgeChecks,
  createBadgeFiles,
  createBadgeImports,
  createOwnPathways,
  entryPictureRoutes,
  fileRoutes,
  importRoutes,
} from '../features/backpack/backpack.js'
import { archiveRoutes } from '../features/backpack-archive/backpack-archive.js'
import { createCertificates } from '../features/certificates/certificates.js'
import { createCollections } from '../features/collections/collections.js'
import type { LearnerPart, LearnerParts } from './learner-part.js'
import { createElsewhere } from './sources.js'

/** Badges that learners keep, whoever issued them. */
export function createBackpacks(parts: LearnerParts): LearnerPart {
  const backpack = createBackpack(parts)
  const { findPublic: findPathway } = parts.pathways
  const listPathways = createOwnPathways({ ...parts, backpack, findPathway })
  const { pdfOf } = createCertificates(parts)
  const files = createBadgeFiles({ ...parts, pdfOf })
  const elsewhere = createElsewhere({ ...parts, ...parts.settings })
  const { tasks, schedule } = createBadgeChecks({ ...parts, elsewhere })

  return {
    routes(scope, sources) {
      const imports = createBadgeImports({ ...parts, ...sources })
      backpackRoutes(scope, { backpack, listPathways })
      importRoutes(scope, { backpack, imports })
      fileRoutes(scope, files)
      const collections = createCollections(parts)
      archiveRoutes(scope, { ...parts, ...imports, backpack, files, collections })
    },
    publicRoutes: (scope) => entryPictureRoutes(scope, parts),
    tasks,
    schedule,
  }
}
