export { collectionFrame } from './collection-json.js'
export { collectionRoutes } from './collection-routes.js'
export { type Collections, createCollections, type SharedCollection } from './create-collections.js'
export { publicCollectionRoutes } from './public-collection-routes.js'
