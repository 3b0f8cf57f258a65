import { setTimeout as pause } from 'node:timers/promises'
import { say } from '../../proofs/shared/observe.js'
import { createTemplates, grades } from './load.js'
import { openLane, startConsumer, type World } from './world.js'

const perSecond = 1000
const seconds = 15

/** From publishing an event to its committed award, at a steady 1,000 events a second. */
export async function measureLatency(world: World, matching: number): Promise<void> {
  const lane = await openLane(world, `bench_latency_${matching * 100}`)
  await createTemplates(lane.database.db, 1000)
  const count = perSecond * seconds
  const committedAt: number[] = []
  const publishedAt: number[] = []
  const consumer = startConsumer(lane, ({ at, received }) => {
    while (committedAt.length < received) committedAt.push(at)
  })
  // The first second warms up the process and is left out.
  const messages = [...grades({ events: count, learners: 1e6, templates: 1000, matching, seed: 2 })]
  const started = Date.now()
  for (let i = 0; i < count; i += 10) {
    const due = started + (i * 1000) / perSecond
    if (due > Date.now()) await pause(due - Date.now())
    for (let k = 0; k < 10; k++) publishedAt.push(Date.now())
    await lane.publish(messages.slice(i, i + 10))
  }
  while (committedAt.length < count) await pause(20)
  await consumer.stop()
  const waits = committedAt.map((at, i) => at - (publishedAt[i] ?? at)).slice(3 * perSecond)
  waits.sort((a, b) => a - b)
  const at = (part: number) => waits[Math.floor(waits.length * part)] ?? 0
  say(
    `publish to committed award at ${perSecond} events/s, ${matching * 100} in 100 a new learner with an award: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, worst ${waits.at(-1)} ms`,
  )
  await lane.close()
}
