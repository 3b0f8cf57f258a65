export {
  type BatchOutcome,
  createProgressConsumer,
  type ProgressConsumer,
} from './progress-consumer.js'
