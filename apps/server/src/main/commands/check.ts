import type { Command } from 'commander'
import { loadSettings } from '../../config/load.js'
import { type SettingProblem, SettingsInvalid } from '../../config/problems.js'
import { examples, printJson, printLine } from '../output.js'

type Options = { readonly json?: true }

export function registerCheck(program: Command): void {
  program
    .command('check')
    .description('Read all settings and report every mistake in them.')
    .option('--json', 'print { ok, problems } as JSON')
    .addHelpText('after', examples('ROSETTE_CONFIG_FILE=rosette.yml rosette check'))
    .action(check)
}

function check({ json }: Options): void {
  const problems = findProblems()
  if (problems.length > 0) process.exitCode = 1
  if (json) printJson({ ok: problems.length === 0, problems })
  else if (problems.length === 0) printLine('The settings are good.')
  for (const { setting, problem, remedy } of json ? [] : problems) {
    process.stderr.write(`${setting} ${problem} ${remedy}\n`)
  }
}

function findProblems(): readonly SettingProblem[] {
  try {
    loadSettings()
    return []
  } catch (error) {
    if (error instanceof SettingsInvalid) return error.problems
    throw error
  }
}
