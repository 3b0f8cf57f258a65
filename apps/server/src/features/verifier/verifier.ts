export { createVerifier } from './create-verifier.js'
export { createDocumentsHere } from './documents-here.js'
export { type FetchElsewhere, refuseElsewhere } from './inquiry.js'
export { verifierRoutes } from './verifier-routes.js'
