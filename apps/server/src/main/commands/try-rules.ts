import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { TemplateInvalid } from '@rosette/engine'
import type { Command } from 'commander'
import {
  parseTrialTemplates,
  type TrialReport,
  tryRules,
} from '../../features/rule-trials/rule-trials.js'
import { cannot, reasonOf } from '../command-error.js'
import { readJsonFile } from '../input.js'
import { examples, printJson, printLine, printTable } from '../output.js'

type Options = { readonly template: string; readonly events: string; readonly json?: true }

export function registerTryRules(program: Command): void {
  program
    .command('try-rules')
    .description(
      'Run events against badge templates and print how each learner ends; stores nothing.',
    )
    .requiredOption('--template <file>', 'JSON of one template or a list of them')
    .requiredOption('--events <file>', 'one event as JSON per line; - for stdin')
    .option('--json', 'print { learners, refused } as JSON')
    .addHelpText(
      'after',
      examples('rosette try-rules --template template.json --events events.ndjson --json'),
    )
    .action(tryRulesOnFiles)
}

async function tryRulesOnFiles({ template, events, json }: Options): Promise<void> {
  const input = await readJsonFile(template)
  try {
    const report = await tryRules(parseTrialTemplates(input), linesOf(events))
    if (json) printJson(report)
    else printReport(report)
  } catch (error) {
    if (!(error instanceof TemplateInvalid)) throw error
    const { refusals } = error
    if (json) printJson({ refusals })
    process.stderr.write(`${template} cannot be used:\n`)
    for (const { path, reason } of refusals) process.stderr.write(`  ${path}: ${reason}\n`)
    process.exitCode = 1
  }
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const input = path === '-' ? process.stdin : createReadStream(path)
  try {
    yield* createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
  } catch (error) {
    throw cannot(`${path} cannot be read: ${reasonOf(error)}. Name a readable file.`, error)
  }
}

function printReport({ learners, refused }: TrialReport): void {
  const rows = learners.flatMap(({ username, templates }) =>
    templates.map(({ template, instance, ratio, groups, award, history }) => [
      username,
      instance === null ? template : `${template} (${instance})`,
      `${Math.round(ratio * 100)} %`,
      Object.entries(groups)
        .map(([group, held]) => `${group} ${held ? 'yes' : 'no'}`)
        .join(', '),
      award,
      history.map(({ change, event }) => `${change} by ${event}`).join(', '),
    ]),
  )
  if (rows.length === 0) printLine('No event counted for any learner.')
  else printTable([['learner', 'badge', 'done', 'groups', 'award', 'history'], ...rows])
  if (refused.length > 0) printLine(`\n${counted(refused.length)} refused:`)
  for (const { line, reason } of refused) printLine(`  line ${line}: ${reason}`)
}

function counted(lines: number): string {
  return lines === 1 ? '1 line was' : `${lines} lines were`
}
