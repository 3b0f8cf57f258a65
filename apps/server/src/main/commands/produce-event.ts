import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { topicKey } from '@rosette/event-bus'
import { createMetadata, encodeEvent, parseEventData, uuidV1 } from '@rosette/openedx-events'
import type { Command } from 'commander'
import { openBus } from '../../bus.js'
import { loadSettings } from '../../config/load.js'
import { cannot, no, reasonOf } from '../command-error.js'
import { readJsonArgument } from '../input.js'
import { knownSignal } from '../known-signal.js'
import { examples, printJson, printLine } from '../output.js'

type Options = {
  readonly signal: string
  readonly topic: string
  readonly keyField: string
  readonly data: string
  readonly json?: true
}

export function registerProduceEvent(program: Command): void {
  program
    .command('produce-event')
    .description('Publish one event to the event bus, as the command of Open edX does.')
    .requiredOption('--signal <signal>', 'event type, or the dotted Python name of the signal')
    .requiredOption('--topic <topic>', 'topic, without the prefix')
    .requiredOption('--key-field <path>', 'dotted path into the data, of the value that keys it')
    .requiredOption('--data <json>', 'payload under its keyword argument; @file or - for stdin')
    .option('--json', 'print { id, type, time, topic } as JSON')
    .addHelpText(
      'after',
      examples(
        'rosette produce-event --signal openedx_events.learning.signals.COURSE_PASSING_STATUS_UPDATED \\',
        '  --topic learning-badges-lifecycle --key-field course_passing_status.course.course_key --data @passed.json',
      ),
    )
    .action(produce)
}

async function produce({ topic, keyField, json, ...given }: Options): Promise<void> {
  const signal = knownSignal(given.signal)
  const data = parseEventData(signal, await readJsonArgument('--data', given.data))
  const key = valueAt(data, keyField)
  if (key === undefined || key === null || typeof key === 'object') {
    throw no(`--key-field ${keyField} names no value in the data; write a path to a single value.`)
  }
  const { config, secrets } = loadSettings()
  if (secrets.redisUrl === undefined) {
    throw cannot('EVENT_BUS_REDIS_CONNECTION_URL is not set; set it to the Redis of the event bus.')
  }
  const metadata = createMetadata({
    eventType: signal.eventType,
    id: uuidV1(Date.now(), randomBytes(8)),
    time: new Date().toISOString(),
    source: `openedx/${config.serviceName}/web`,
    sourcehost: hostname(),
  })
  const bus = openBus(config.bus, secrets)
  try {
    const value = encodeEvent(signal, data)
    await bus.sink.publish([{ topic, metadata, value, key: String(key) }])
  } catch (error) {
    const remedy = 'Check EVENT_BUS_REDIS_CONNECTION_URL.'
    throw cannot(`The event was not published: ${reasonOf(error)}. ${remedy}`, error)
  } finally {
    await bus.sink.close()
  }
  const stream = topicKey(config.bus.topicPrefix, topic)
  const { id, time } = metadata
  if (json) printJson({ id, type: signal.eventType, time, topic: stream })
  else printLine(`Published ${signal.eventType} to ${stream} with the id ${id}.`)
}

function valueAt(data: unknown, path: string): unknown {
  let at = data
  for (const name of path.split('.')) {
    const holds = typeof at === 'object' && at !== null && Object.hasOwn(at, name)
    at = holds ? Reflect.get(Object(at), name) : undefined
  }
  return at
}
