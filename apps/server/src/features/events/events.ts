export {
  type Decoded,
  decodeEntry,
  isRefused,
  type ReceivedEvent,
  type RefusedEntry,
  refuse,
  toReceived,
} from './decode.js'
export { insertEvents, type LoggedEvent, newestTimes, toLogged } from './event-repository.js'
export { eventsOf, listEventsOfLearner } from './event-views.js'
