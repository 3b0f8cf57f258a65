export {
  type BadgeImports,
  createBadgeChecks,
  createBadgeImports,
} from '../badge-imports/badge-imports.js'
export { backpackRoutes } from './backpack-routes.js'
export { type BadgeFiles, createBadgeFiles } from './badge-files.js'
export type { Person } from './change-badges.js'
export { type Backpack, createBackpack } from './create-backpack.js'
export { entryPictureRoutes } from './entry-picture-routes.js'
export { fileRoutes } from './file-routes.js'
export { importRoutes, toResult } from './import-routes.js'
export { createOwnPathways } from './own-pathways.js'
