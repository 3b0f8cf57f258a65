export {
  createIssuers,
  type Issuers,
  type NewIssuer,
  NoSigningKey,
  type SigningIssuer,
} from './create-issuers.js'
export { findIssuer, type IssuerRow } from './issuer-repository.js'
export { issuerRoutes } from './issuer-routes.js'
