export { followEvents } from './follow-events.js'
export {
  findByLmsUserIds,
  insertMissing,
  lockLearners,
  type StoredLearner,
} from './learner-repository.js'
export { learnerOr404 } from './learner-views.js'
