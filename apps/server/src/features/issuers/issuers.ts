export { chooseIssuer } from './choose-issuer.js'
export { createIssuers, type Issuers, NoSigningKey } from './create-issuers.js'
export { findIssuer } from './issuer-repository.js'
export { issuerRoutes } from './issuer-routes.js'
