export { parkEntries } from './dead-letter-repository.js'
