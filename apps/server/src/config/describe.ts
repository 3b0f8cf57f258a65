import { configFileVariable, type Setting, settings } from './env.js'
import { settingsFrom } from './load.js'
import { type Complain, type SettingProblem, SettingsInvalid } from './problems.js'
import { collectSettings } from './sources.js'

type Environment = Readonly<Record<string, string | undefined>>

export type DescribedSetting = {
  readonly name: string
  readonly about: string
  readonly isSecret: boolean
  readonly isSet: boolean
  /** Null for what must not be shown, and for what has no value. */
  readonly value: string | null
  readonly from: 'environment' | 'secret-file' | 'settings-file' | 'default' | 'none'
}

/** Every setting with its value and where it comes from; of secrets only whether there is one. */
export function describeSettings(env: Environment): {
  readonly settings: readonly DescribedSetting[]
  readonly settingsFile: string | null
  readonly problems: readonly SettingProblem[]
} {
  const silent: Complain = () => {}
  const all = collectSettings(env, silent)
  const inEnvironment = collectSettings({ ...env, [configFileVariable]: undefined }, silent)
  const list: readonly Setting[] = settings
  return {
    settings: list.map((setting) => {
      const given = textAt(all, setting.name)
      const isHere = textAt(inEnvironment, setting.name) !== undefined
      return described(setting, given, originOf(env, setting.name, isHere))
    }),
    settingsFile: env[configFileVariable] || null,
    problems: problemsOf(env),
  }
}

function described(
  { name, about, secret, fallback }: Setting,
  given: string | undefined,
  origin: DescribedSetting['from'],
): DescribedSetting {
  const isSecret = secret === true || holdsKeys.has(name)
  const value = given ?? (fallback === '' ? undefined : fallback)
  return {
    name,
    about,
    isSecret,
    isSet: given !== undefined,
    value: isSecret ? null : (value ?? null),
    from: given !== undefined ? origin : value === undefined ? 'none' : 'default',
  }
}

/** Keys of providers stand in it. */
const holdsKeys: ReadonlySet<string> = new Set(['BADGES_CONFIG'])

function originOf(env: Environment, name: string, isHere: boolean): DescribedSetting['from'] {
  if (!isHere) return 'settings-file'
  return env[`${name}_FILE`] ? 'secret-file' : 'environment'
}

function textAt(raw: object, name: string): string | undefined {
  const value: unknown = Reflect.get(raw, name)
  return typeof value === 'string' ? value : undefined
}

function problemsOf(env: Environment): readonly SettingProblem[] {
  try {
    settingsFrom(env)
    return []
  } catch (error) {
    if (error instanceof SettingsInvalid) return error.problems
    throw error
  }
}
