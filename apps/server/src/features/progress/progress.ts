export {
  createProgressConsumer,
  type ProgressConsumer,
} from './progress-consumer.js'
export { createProgressViews, type ProgressViews } from './progress-views.js'
