export { followEvents, type Sighting } from './follow-events.js'
export { lockLearners, type StoredLearner } from './learner-repository.js'
export { type LearnerRow, learnerOr404, toLearnerView } from './learner-views.js'
