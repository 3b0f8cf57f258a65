export { createBadgr } from './badgr/badgr.js'
export type { BadgrCredentials, BadgrOptions } from './badgr/options.js'
export { createHttp, type Fetch, type HttpDeps } from './http.js'
export {
  type AccountFacts,
  type Capabilities,
  type Changes,
  type Evidence,
  type Order,
  type Provider,
  type ProviderBadge,
  type ProviderEvent,
  type ProviderKind,
  type ProviderTemplate,
  providerKinds,
  type RateLimit,
  type Revocation,
} from './provider.js'
export { type FailureKind, ProviderError, type RefusalReason } from './provider-error.js'
