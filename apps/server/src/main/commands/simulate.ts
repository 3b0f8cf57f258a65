import { type Command, InvalidArgumentError } from 'commander'
import { openBus } from '../../bus.js'
import { loadSettings } from '../../config/load.js'
import {
  paced,
  type SimulatedEvent,
  simulateCampus,
  toCloudEvent,
  toMessage,
} from '../../features/simulation/simulation.js'
import { cannot, reasonOf } from '../command-error.js'
import { examples } from '../output.js'
import { stopSignal } from '../stop-signal.js'

type Options = {
  readonly to: string
  readonly learners: number
  readonly courses: number
  readonly rate: number
  readonly seed: number
  readonly firstUserId: number
  readonly count?: number
  readonly duration?: number
  readonly start?: Date
  readonly topic: string
  readonly url: string
  readonly token?: string
  readonly gradesOnly?: true
}

/** Where events go, batch by batch. */
type Receiver = {
  send(events: readonly SimulatedEvent[]): Promise<void>
  close(): Promise<void>
}

export function registerSimulate(program: Command): void {
  program
    .command('simulate')
    .description('Send the traffic of an invented university: enrolments, grades, certificates.')
    .option('--to <receiver>', 'redis, http or stdout (the format of try-rules)', 'stdout')
    .option('--learners <number>', 'how many learners', wholeNumber, 100)
    .option('--courses <number>', 'how many courses', wholeNumber, 12)
    .option('--rate <per-second>', 'events per second', positive, 10)
    .option('--count <number>', 'stop after so many events (stdout alone: 1000)', wholeNumber)
    .option('--duration <seconds>', 'stop after so much time', positive)
    .option('--seed <number>', 'the same seed gives the same events', wholeNumber, 1)
    .option('--first-user-id <number>', 'LMS user id of the first learner', wholeNumber, 1_000_000)
    .option('--start <time>', 'time of the first event on stdout', time)
    .option('--grades-only', 'only what a stock LMS sends on the badge topic')
    .option('--topic <topic>', 'for redis: topic, without the prefix', 'learning-badges-lifecycle')
    .option('--url <url>', 'for http: where CloudEvents go', 'http://localhost:8080/events')
    .option('--token <token>', 'for http: administration token')
    .addHelpText(
      'after',
      examples(
        'rosette simulate --learners 50 --count 1000 --seed 7 > events.ndjson',
        'rosette simulate --to redis --rate 100/s --duration 60',
      ),
    )
    .action(simulate)
}

async function simulate(options: Options): Promise<void> {
  const { duration, rate } = options
  const live = options.to !== 'stdout'
  // Only what is sent over time may go on without end.
  const endless = live || duration !== undefined
  const count = options.count ?? (endless ? Number.POSITIVE_INFINITY : 1000)
  const receiver = openReceiver(options)
  const start = live ? new Date() : (options.start ?? new Date('2026-01-05T08:00:00Z'))
  const secondsAt = (number: number) => number / rate
  const gradesOnly = options.gradesOnly ?? false
  const events = simulateCampus({ ...options, start, secondsAt, gradesOnly })
  const until =
    duration === undefined ? Number.POSITIVE_INFINITY : start.getTime() + duration * 1000
  const now = live ? Date.now : () => Number.POSITIVE_INFINITY
  let sent = 0
  try {
    const pace = { stop: stopSignal(), most: count, until, now }
    for await (const batch of paced(events, pace)) {
      await receiver.send(batch)
      sent += batch.length
    }
  } catch (error) {
    throw cannot(`Sending stopped after ${sent} events: ${reasonOf(error)}.`, error)
  } finally {
    await receiver.close()
  }
  process.stderr.write(`${sent} events sent.\n`)
}

function openReceiver({ to, topic, url, token }: Options): Receiver {
  if (to === 'stdout') return { send: printEvents, close: async () => {} }
  if (to === 'http') {
    return { send: (events) => post(events, url, token), close: async () => {} }
  }
  if (to !== 'redis') throw cannot(`--to ${to} is not known; choose redis, http or stdout.`)
  const { config, secrets } = loadSettings()
  if (secrets.redisUrl === undefined) {
    throw cannot('EVENT_BUS_REDIS_CONNECTION_URL is not set; set it to the Redis of the event bus.')
  }
  const { sink } = openBus(config.bus, secrets)
  return {
    send: (events) => sink.publish(events.map((event) => toMessage(event, topic))),
    close: () => sink.close(),
  }
}

async function printEvents(events: readonly SimulatedEvent[]): Promise<void> {
  const lines = events.map((event) => JSON.stringify(event)).join('\n')
  // A slow reader is waited for, or everything would pile up here.
  await new Promise<void>((resolve) => process.stdout.write(`${lines}\n`, () => resolve()))
}

async function post(
  events: readonly SimulatedEvent[],
  url: string,
  token: string | undefined,
): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/cloudevents-batch+json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(events.map(toCloudEvent)),
    signal: AbortSignal.timeout(30_000),
  })
  if (response.ok) return
  const answer = (await response.text()).slice(0, 300)
  throw new Error(`${url} answers ${response.status} ${answer}`)
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= 1) return value
  throw new InvalidArgumentError('Write a whole number from 1 on.')
}

function positive(text: string): number {
  const value = Number(text.replace(/\/?s$/, ''))
  if (Number.isFinite(value) && value > 0) return value
  throw new InvalidArgumentError('Write a number above 0.')
}

function time(text: string): Date {
  const value = new Date(text)
  if (!Number.isNaN(value.getTime())) return value
  throw new InvalidArgumentError('Write a time like 2026-01-05T08:00:00Z.')
}
