import { DEFAULT_IGNORED_KEYPATHS, signalOf } from '@rosette/openedx-events'
import { readMembers } from './members.js'
import type { Complain } from './problems.js'
import { type ProviderAddresses, parseAccredible, parseCredly } from './provider-config.js'

export type BadgesConfig = {
  /** Event types that may stand in a requirement; events of other known types are passed over. */
  readonly events: readonly string[]
  readonly ignoredKeyPaths: readonly string[]
  readonly credly: ProviderAddresses
  readonly accredible: ProviderAddresses
}

const defaultEvents = [
  'org.openedx.learning.course.passing.status.updated.v1',
  'org.openedx.learning.ccx.course.passing.status.updated.v1',
]

export function parseBadgesConfig(input: unknown, complain: Complain): BadgesConfig {
  const config = readMembers('BADGES_CONFIG', input, complain)
  config.refuseUnknown(['events', 'rules', 'credly', 'accredible'])
  const rules = readMembers('BADGES_CONFIG.rules', config.get('rules'), complain)
  rules.refuseUnknown(['ignored_keypaths'])
  return {
    events: eventTypes(config.get('events'), complain),
    ignoredKeyPaths:
      texts('BADGES_CONFIG.rules.ignored_keypaths', rules.get('ignored_keypaths'), complain) ??
      DEFAULT_IGNORED_KEYPATHS,
    credly: parseCredly(config.get('credly'), complain),
    accredible: parseAccredible(config.get('accredible'), complain),
  }
}

function eventTypes(input: unknown, complain: Complain): readonly string[] {
  const types = texts('BADGES_CONFIG.events', input, complain) ?? defaultEvents
  for (const type of types) {
    if (signalOf(type) === undefined) {
      const remedy = 'Remove it, or write the full event type of a signal that carries a learner.'
      complain('BADGES_CONFIG.events', `names the unknown event type "${type}".`, remedy)
    }
  }
  return types.filter((type) => signalOf(type) !== undefined)
}

function texts(at: string, input: unknown, complain: Complain): readonly string[] | undefined {
  if (input === undefined || input === null) return undefined
  if (Array.isArray(input) && input.every((one): one is string => typeof one === 'string')) {
    return input
  }
  complain(at, 'is not a list of texts.', 'Write an array of strings.')
  return undefined
}
