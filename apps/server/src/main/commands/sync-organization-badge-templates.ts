import type { Command } from 'commander'
import { examples } from '../output.js'
import { forceText, type SyncOptions, syncAccounts, syncJsonText } from '../sync-accounts.js'

type Options = SyncOptions & { readonly organizationId?: string }

export function registerSyncOrganizationBadgeTemplates(program: Command): void {
  program
    .command('sync-organization-badge-templates')
    .description('Read the badge templates of Credly organizations anew, all of them or one.')
    .option('--organization-id <uuid>', 'one organization, by its id at Credly')
    .option('--force', forceText)
    .option('--json', syncJsonText)
    .addHelpText('after', examples('rosette sync-organization-badge-templates'))
    .action(syncOrganizations)
}

async function syncOrganizations({ organizationId, ...options }: Options): Promise<void> {
  const named =
    organizationId === undefined ? undefined : `account for the organization ${organizationId}`
  await syncAccounts({ named, provider: 'credly', externalId: organizationId }, options)
}
