import type { RawEntry } from '@rosette/event-bus'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { parkEntries } from '../dead-letters/dead-letters.js'
import {
  type Decoded,
  decodeEntry,
  insertEvents,
  isRefused,
  newestTimes,
  type ReceivedEvent,
  refuse,
  toLogged,
} from '../events/events.js'
import { erasedAmong, followEvents } from '../learners/learners.js'
import type { ActiveRules, ActiveRulesHolder } from '../templates/templates.js'
import { applyMatches, type RuleRun } from './apply-rules.js'
import type { Matched } from './settle.js'

type Deps = Omit<RuleRun, 'rules'> & {
  readonly db: Db
  readonly rules: ActiveRulesHolder
  readonly configuredTypes: ReadonlySet<string>
}

export type BatchOutcome = {
  readonly received: number
  readonly refused: number
  readonly matched: number
  readonly awarded: number
  readonly revoked: number
}

/** What turns entries of a bus into progress and awards. */
export function createProgressConsumer({ db, rules, configuredTypes, ...deps }: Deps) {
  const decodedEarly = new WeakMap<RawEntry, Decoded>()

  /** Understands entries ahead of their turn, while the database is busy with the batch before. */
  function prepare(entries: readonly RawEntry[]): void {
    for (const entry of entries) decodedEarly.set(entry, decodeEntry(entry, configuredTypes))
  }

  /**
   * Resolves when everything of the batch is committed; only then may the caller acknowledge. A
   * crash anywhere redelivers the batch, and merging it again changes nothing. A large batch goes in
   * two transactions at once, each with the whole of its learners, so that neither waits for the other.
   */
  async function handle(
    entries: readonly RawEntry[],
    consumerGroup: string,
  ): Promise<BatchOutcome> {
    const decoded = entries.map((e) => decodedEarly.get(e) ?? decodeEntry(e, configuredTypes))
    const apply = (part: readonly Decoded[]) =>
      inTransaction(db, (tx) => applyDecoded(tx, part, consumerGroup))
    const settled = await Promise.allSettled(byLearner(decoded).map(apply))
    return settled.map(valueOrThrow).reduce(sum)
  }

  async function applyDecoded(tx: Tx, decoded: readonly Decoded[], consumerGroup: string) {
    const refused = decoded.filter(isRefused)
    const inForce = await rules.current(tx)
    const events = await withoutErased(tx, decoded.filter(isReceived))
    await parkEntries(tx, consumerGroup, refused)
    await insertEvents(tx, events.map(toLogged))
    const matched = await matchAndLock(tx, inForce, events)
    const told = await applyMatches(tx, matched, { ...deps, rules: inForce })
    const awarded = told.filter((t) => t.event.type.includes('.awarded.')).length
    return {
      received: decoded.length,
      refused: refused.length,
      matched: matched.length,
      awarded,
      revoked: told.length - awarded,
    }
  }

  /** Parks an entry that could not be handled for a reason that waiting does not cure. */
  async function park(entry: RawEntry, detail: string, consumerGroup: string): Promise<void> {
    const refused = refuse(entry, 'handling-failed', detail)
    await inTransaction(db, (tx) => parkEntries(tx, consumerGroup, [refused]))
  }

  return { prepare, handle, applyDecoded, park }
}

export type ProgressConsumer = ReturnType<typeof createProgressConsumer>

/** Matches the events, brings their learners up to date and locks those with a match. */
async function matchAndLock(
  tx: Tx,
  rules: ActiveRules,
  events: readonly ReceivedEvent[],
): Promise<readonly Matched[]> {
  if (events.length === 0) return []
  const changes = events.map(({ event }) => rules.index.match(event))
  const sightings = events.map(({ event, learner }, i) => ({
    learner,
    time: event.time,
    matched: (changes[i]?.length ?? 0) > 0,
  }))
  const learners = await followEvents(tx, sightings, newestTimes)
  return events.flatMap((event, i) => {
    const learner = learners.get(event.learner.lmsUserId)
    return learner === undefined ? [] : (changes[i] ?? []).map((change) => ({ learner, change }))
  })
}

// Asked once the rules stand still: whoever erases a learner waits for this batch, and the next one knows.
async function withoutErased(
  tx: Tx,
  events: readonly ReceivedEvent[],
): Promise<readonly ReceivedEvent[]> {
  if (events.length === 0) return events
  const erased = await erasedAmong(tx, [...new Set(events.map((e) => e.learner.lmsUserId))])
  return erased.size === 0 ? events : events.filter((e) => !erased.has(e.learner.lmsUserId))
}

function isReceived(decoded: Decoded): decoded is ReceivedEvent {
  return decoded !== 'passed-over' && !isRefused(decoded)
}

/** Below this, a second transaction costs more than it gains. */
const worthSplitting = 200

function byLearner(decoded: readonly Decoded[]): readonly (readonly Decoded[])[] {
  if (decoded.length < worthSplitting) return [decoded]
  const parts: [Decoded[], Decoded[]] = [[], []]
  for (const one of decoded) {
    parts[isReceived(one) && one.learner.lmsUserId % 2 === 1 ? 1 : 0].push(one)
  }
  return parts.filter((part) => part.length > 0)
}

function valueOrThrow<T>(result: PromiseSettledResult<T>): T {
  if (result.status === 'fulfilled') return result.value
  throw result.reason
}

function sum(a: BatchOutcome, b: BatchOutcome): BatchOutcome {
  return {
    received: a.received + b.received,
    refused: a.refused + b.refused,
    matched: a.matched + b.matched,
    awarded: a.awarded + b.awarded,
    revoked: a.revoked + b.revoked,
  }
}
