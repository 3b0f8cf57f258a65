import type { HttpServer } from '../../http/http-server.js'
import { openForeignScope } from '../badgr-auth/badgr-auth.js'
import type { ApiDeps } from './api-deps.js'
import { assertionRoutes } from './assertion-routes.js'
import { backpackRoutes } from './backpack-routes.js'
import { changedRoutes } from './changed-routes.js'
import { classRoutes } from './class-routes.js'
import { collectionRoutes } from './collection-routes.js'
import { sendRefusal } from './envelope.js'
import { issuerRoutes } from './issuer-routes.js'
import { shareRoutes } from './share-routes.js'
import { tokenRoutes } from './token-routes.js'
import { userRoutes } from './user-routes.js'

export type { ApiDeps } from './api-deps.js'
export { revokeOne } from './assertion-changes.js'
export {
  type AssertionRow,
  findAssertionRows,
  listAssertionRows,
} from './assertion-repository.js'
export type { BackpackDoor } from './backpack-door.js'
export { toEntryJson } from './backpack-json.js'
export { badgesOf, type OwnBadge, ownBadge } from './backpack-routes.js'
export {
  type ClassRow,
  countRecipients,
  findClassBySlug,
  findClassRow,
  listClassRows,
} from './class-repository.js'
export { createClasses } from './classes.js'
export { collectionJson, readCollection } from './collection-routes.js'
export { linkPages } from './envelope.js'
export { assertionFor, classFor, demandIssuerScope, issuerFor, whoseOf } from './find-things.js'
export { importInto } from './import-badge.js'
export { createIssuing } from './issue.js'
export { createIssuerChanges } from './issuer-changes.js'
export {
  countOfIssuer,
  type IssuerRow,
  listIssuerRows,
  listStaff,
} from './issuer-repository.js'
export { createOwn } from './own-account.js'
export { readPaging } from './paging.js'
export {
  isTrue,
  onlyMail,
  readEvidence,
  readIssuedOn,
  readTime,
} from './read-assertion.js'
export { readBatch } from './read-batch.js'
export { type ClassGiven, readExpires, readTags } from './read-class.js'
export { imageIn } from './read-image.js'
export { isMailAddress, isWebAddress, messages, openReading } from './reading.js'
export { shareRoutes } from './share-routes.js'
export {
  bakedAt,
  expiresOf,
  joinCriteria,
  namesOf,
  splitCriteria,
  toAcceptance,
  toTime,
} from './to-json.js'

/** Version 2 of the API of Badgr. */
export function badgrApiRoutes(server: HttpServer, deps: ApiDeps): void {
  const foreign = {
    prefix: '/v2',
    answer: sendRefusal,
    isSlashRefused: true,
    withSlash: ['/v2/externaltools/'],
  }
  openForeignScope(server, foreign, async (scope) => {
    changedRoutes(scope, deps)
    issuerRoutes(scope, deps)
    classRoutes(scope, deps)
    assertionRoutes(scope, deps)
    backpackRoutes(scope, deps)
    collectionRoutes(scope, deps)
    const root = '/backpack/share'
    shareRoutes(scope, deps, {
      badge: `${root}/assertion/:id`,
      collection: `${root}/collection/:id`,
    })
    await userRoutes(scope, deps)
    tokenRoutes(scope, deps)
  })
}
