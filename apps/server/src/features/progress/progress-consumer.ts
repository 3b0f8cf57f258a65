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
import { followEvents } from '../learners/learners.js'
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
   * Everything of a batch commits together; only then may the caller acknowledge. A crash anywhere
   * redelivers the batch, and merging it again changes nothing.
   */
  async function handle(
    entries: readonly RawEntry[],
    consumerGroup: string,
  ): Promise<BatchOutcome> {
    const decoded = entries.map((e) => decodedEarly.get(e) ?? decodeEntry(e, configuredTypes))
    return await inTransaction(db, (tx) => applyDecoded(tx, decoded, consumerGroup))
  }

  async function applyDecoded(tx: Tx, decoded: readonly Decoded[], consumerGroup: string) {
    const refused = decoded.filter(isRefused)
    const events = decoded.filter(isReceived)
    await parkEntries(tx, consumerGroup, refused)
    await insertEvents(tx, events.map(toLogged))
    const inForce = await rules.current(tx)
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

function isReceived(decoded: Decoded): decoded is ReceivedEvent {
  return decoded !== 'passed-over' && !isRefused(decoded)
}
