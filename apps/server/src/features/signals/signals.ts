import { hostname } from 'node:os'
import type { EventSink, OutgoingMessage } from '@rosette/event-bus'
import { createMetadata, encodeEvent, signalOf } from '@rosette/openedx-events'
import type { Db, Tx } from '../../db/database.js'
import { log } from '../../telemetry/log.js'
import { messageOf } from '../../telemetry/message-of.js'
import { addJobs } from '../../workers/jobs.js'
import type { AwardEvent } from '../awards/awards.js'
import {
  insertOutgoing,
  lockWaiting,
  markSent,
  markStopped,
  type Outgoing,
} from './outbox-repository.js'

/** Where a signal goes, as the operator configured it. */
export type Target = {
  readonly topic: string
  readonly keyField: string
  readonly enabled: boolean
}

type Deps = {
  readonly db: Db
  readonly sink: EventSink
  readonly targetsOf: (eventType: string) => readonly Target[]
  readonly serviceName: string
}

export const relayTask = 'relay-signals'
const batchSize = 500

// One key for all would make every batch wait for the one before it to commit; without a key, jobs
// would pile up while the bus is away.
function oneOfFew(): string {
  return `${relayTask}-${Math.floor(Math.random() * 16)}`
}

/** The signals we emit: stored with the decision, sent afterwards in the same order, once each bus has them. */
export function createSignals({ db, sink, targetsOf, serviceName }: Deps) {
  const isEmitted = (eventType: string) => targetsOf(eventType).some((target) => target.enabled)

  async function announce(tx: Tx, events: readonly AwardEvent[]): Promise<void> {
    // Who is unknown to the LMS has no place on the wire, and nobody there to tell.
    const emitted = events.filter(
      ({ event, learner }) => learner.lmsUserId !== null && isEmitted(event.type),
    )
    if (emitted.length === 0) return
    await insertOutgoing(tx, emitted)
    await addJobs(tx, [{ task: relayTask, payload: {}, key: oneOfFew() }])
  }

  /** Sends what waits. Throws when the bus is away: the job is tried again later, nothing is lost. */
  async function relay(): Promise<void> {
    while (await relayBatch());
  }

  async function relayBatch(): Promise<boolean> {
    return await db.transaction().execute(async (tx) => {
      const waiting = await lockWaiting(tx, batchSize)
      const sendable: Outgoing[] = []
      const messages: OutgoingMessage[] = []
      for (const outgoing of waiting) {
        const made = toMessages(outgoing)
        if (typeof made === 'string') await markStopped(tx, outgoing.id, made)
        else {
          sendable.push(outgoing)
          messages.push(...made)
        }
      }
      if (messages.length > 0) await sink.publish(messages)
      await markSent(
        tx,
        sendable.map((s) => s.id),
      )
      if (sendable.length > 0) log.info({ signals: messages.length }, 'signals emitted')
      return waiting.length === batchSize
    })
  }

  function toMessages({ eventType, eventId, time, data }: Outgoing): OutgoingMessage[] | string {
    const signal = signalOf(eventType)
    if (signal === undefined) return `The event type ${eventType} is not known.`
    try {
      const value = encodeEvent(signal, data)
      const source = `openedx/${serviceName}/web`
      const metadata = createMetadata({
        eventType,
        id: eventId,
        time,
        source,
        sourcehost: hostname(),
      })
      return targetsOf(eventType)
        .filter((target) => target.enabled)
        .map(({ topic, keyField }) => ({ topic, metadata, value, key: textAt(data, keyField) }))
    } catch (error) {
      // Such as a learner unknown to the LMS: the wire format has no place for that.
      return messageOf(error)
    }
  }

  return { announce, relay, tasks: { [relayTask]: relay } }
}

function textAt(data: unknown, path: string): string {
  let at = data
  for (const name of path.split('.')) {
    at = typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined
  }
  return typeof at === 'string' ? at : ''
}
