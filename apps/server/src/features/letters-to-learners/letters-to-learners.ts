export { queueLetter } from './letter-queue.js'
