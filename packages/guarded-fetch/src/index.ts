export {
  createGuardedFetch,
  type GuardedAnswer,
  type GuardedFetch,
  type GuardOptions,
} from './guarded-fetch.js'
export { type GuardCode, GuardedFetchError } from './guarded-fetch-error.js'
export {
  createGuardedRequest,
  type GuardedRequest,
  type GuardedResponse,
} from './guarded-request.js'
