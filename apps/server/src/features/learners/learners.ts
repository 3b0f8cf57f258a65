export { followEvents } from './follow-events.js'
export {
  erasedAmong,
  findByLmsUserIds,
  findNamesakes,
  insertLearner as insertByHand,
  insertMissing,
  lockLearners,
  type StoredLearner,
  type StoredRow,
  storedColumns,
  toStoredLearner,
  waitForOthersByHand,
} from './learner-repository.js'
export { isFoundLearner } from './learner-search.js'
export { type LearnerRow, learnerOr404, toLearnerView } from './learner-views.js'
