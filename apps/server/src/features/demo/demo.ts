import { setTimeout as delay } from 'node:timers/promises'
import type { EventSink } from '@rosette/event-bus'
import { inTransaction } from '../../db/database.js'
import { log } from '../../telemetry/log.js'
import { recordAudit } from '../audit/audit.js'
import { paced, simulateCampus, toMessage } from '../simulation/simulation.js'
import { raiseRuleVersion } from '../templates/templates.js'
import { campus, mostEvents } from './demo-campus.js'
import {
  countDemoEvents,
  deleteDemoEvents,
  deleteDemoLearners,
  deleteDemoOrganization,
  demoSubject,
  nameDemoAwards,
  removal,
  situation,
} from './demo-repository.js'
import { type SeedDeps, seedDemo } from './seed-demo.js'

type Deps = SeedDeps & {
  readonly sink: EventSink
  readonly topic: string
  /** Whether events are received at all, and over a bus that nobody else listens to. */
  readonly isPossible: boolean
}

export type Removed = {
  readonly templates: number
  readonly learners: number
  readonly awards: number
  readonly events: number
}

/** Sample badges of an invented university, and its simulated LMS. */
export function createDemo(deps: Deps) {
  const { db, sink, topic, isPossible } = deps
  let moving = false

  /** Shows an empty installation with life in it; leaves one with organizations of its own alone. */
  async function run(stop: AbortSignal): Promise<void> {
    if (!isPossible || !(await seed())) return
    moving = true
    try {
      await sendTraffic(stop)
    } catch (error) {
      // A demo that fails must not take the platform with it.
      log.warn({ err: error }, 'the simulated LMS of the demo has stopped')
    } finally {
      moving = false
    }
  }

  async function seed(): Promise<boolean> {
    const { hasDemo, hasOthers, wasRemoved } = await situation(db)
    if (hasOthers || (wasRemoved && !hasDemo)) return false
    await seedDemo(deps)
    return true
  }

  async function sendTraffic(stop: AbortSignal): Promise<void> {
    // After a restart other things happen than the first time.
    const seed = campus.seed + (await countDemoEvents(db))
    const events = simulateCampus({ ...campus, seed, start: new Date() })
    const pace = { stop, most: mostEvents, until: Number.POSITIVE_INFINITY, now: Date.now }
    for await (const batch of paced(events, pace)) {
      if (!(await situation(db)).hasDemo) {
        // It was removed meanwhile; what was still under way then goes too.
        await consumed(stop)
        await deleteDemoEvents(db)
        return
      }
      await sink.publish(batch.map((event) => toMessage(event, topic)))
      await nameDemoAwards(db)
    }
    await consumed(stop)
    await nameDemoAwards(db)
    log.info({ events: mostEvents }, 'the simulated LMS of the demo has finished')
  }

  /** Deletes everything of the demo at once; it does not come back by itself. */
  async function remove(): Promise<Removed> {
    return await inTransaction(db, async (tx) => {
      const { hasDemo } = await situation(tx)
      // Waits for the batches under way, so that none of them brings something back.
      if (hasDemo) await raiseRuleVersion(tx)
      const { learners, awards: ofLearners } = await deleteDemoLearners(tx)
      const { templates, awards } = await deleteDemoOrganization(tx)
      const removed = { templates, learners, awards: ofLearners + awards }
      const events = await deleteDemoEvents(tx)
      if (hasDemo) {
        await recordAudit(tx, { actor: 'command line', action: removal, subject: demoSubject })
      }
      return { ...removed, events }
    })
  }

  return { run, seed, remove, isMoving: () => moving }
}

/** Time for the last events to get through. */
async function consumed(stop: AbortSignal): Promise<void> {
  await delay(2000, undefined, { signal: stop }).catch(() => {})
}
