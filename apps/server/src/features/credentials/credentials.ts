export { type Credentials, createCredentials } from './create-credentials.js'
export { credentialRoutes } from './credential-routes.js'
export { type Elsewhere, elsewhere } from './elsewhere.js'
export { toAlignment } from './to-alignment.js'
