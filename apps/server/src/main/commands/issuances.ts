import { type Issuance, issuanceStates } from '@rosette/contract'
import { type Command, InvalidArgumentError } from 'commander'
import { loadSettings } from '../../config/load.js'
import { createIssuanceViews } from '../../features/issuances/issuance-views.js'
import { openRuntime } from '../../runtime.js'
import { issuanceLines } from '../issuance-table.js'
import { chosenAccount } from '../named-issuances.js'
import { examples, printJson, printLine } from '../output.js'

type State = Issuance['state']
type Options = {
  readonly failed?: true
  readonly stopped?: true
  readonly state?: readonly State[]
  readonly account?: string
  readonly limit: number
  readonly json?: true
}

export function registerIssuances(program: Command): void {
  program
    .command('issuances')
    .description('List issuances, the latest change first: where each stands, and what to do.')
    .option('--failed', 'those that failed and are tried again')
    .option('--stopped', 'those that wait for a person')
    .option('--state <states...>', `those in these states: ${issuanceStates.join(', ')}`, states)
    .option('--account <account>', 'those of one provider account, by its number or id')
    .option('--limit <number>', 'how many, 1000 at most', limit, 50)
    .option('--json', 'print { items, next } as JSON')
    .addHelpText('after', examples('rosette issuances --stopped --account 3'))
    .action(listIssuances)
}

async function listIssuances({ account, limit, json, ...options }: Options): Promise<void> {
  const runtime = await openRuntime(loadSettings(), { mustOwn: false })
  try {
    const { db } = runtime.app
    const accountId = await chosenAccount(db, account)
    const asked = { state: statesOf(options), accountId, limit }
    const found = await createIssuanceViews({ db }).list(asked, 'everywhere')
    if (json) return printJson(found)
    if (found.items.length === 0) return printLine('There are none.')
    const width = process.stdout.columns ?? 100
    for (const line of issuanceLines(found.items, width)) printLine(line)
    if (found.next !== null) printLine('\nThere are more; --limit shows more of them.')
  } finally {
    await runtime.close()
  }
}

function statesOf({ failed, stopped, state = [] }: Pick<Options, 'failed' | 'stopped' | 'state'>) {
  const all: State[] = [...state]
  if (failed) all.push('failed')
  if (stopped) all.push('stopped')
  return all.length === 0 ? undefined : all
}

function states(text: string, before: readonly State[] = []): readonly State[] {
  const found = text.split(',').map((one) => {
    const state = issuanceStates.find((known) => known === one.trim())
    if (state !== undefined) return state
    throw new InvalidArgumentError(`Choose among ${issuanceStates.join(', ')}.`)
  })
  return [...before, ...found]
}

function limit(text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= 1 && value <= 1000) return value
  throw new InvalidArgumentError('Write a whole number from 1 to 1000.')
}
