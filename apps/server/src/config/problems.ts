/** One mistake in the settings: which one, what is wrong, what to do. */
export type SettingProblem = {
  readonly setting: string
  readonly problem: string
  readonly remedy: string
}

/** Thrown once, with every mistake that was found. */
export class SettingsInvalid extends Error {
  readonly problems: readonly SettingProblem[]

  constructor(problems: readonly SettingProblem[]) {
    super(problems.map((p) => `${p.setting}: ${p.problem} ${p.remedy}`).join('\n'))
    this.name = 'SettingsInvalid'
    this.problems = problems
  }
}

/** Collects mistakes, so that all are told at once. */
export type Complain = (setting: string, problem: string, remedy: string) => void
