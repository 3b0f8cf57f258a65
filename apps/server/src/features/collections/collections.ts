export { collectionRoutes } from './collection-routes.js'
export {
  type CollectionChange,
  type Collections,
  createCollections,
  type NewCollection,
  type Owner,
  type SharedCollection,
} from './create-collections.js'
