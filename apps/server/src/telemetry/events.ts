import { Counter, Gauge } from 'prom-client'
import { metrics } from './metrics.js'

const registers = [metrics]
const door = { labelNames: ['door'] as const, registers }

const received = new Counter({
  name: 'rosette_events_received_total',
  help: 'Events received, by the topic they came on; http for those sent to us',
  ...door,
})
const refused = new Counter({
  name: 'rosette_events_refused_total',
  help: 'Events that could not be used and went to the dead letters',
  ...door,
})
const matched = new Counter({
  name: 'rosette_events_matched_total',
  help: 'Matches of events with requirements and penalties',
  ...door,
})
const awards = new Counter({
  name: 'rosette_awards_total',
  help: 'Badges awarded and revoked, by rules and by hand',
  labelNames: ['change', 'source'] as const,
  registers,
})
const pending = new Gauge({
  name: 'rosette_consumer_pending',
  help: 'Entries delivered to a consumer group and not acknowledged',
  labelNames: ['topic', 'group'] as const,
  registers,
})
const behind = new Gauge({
  name: 'rosette_consumer_behind',
  help: 'Entries not delivered to a consumer group yet',
  labelNames: ['topic', 'group'] as const,
  registers,
})

const issuances = new Counter({
  name: 'rosette_issuances_total',
  help: 'Tries to issue or revoke at a provider, by the state in which they left the issuance',
  labelNames: ['state'] as const,
  registers,
})

const verifications = new Counter({
  name: 'rosette_verifications_total',
  help: 'Badges that somebody had verified here, by the verdict',
  labelNames: ['verdict'] as const,
  registers,
})

type Batch = {
  readonly received: number
  readonly refused: number
  readonly matched: number
  readonly awarded: number
  readonly revoked: number
}

/** A batch of events was committed. */
export function countBatch(topic: string, batch: Batch): void {
  received.inc({ door: topic }, batch.received)
  refused.inc({ door: topic }, batch.refused)
  matched.inc({ door: topic }, batch.matched)
  awards.inc({ change: 'awarded', source: 'rules' }, batch.awarded)
  awards.inc({ change: 'revoked', source: 'rules' }, batch.revoked)
}

/** A person granted or revoked a badge. */
export function countByHand(change: 'awarded' | 'revoked'): void {
  awards.inc({ change, source: 'hand' })
}

/** A try at a provider ended in this state. */
export function countIssuance(state: string): void {
  issuances.inc({ state })
}

/** Somebody had a badge verified; nothing is counted of whose it is. */
export function countVerification(verdict: string): void {
  verifications.inc({ verdict })
}

/** How far a consumer group is behind. */
export function reportLag(
  labels: { readonly topic: string; readonly group: string },
  lag: { readonly pending: number; readonly behind: number | null },
): void {
  pending.set({ ...labels }, lag.pending)
  if (lag.behind !== null) behind.set({ ...labels }, lag.behind)
}
