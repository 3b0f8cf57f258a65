export { parkEntries } from './dead-letter-repository.js'
export { createDeadLetters, type DeadLetters } from './settle-letters.js'
