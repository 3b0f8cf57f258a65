import { loadSettings } from '../config/load.js'
import type { SyncSummaryJson } from '../db/schema.js'
import {
  type AccountFilter,
  selectAccounts,
} from '../features/provider-templates/provider-templates.js'
import { openRuntime } from '../runtime.js'
import { log } from '../telemetry/log.js'
import { no, reasonOf } from './command-error.js'
import { printJson, printLine } from './output.js'

/** What every command that synchronises takes. */
export type SyncOptions = { readonly force?: true; readonly json?: true }

export const forceText = 'believe a provider that has no templates at all any more'
export const syncJsonText =
  'print { accounts: [{ id, number, name, provider, summary, error }] } as JSON'

type Outcome = {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly provider: string
  readonly summary: SyncSummaryJson | null
  readonly error: string | null
}

type Chosen = AccountFilter & {
  /** How the accounts were named on the command line; undefined for all of a kind. */
  readonly named: string | undefined
}

/** Synchronises the chosen accounts one after the other; one that fails does not keep the others from it. */
export async function syncAccounts(
  { named, ...filter }: Chosen,
  options: SyncOptions,
): Promise<void> {
  const runtime = await openRuntime(loadSettings(), { mustOwn: false })
  // Failures are said in words below; the log shares its stream with what is printed.
  log.level = 'error'
  try {
    const { db, providerTemplates } = runtime.app
    const accounts = await selectAccounts(db, filter)
    if (accounts.length === 0 && named !== undefined) throw no(`There is no ${named}.`)
    const outcomes: Outcome[] = []
    for (const account of accounts) {
      const syncing = providerTemplates.sync(account.id, { force: options.force === true })
      outcomes.push({ ...account, ...(await outcomeOf(syncing)) })
    }
    if (options.json) printJson({ accounts: outcomes })
    else printOutcomes(outcomes)
    if (outcomes.some(({ error }) => error !== null)) process.exitCode = 1
  } finally {
    await runtime.close()
  }
}

async function outcomeOf(syncing: Promise<SyncSummaryJson>) {
  try {
    return { summary: await syncing, error: null }
  } catch (error) {
    return { summary: null, error: reasonOf(error) }
  }
}

function printOutcomes(outcomes: readonly Outcome[]): void {
  if (outcomes.length === 0) printLine('There are no such accounts.')
  for (const { number, name, summary, error } of outcomes) {
    const account = `${name} (${number})`
    if (summary !== null) printLine(`${account}: ${wordsOf(summary)}.`)
    else process.stderr.write(`${account}: not synchronised. ${error}.\n`)
  }
}

function wordsOf({ seen, created, updated, archived, restored }: SyncSummaryJson): string {
  const changes = [
    ...(created > 0 ? [`${created} new`] : []),
    ...(updated > 0 ? [`${updated} changed`] : []),
    ...(archived > 0 ? [`${archived} archived`] : []),
    ...(restored > 0 ? [`${restored} restored`] : []),
  ]
  const templates = seen === 1 ? '1 template' : `${seen} templates`
  return `${templates} there, ${changes.length === 0 ? 'nothing changed' : changes.join(', ')}`
}
