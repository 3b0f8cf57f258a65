export { collectionFrame, collectionFrameCode } from './collection-json.js'
export { collectionRoutes } from './collection-routes.js'
export {
  type CollectionChange,
  type Collections,
  createCollections,
  type NewCollection,
  type Owner,
  type SharedCollection,
} from './create-collections.js'
export { publicCollectionRoutes } from './public-collection-routes.js'
