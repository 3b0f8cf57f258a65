import { type Config, toConfig } from './config.js'
import { readEnvironment } from './env.js'
import { type Complain, type SettingProblem, SettingsInvalid } from './problems.js'
import { type Secrets, toSecrets } from './secrets.js'
import { collectSettings } from './sources.js'

export type Settings = { readonly config: Config; readonly secrets: Secrets }

type Overrides = Readonly<Record<string, string | undefined>>

/** Reads every setting or throws `SettingsInvalid` with every mistake: a process that starts is configured. */
export function loadSettings(overrides: Overrides = {}): Settings {
  return settingsFrom({ ...readEnvironment(), ...overrides })
}

export function settingsFrom(env: Overrides): Settings {
  const problems: SettingProblem[] = []
  const complain: Complain = (setting, problem, remedy) => {
    const again = problems.some((p) => p.setting === setting && p.problem === problem)
    if (!again) problems.push({ setting, problem, remedy })
  }
  const raw = collectSettings(env, complain)
  const settings = { config: toConfig(raw, complain), secrets: toSecrets(raw, complain) }
  if (problems.length > 0) throw new SettingsInvalid(problems)
  return settings
}
