import type { Command } from 'commander'
import { examples } from '../output.js'
import { forceText, type SyncOptions, syncAccounts, syncJsonText } from '../sync-accounts.js'

type Options = SyncOptions & { readonly apiConfigId?: string }

export function registerSyncAccredibleGroups(program: Command): void {
  program
    .command('sync-accredible-groups')
    .description('Read the groups of Accredible accounts anew, all of them or one.')
    .option('--api-config-id <number>', 'one account, by its number')
    .option('--force', forceText)
    .option('--json', syncJsonText)
    .addHelpText('after', examples('rosette sync-accredible-groups --api-config-id 2'))
    .action(syncGroups)
}

async function syncGroups({ apiConfigId, ...options }: Options): Promise<void> {
  const named = apiConfigId === undefined ? undefined : `Accredible account ${apiConfigId}`
  await syncAccounts({ named, provider: 'accredible', numberOrId: apiConfigId }, options)
}
