export {
  BadgrError,
  badFields,
  badRequest,
  notThere,
} from './badgr-error.js'
export { findIssuerIds } from './badgr-token-repository.js'
export { type BadgrTokens, createBadgrTokens, type Holder, holderOf } from './badgr-tokens.js'
export {
  type Caller,
  type Callers,
  createCallers,
  demandScope,
  mayIn,
  personOf,
  reachOfCaller,
} from './callers.js'
export { openForeignScope } from './foreign-scope.js'
export { oauthRoutes } from './oauth-routes.js'
export {
  type Fields,
  fieldsOf,
  isFields,
  paramOf,
  queryTextOf,
  queryTextsOf,
  textIn,
  toFields,
} from './read-body.js'
export { scopesOfKey } from './scopes.js'
export { createProgramSignIn, type ProgramSignIn } from './sign-in-program.js'
