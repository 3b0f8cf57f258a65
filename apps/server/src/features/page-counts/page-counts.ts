export { createPageCounts, type PageCounts } from './create-page-counts.js'
