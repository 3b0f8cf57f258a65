import { DEFAULT_IGNORED_KEYPATHS, signalOf } from '@rosette/openedx-events'
import type { Complain } from './problems.js'

export type BadgesConfig = {
  /** Event types that may stand in a requirement; events of other known types are passed over. */
  readonly events: readonly string[]
  readonly ignoredKeyPaths: readonly string[]
  readonly credly: Readonly<Record<string, unknown>>
  readonly accredible: Readonly<Record<string, unknown>>
}

const defaultEvents = [
  'org.openedx.learning.course.passing.status.updated.v1',
  'org.openedx.learning.ccx.course.passing.status.updated.v1',
]

const members = ['events', 'rules', 'credly', 'accredible']

export function parseBadgesConfig(input: unknown, complain: Complain): BadgesConfig {
  const config = objectAt('BADGES_CONFIG', input, complain)
  refuseUnknown(config, { at: 'BADGES_CONFIG', allowed: members, complain })
  const rules = objectAt('BADGES_CONFIG.rules', config['rules'], complain)
  refuseUnknown(rules, { at: 'BADGES_CONFIG.rules', allowed: ['ignored_keypaths'], complain })
  return {
    events: eventTypes(config['events'], complain),
    ignoredKeyPaths:
      texts('BADGES_CONFIG.rules.ignored_keypaths', rules['ignored_keypaths'], complain) ??
      DEFAULT_IGNORED_KEYPATHS,
    credly: objectAt('BADGES_CONFIG.credly', config['credly'], complain),
    accredible: objectAt('BADGES_CONFIG.accredible', config['accredible'], complain),
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

/** A JSON object, or an empty one with a complaint. */
export function objectAt(at: string, input: unknown, complain: Complain): Record<string, unknown> {
  if (input === undefined || input === null) return {}
  if (typeof input === 'object' && !Array.isArray(input)) return { ...input }
  complain(at, 'is not an object.', 'Write a JSON object.')
  return {}
}

type Place = {
  readonly at: string
  readonly allowed: readonly string[]
  readonly complain: Complain
}

function refuseUnknown(config: Record<string, unknown>, { at, allowed, complain }: Place): void {
  for (const name of Object.keys(config)) {
    if (!allowed.includes(name)) {
      complain(`${at}.${name}`, 'is not known.', `Write ${allowed.join(', ')}.`)
    }
  }
}
