export { type AccountHealth, createAccountHealth, subjectOf } from './account-health.js'
export { type AccountRow, findAccount, lockAccount } from './account-repository.js'
export { createProviderFactory } from './create-provider.js'
export {
  type AccountClients,
  createAccountClients,
  type OpenAccount,
  type ProviderFactory,
} from './open-account.js'
