import { signalOf } from '@rosette/openedx-events'
import { objectAt } from './members.js'
import type { Complain } from './problems.js'

export type ProducerTarget = {
  readonly topic: string
  readonly keyField: string
  readonly enabled: boolean
}

/** Which signals go to which topics, by event type. */
export type ProducerConfig = ReadonlyMap<string, readonly ProducerTarget[]>

const badgeTopic = 'learning-badges-lifecycle'
const at = 'EVENT_BUS_PRODUCER_CONFIG'

/** The defaults, with the operator's entries merged over them member by member. */
export function parseProducerConfig(
  input: unknown,
  badgesEnabled: boolean,
  complain: Complain,
): ProducerConfig {
  const config = new Map<string, Map<string, ProducerTarget>>()
  for (const type of ['awarded', 'revoked']) {
    const target = { topic: badgeTopic, keyField: 'badge.uuid', enabled: badgesEnabled }
    config.set(`org.openedx.learning.badge.${type}.v1`, new Map([[badgeTopic, target]]))
  }
  for (const [type, topics] of Object.entries(objectAt(at, input, complain))) {
    if (signalOf(type) === undefined) {
      complain(at, `names the unknown event type "${type}".`, 'Write the full event type.')
      continue
    }
    const targets = config.get(type) ?? new Map<string, ProducerTarget>()
    config.set(type, targets)
    for (const [topic, entry] of Object.entries(objectAt(`${at}.${type}`, topics, complain))) {
      const where = `${at}.${type}.${topic}`
      const given = objectAt(where, entry, complain)
      const target = mergeTarget(given, targets.get(topic), (member, remedy) =>
        complain(`${where}.${member}`, 'is missing or of another kind.', remedy),
      )
      targets.set(topic, { topic, ...target })
    }
  }
  return new Map([...config].map(([type, targets]) => [type, [...targets.values()]]))
}

function mergeTarget(
  given: Record<string, unknown>,
  before: ProducerTarget | undefined,
  refuse: (member: string, remedy: string) => void,
): Omit<ProducerTarget, 'topic'> {
  const keyField = given['event_key_field'] ?? before?.keyField
  const enabled = given['enabled'] ?? before?.enabled
  if (typeof keyField !== 'string') refuse('event_key_field', 'Write a path such as badge.uuid.')
  if (typeof enabled !== 'boolean') refuse('enabled', 'Write true or false.')
  return { keyField: typeof keyField === 'string' ? keyField : '', enabled: enabled === true }
}
