import type { RawSettings, SettingName } from './env.js'
import { settings } from './env.js'
import type { Complain } from './problems.js'

const kinds = new Map<string, (typeof settings)[number]>(settings.map((s) => [s.name, s]))

/** Typed readers over the raw texts; what does not fit is complained about and answered with the fallback. */
export function createReader(raw: RawSettings, complain: Complain) {
  function text(name: SettingName): string | undefined {
    return raw[name] ?? fallbackOf(name)
  }

  function required(name: SettingName): string {
    return text(name) ?? ''
  }

  function boolean(name: SettingName): boolean {
    const value = required(name)
    if (/^(true|yes|on|1)$/i.test(value)) return true
    if (/^(false|no|off|0)$/i.test(value)) return false
    complain(name, `is "${value}", which is neither true nor false.`, 'Write true or false.')
    return false
  }

  function number(name: SettingName, range: Range): number {
    const value = raw[name]
    const fallback = Number(fallbackOf(name))
    if (value === undefined) return fallback
    const parsed = Number(value)
    const whole = kinds.get(name)?.kind !== 'integer' || Number.isInteger(parsed)
    if (Number.isFinite(parsed) && whole && parsed >= range.least && parsed <= range.most) {
      return parsed
    }
    const what = kinds.get(name)?.kind === 'integer' ? 'a whole number' : 'a number'
    complain(name, `is "${value}".`, `Write ${what} from ${range.least} to ${range.most}.`)
    return fallback
  }

  function optionalNumber(name: SettingName, range: Range): number | undefined {
    return raw[name] === undefined ? undefined : number(name, range)
  }

  function url(name: SettingName, schemes: readonly string[]): string | undefined {
    const value = raw[name]
    if (value === undefined) return undefined
    const scheme = URL.canParse(value) ? new URL(value).protocol.slice(0, -1) : ''
    if (schemes.includes(scheme)) return value
    const shown =
      kinds.get(name) !== undefined && 'secret' in (kinds.get(name) ?? {}) ? '' : ` "${value}"`
    complain(
      name,
      `is not a usable address${shown}.`,
      `Write one that begins with ${schemes.map((s) => `${s}://`).join(' or ')}.`,
    )
    return undefined
  }

  function json(name: SettingName): unknown {
    const value = raw[name]
    if (value === undefined) return undefined
    try {
      return JSON.parse(value)
    } catch (error) {
      complain(name, `is not JSON${placeOf(error)}.`, 'Write one JSON object.')
      return undefined
    }
  }

  function oneOf<T extends string>(name: SettingName, allowed: readonly T[], fallback: T): T {
    const value = required(name)
    const found = allowed.find((a) => a === value)
    if (found !== undefined) return found
    complain(name, `is "${value}".`, `Write one of ${allowed.join(', ')}.`)
    return fallback
  }

  return { text, required, boolean, number, optionalNumber, url, json, oneOf }
}

export type Reader = ReturnType<typeof createReader>

type Range = { readonly least: number; readonly most: number }

// Only the place: the rest of the message repeats a part of the text, in which keys may stand.
function placeOf(error: unknown): string {
  const place = error instanceof Error ? / at position \d+/.exec(error.message)?.[0] : undefined
  return place ?? ''
}

function fallbackOf(name: SettingName): string | undefined {
  const setting = kinds.get(name)
  return setting !== undefined && 'fallback' in setting ? setting.fallback : undefined
}
