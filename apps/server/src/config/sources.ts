import { readFileSync } from 'node:fs'
import { parse as parseYaml, YAMLParseError } from 'yaml'
import { configFileVariable, type RawSettings, type SettingName, settings } from './env.js'
import type { Complain } from './problems.js'

type Environment = Readonly<Record<string, string | undefined>>

const known = new Map<string, (typeof settings)[number]>(settings.map((s) => [s.name, s]))
const ours = /^(ROSETTE_|BADGES_|EVENT_BUS_|EVENTS_SERVICE_)/
/** Names of the same families that belong to a Kafka bus; accepted, because one file may serve several services. */
const foreign = /^EVENT_BUS_KAFKA_/

/** Reads the file (if one is named), then the environment over it; secrets may come from `NAME_FILE`. */
export function collectSettings(env: Environment, complain: Complain): RawSettings {
  const file = env[configFileVariable]
  const fromFile = file === undefined || file === '' ? {} : readSettingsFile(file, complain)
  return { ...fromFile, ...fromEnvironment(env, complain) }
}

function fromEnvironment(env: Environment, complain: Complain): RawSettings {
  const found: Partial<Record<SettingName, string>> = {}
  for (const setting of settings) {
    const value = valueOrFile(setting.name, env, complain)
    if (value !== undefined && value !== '') found[setting.name] = value
  }
  for (const name of Object.keys(env)) {
    if (ours.test(name) && !isKnown(name)) complain(name, ...unknownSetting(name))
  }
  return found
}

function isKnown(name: string): boolean {
  return (
    name === configFileVariable ||
    foreign.test(name) ||
    known.has(name) ||
    (name.endsWith('_FILE') && known.has(name.slice(0, -'_FILE'.length)))
  )
}

function valueOrFile(name: SettingName, env: Environment, complain: Complain) {
  const path = env[`${name}_FILE`]
  if (path === undefined || path === '') return env[name]
  if (env[name] !== undefined) {
    complain(name, `is given twice, as ${name} and as ${name}_FILE.`, 'Remove one of the two.')
  }
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    complain(`${name}_FILE`, `cannot be read (${reasonOf(error)}).`, 'Name a readable file.')
    return undefined
  }
}

function readSettingsFile(path: string, complain: Complain): RawSettings {
  let content: unknown
  try {
    // What is only odd is warned of with the line in which it stands, and that may be a secret.
    content = parseYaml(readFileSync(path, 'utf8'), { logLevel: 'error' })
  } catch (error) {
    const remedy = 'Name a readable YAML or JSON file.'
    complain(configFileVariable, `${path} cannot be read (${faultIn(error)}).`, remedy)
    return {}
  }
  if (content === null || content === undefined) return {}
  if (typeof content !== 'object' || Array.isArray(content)) {
    complain(
      configFileVariable,
      `${path} is not an object of settings.`,
      'Write `NAME: value` lines.',
    )
    return {}
  }
  return textsOf(content, path, complain)
}

function textsOf(content: object, path: string, complain: Complain): RawSettings {
  const found: Partial<Record<string, string>> = {}
  for (const [name, value] of Object.entries(content)) {
    if (!known.has(name)) {
      if (!foreign.test(name)) complain(name, ...unknownSetting(name, ` in ${path}`))
    } else if (value !== null && value !== undefined) {
      found[name] = typeof value === 'object' ? JSON.stringify(value) : String(value)
    }
  }
  return found
}

function unknownSetting(name: string, where = ''): [string, string] {
  const near = nearest(name)
  return [
    `is not a setting of Rosette${where}.`,
    near === undefined ? 'Remove it.' : `Did you mean ${near}? Otherwise remove it.`,
  ]
}

function nearest(name: string): string | undefined {
  const scored = settings.map((s) => ({ name: s.name, distance: editDistance(name, s.name) }))
  scored.sort((a, b) => a.distance - b.distance)
  const best = scored[0]
  return best !== undefined && best.distance <= Math.max(3, name.length / 3) ? best.name : undefined
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

// Only the place: the rest of what is said about a text may repeat a part of it.
function faultIn(error: unknown): string {
  if (error instanceof Error && 'syscall' in error) return reasonOf(error)
  const place = error instanceof YAMLParseError ? error.linePos?.[0] : undefined
  return place === undefined ? 'it is not YAML' : `line ${place.line}, column ${place.col}`
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? 'unknown') : String(error)
}
