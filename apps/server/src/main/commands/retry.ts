import type { Command } from 'commander'
import { loadSettings } from '../../config/load.js'
import { openRuntime, type Runtime } from '../../runtime.js'
import { cannot } from '../command-error.js'
import { chosenAccount, namedIssuance } from '../named-issuances.js'
import { examples, printJson, printLine } from '../output.js'

type Options = { readonly allFailed?: true; readonly account?: string; readonly json?: true }
type Outcome = { readonly retried: number; readonly notRetried: readonly string[] }

const actor = 'command line'
const reach = 'everywhere'

export function registerRetry(program: Command): void {
  program
    .command('retry')
    .description('Put issuances that failed or stopped back into the queue.')
    .argument('[ids...]', 'ids of issuances, or how they begin')
    .option('--all-failed', 'all that failed or stopped')
    .option('--account <account>', 'with --all-failed: of one account, by its number or id')
    .option('--json', 'print { retried, notRetried } as JSON')
    .addHelpText(
      'after',
      examples('rosette retry 1c2d3e4f', 'rosette retry --all-failed --account 3'),
    )
    .action(retry)
}

async function retry(ids: readonly string[], options: Options): Promise<void> {
  const { allFailed = false, account, json } = options
  if (allFailed === ids.length > 0 || (account !== undefined && !allFailed)) {
    throw cannot(
      'Say what to try again: the ids of issuances (`rosette issuances --failed --stopped` lists them), or --all-failed, which --account narrows to one account.',
    )
  }
  const runtime = await openRuntime(loadSettings(), { mustOwn: false })
  try {
    const outcome = allFailed ? await retryAll(runtime, account) : await retryEach(runtime, ids)
    if (json) printJson(outcome)
    else printOutcome(outcome, allFailed)
    if (outcome.notRetried.length > 0) process.exitCode = 1
  } finally {
    await runtime.close()
  }
}

async function retryAll({ app }: Runtime, account: string | undefined): Promise<Outcome> {
  const accountId = await chosenAccount(app.db, account)
  return { retried: await app.issuances.retryAll({ accountId, reach }, actor), notRetried: [] }
}

// One by one, so that it can be said which of them could not be.
async function retryEach({ app }: Runtime, texts: readonly string[]): Promise<Outcome> {
  const ids = new Set<string>()
  for (const text of texts) ids.add(await namedIssuance(app.db, text))
  const notRetried: string[] = []
  for (const id of ids) {
    if ((await app.issuances.retryAll({ ids: [id], reach }, actor)) === 0) notRetried.push(id)
  }
  return { retried: ids.size - notRetried.length, notRetried }
}

function printOutcome({ retried, notRetried }: Outcome, isAll: boolean): void {
  if (retried > 0 || notRetried.length === 0) {
    const waits = retried === 1 ? '1 issuance waits' : `${retried} issuances wait`
    printLine(retried === 0 && isAll ? 'Nothing has failed.' : `${waits} in the queue again.`)
  }
  for (const id of notRetried) {
    process.stderr.write(`${id} has neither failed nor stopped: there is nothing to try again.\n`)
  }
}
