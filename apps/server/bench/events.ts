import { parseArgs } from 'node:util'
import { createRedisSource } from '@rosette/event-bus'
import { decodeEvent, signalOf } from '@rosette/openedx-events'
import { createPool, inTransaction, openDatabase } from '#src/db/database.js'
import { insertEvents } from '#src/features/events/events.js'
import { passingType } from '../proofs/shared/grades.js'
import { say } from '../proofs/shared/observe.js'
import { measureLatency } from './shared/latency.js'
import { createTemplates, fillHistory, grades } from './shared/load.js'
import { consumeAll, type Lane, openLane, openWorld, topic, type World } from './shared/world.js'

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '200000' },
    templates: { type: 'string', default: '1000' },
    learners: { type: 'string', default: '20000' },
    many: { type: 'boolean', default: false },
    stored: { type: 'string', default: '0' },
  },
})
const events = Number(values.events)
const templates = Number(values.templates)
const learners = Number(values.learners)
const whole = { events, learners, templates, seed: 1 }

const world = await openWorld()
try {
  say(
    `${events} events of ${learners} learners, ${templates} active templates, one consumer process`,
  )
  const read = await rawRead(world)
  row('raw limit: reading the stream alone', read)
  const inserted = await rawInsert(world)
  row('raw limit: the same event rows inserted alone', inserted)
  const few = await measured('few match (2 in 100)', 0.02)
  const all = await measured('all match', 1)
  say(
    `few match runs at ${percent(few.first, inserted)} of inserting alone, all match at ${percent(all.first, inserted)}, ` +
      `all match again at ${percent(all.again, inserted)}`,
  )
  if (values.many) {
    const ten = await measured('few match, 10 templates', 0.02, { count: 10 })
    const many = await measured('few match, 10,000 templates', 0.02, { count: 10_000 })
    say(`10,000 templates run at ${percent(many.first, ten.first)} of 10 templates`)
  }
  const stored = Number(values.stored)
  if (stored > 0) {
    const full = await measured(`few match, ${stored} events stored before`, 0.02, { stored })
    say(
      `a database with ${stored} events runs at ${percent(full.first, few.first)} of an empty one`,
    )
  }
  await measureLatency(world, 0.2)
  await measureLatency(world, 1)
} finally {
  await world.close()
}

type Measured = { readonly first: number; readonly again: number }

/** From an empty database, and the same learners' next grades on top of that. */
async function measured(
  name: string,
  matching: number,
  { count = templates, stored = 0 } = {},
): Promise<Measured> {
  const lane = await openLane(world, `bench_${name.replaceAll(/\W+/g, '_')}`)
  await createTemplates(lane.database.db, count)
  await fillHistory(lane.database.db, stored)
  const rounds: number[] = []
  for (const [round, label] of [name, `${name}, the same learners again`].entries()) {
    const from = round * events
    await lane.publish(grades({ ...whole, templates: count, matching, from, seed: 1 + round }))
    const { perSecond, awarded, cpuMicroseconds, peakMegabytes } = await consumeAll(lane, events)
    const cpu = `${Math.round(cpuMicroseconds)} µs CPU an event in the consumer`
    row(label, perSecond, `${awarded} awards, ${cpu}, ${Math.round(peakMegabytes)} MB`)
    rounds.push(perSecond)
  }
  await lane.close()
  return { first: rounds[0] ?? 0, again: rounds[1] ?? 0 }
}

async function rawRead({ redis }: World): Promise<number> {
  const lane = await openLane(world, 'bench_raw')
  await lane.publish(grades({ ...whole, matching: 0 }))
  const names = { topic, prefix: lane.prefix, consumerGroup: 'raw', consumerName: 'raw' }
  const source = createRedisSource({ url: redis.url, ...names })
  await source.open()
  const started = performance.now()
  for (let got = 0; got < events; ) {
    const entries = await source.read()
    await source.acknowledge(entries)
    got += entries.length
  }
  const took = performance.now() - started
  await source.close()
  await lane.close()
  return (events * 1000) / took
}

async function rawInsert(inWorld: World): Promise<number> {
  const lane: Lane = await openLane(inWorld, 'bench_insert')
  const db = openDatabase(createPool(lane.database.url, 2))
  const signal = signalOf(passingType)
  if (signal === undefined) throw new Error('the signal is not in the catalogue')
  const rows = [...grades({ ...whole, matching: 0 })].map(({ metadata, value }, i) => ({
    id: metadata.id,
    type: metadata.eventType,
    time: metadata.time.replace('+00:00', 'Z'),
    source: metadata.source,
    lmsUserId: i,
    data: decodeEvent(signal, value),
  }))
  const started = performance.now()
  for (let i = 0; i < rows.length; i += 1000) {
    await inTransaction(db, (tx) => insertEvents(tx, rows.slice(i, i + 1000)))
  }
  const took = performance.now() - started
  await db.destroy()
  await lane.close()
  return (events * 1000) / took
}

function row(name: string, perSecond: number, more = ''): void {
  say(
    `${name.padEnd(52)} ${Math.round(perSecond).toLocaleString('en').padStart(9)} events/s  ${more}`,
  )
}

function percent(a: number, b: number): string {
  return `${Math.round((100 * a) / b)} %`
}
