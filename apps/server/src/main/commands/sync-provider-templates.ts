import type { Command } from 'commander'
import { examples } from '../output.js'
import { forceText, type SyncOptions, syncAccounts, syncJsonText } from '../sync-accounts.js'

type Options = SyncOptions & { readonly account?: string }

export function registerSyncProviderTemplates(program: Command): void {
  program
    .command('sync-provider-templates')
    .description('Read the badge templates of provider accounts anew, all of them or one.')
    .option('--account <account>', 'one provider account, by its number or id')
    .option('--force', forceText)
    .option('--json', syncJsonText)
    .addHelpText('after', examples('rosette sync-provider-templates --account 3'))
    .action(syncProviderTemplates)
}

async function syncProviderTemplates({ account, ...options }: Options): Promise<void> {
  const named = account === undefined ? undefined : `provider account ${account}`
  await syncAccounts({ named, numberOrId: account }, options)
}
