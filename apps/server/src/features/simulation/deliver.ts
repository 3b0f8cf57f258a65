import type { OutgoingMessage } from '@rosette/event-bus'
import { createMetadata, encodeEvent, signalOf } from '@rosette/openedx-events'
import type { SimulatedEvent } from './campus.js'

/** The event as an LMS puts it on the bus: real Avro bytes under a topic. */
export function toMessage(
  { id, type, time, data }: SimulatedEvent,
  topic: string,
): OutgoingMessage {
  const signal = signalOf(type)
  if (signal === undefined) throw new RangeError(`no such signal: ${type}`)
  const source = 'openedx/simulated-lms/web'
  const metadata = createMetadata({ eventType: type, id, time, source, sourcehost: 'simulation' })
  return { topic, metadata, value: encodeEvent(signal, data) }
}

/** The event as a CloudEvent in its structured JSON form. */
export function toCloudEvent({ id, type, time, data }: SimulatedEvent) {
  const source = '/simulated-lms'
  return { specversion: '1.0', id, source, type, time, datacontenttype: 'application/json', data }
}

type Pace = {
  readonly stop: AbortSignal
  readonly most: number
  /** Milliseconds since 1970 after which nothing more is handed out. */
  readonly until: number
  /** The clock; one that is always ahead hands everything out at once. */
  readonly now: () => number
}

/**
 * Hands out events when their time has come, those that are due together, until `most` have been
 * handed out, the time is up or the signal comes.
 */
export async function* paced(
  events: Iterator<SimulatedEvent>,
  { stop, most, until, now }: Pace,
): AsyncGenerator<readonly SimulatedEvent[]> {
  let due: SimulatedEvent[] = []
  for (let count = 0; count < most && !stop.aborted; count += 1) {
    const event: SimulatedEvent = events.next().value
    const at = Date.parse(event.time)
    if (at > until) break
    if (at > now() || due.length === largestBatch) {
      if (due.length > 0) yield due
      due = []
      await pause(at - now(), stop)
      if (stop.aborted) return
    }
    due.push(event)
  }
  if (due.length > 0) yield due
}

const largestBatch = 1000

function pause(ms: number, stop: AbortSignal): Promise<void> {
  if (ms <= 0) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      stop.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    stop.addEventListener('abort', done)
  })
}
