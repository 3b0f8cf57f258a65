import { setTimeout as pause } from 'node:timers/promises'
import type { BusStatus } from '@rosette/contract'
import type { BusInspector, TopicState } from '@rosette/event-bus'
import type { Config } from '../../config/config.js'
import { type Db, inTransaction } from '../../db/database.js'
import { rememberBriefly } from '../../http/short-memory.js'
import { messageOf } from '../../telemetry/message-of.js'
import { addJobs } from '../../workers/jobs.js'
import { recordAudit } from '../audit/audit.js'
import { relayTask } from '../signals/signals.js'
import { outboxState, putBackStopped } from './outbox-views.js'
import type { RunningConsumers } from './running-consumers.js'

type Deps = {
  readonly db: Db
  readonly bus: { readonly kind: BusStatus['kind']; readonly inspector: BusInspector }
  readonly config: Pick<Config, 'badgesEnabled' | 'bus' | 'producer'>
  readonly running: RunningConsumers
}

/** A bus that does not answer by then is as good as away. */
const answerWithinMs = 4000

/** How the bus is, in one answer; a bus that is away is told of and not an error. */
export function createBusStatus({ db, bus, config, running }: Deps) {
  const { badgesEnabled } = config
  const targets = [...config.producer].flatMap(([eventType, each]) =>
    each.map((target) => ({ eventType, ...target })),
  )

  function topicNames(): readonly string[] {
    const emitted = badgesEnabled ? targets.filter(({ enabled }) => enabled) : []
    const names = [...config.bus.topics, ...running.list(), ...emitted].map((one) =>
      typeof one === 'string' ? one : one.topic,
    )
    return [...new Set(names)]
  }

  async function inspect(): Promise<{ topics: readonly TopicState[]; problem: string | null }> {
    const names = topicNames()
    try {
      return { topics: await within(bus.inspector.inspect(names)), problem: null }
    } catch (error) {
      const topics = names.map((topic) => ({ topic, length: null, groups: [] }))
      return { topics, problem: messageOf(error) }
    }
  }

  function isOurs(topic: string, group: string): boolean {
    const isConfigured = config.bus.topics.includes(topic) && group === config.bus.consumerGroup
    return isConfigured || running.list().some((one) => one.topic === topic && one.group === group)
  }

  async function read(): Promise<BusStatus> {
    const [{ topics, problem }, outbox] = await Promise.all([inspect(), outboxState(db)])
    return {
      kind: bus.kind,
      isEnabled: badgesEnabled,
      problem,
      topics: topics.map(({ topic, length, groups }) => ({
        name: topic,
        length,
        isConsumed: config.bus.topics.includes(topic),
        groups: groups.map(({ consumers, ...group }) => ({
          ...group,
          isOurs: isOurs(topic, group.name),
          consumers: [...consumers],
        })),
      })),
      running: running.list(),
      signals: targets.map(({ eventType, topic, keyField, enabled }) => ({
        eventType,
        topic,
        keyField,
        isEnabled: badgesEnabled && enabled,
      })),
      outbox,
    }
  }

  const recent = rememberBriefly(15_000, () => inspect())

  /** Our own groups that are far behind; none when the bus is away. */
  async function behind(least: number) {
    const { topics } = await recent('all')
    return topics.flatMap(({ topic, groups }) =>
      groups
        .filter((group) => isOurs(topic, group.name) && (group.behind ?? 0) >= least)
        .map((group) => ({ topic, group: group.name, count: group.behind ?? 0 })),
    )
  }

  /** Puts what stopped back into the queue; two at once put back each signal once. */
  async function retrySignals(actor: string): Promise<number> {
    return await inTransaction(db, async (tx) => {
      const retried = await putBackStopped(tx)
      if (retried === 0) return 0
      await addJobs(tx, [{ task: relayTask, payload: {}, key: relayTask }])
      const action = 'signals.retry'
      await recordAudit(tx, {
        actor,
        action,
        subject: 'outbox',
        organizationId: null,
        detail: { retried },
      })
      return retried
    })
  }

  return { read, behind, retrySignals }
}

export type BusStatuses = ReturnType<typeof createBusStatus>

async function within<Value>(asked: Promise<Value>): Promise<Value> {
  const late = new AbortController()
  const timeout = pause(answerWithinMs, undefined, { signal: late.signal, ref: false }).then(() => {
    throw new Error(`It did not answer within ${answerWithinMs / 1000} seconds.`)
  })
  timeout.catch(() => {}) // it was answered in time
  asked.catch(() => {}) // too late to matter
  try {
    return await Promise.race([asked, timeout])
  } finally {
    late.abort()
  }
}
