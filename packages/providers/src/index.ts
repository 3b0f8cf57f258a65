export {
  type Accredible,
  type AccredibleDeps,
  type AccredibleOptions,
  createAccredible,
} from './accredible/accredible.js'
export type { BulkResult } from './accredible/bulk-create.js'
export type { Design, NewGroup } from './accredible/groups.js'
export { type BadgrProvider, createBadgr } from './badgr/badgr.js'
export type { BadgrCredentials, BadgrOptions } from './badgr/options.js'
export { type Credly, createCredly } from './credly/credly.js'
export type { CredlyDeps, CredlyOptions } from './credly/credly-options.js'
export { createHttp, type Fetch, type HttpDeps } from './http.js'
export { faultOfKeyAddress } from './key-address.js'
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
  providerNames,
  type RateLimit,
  type Revocation,
} from './provider.js'
export { type FailureKind, ProviderError, type RefusalReason } from './provider-error.js'
export {
  type AccredibleSimulator,
  type AccredibleSimulatorOptions,
  createAccredibleSimulator,
} from './simulators/accredible-simulator.js'
export {
  accredibleSimulatorDepartmentKey,
  accredibleSimulatorKey,
} from './simulators/accredible-store.js'
export {
  type BadgrSimulator,
  type BadgrSimulatorOptions,
  badgrSimulatorAccount,
  badgrSimulatorBadgeClassId,
  createBadgrSimulator,
} from './simulators/badgr-simulator.js'
export {
  type CredlySeed,
  credlySimulatorDefaults,
  credlyTemplateId,
} from './simulators/credly-seed.js'
export {
  type CredlySimulator,
  type CredlySimulatorOptions,
  createCredlySimulator,
} from './simulators/credly-simulator.js'
