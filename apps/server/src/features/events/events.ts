export {
  type Decoded,
  decodeEntry,
  isRefused,
  type ReceivedEvent,
  type RefusedEntry,
  refuse,
} from './decode.js'
export { createEventPartitions, maintainEventsTask } from './event-partitions.js'
export { insertEvents, newestTimes, toLogged } from './event-repository.js'
export { eventsOf, listEventsOfLearner, tellsOfForeignBadge } from './event-views.js'
