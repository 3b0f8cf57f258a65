import type { Notices } from '../notices/notices.js'

/** What is needed to write down what a sync has read. */
export type SyncDeps = {
  readonly notices: Pick<Notices, 'open' | 'resolve'>
  readonly now: () => Date
}
