import type { Command } from 'commander'

type Register = (program: Command) => void

/** Every command by its name. Only the one that is asked for is loaded, so that each starts fast. */
const commands: Readonly<Record<string, () => Promise<Register>>> = {
  serve: async () => (await import('./commands/serve.js')).registerServe,
  work: async () => (await import('./commands/work.js')).registerWork,
  'consume-events': async () =>
    (await import('./commands/consume-events.js')).registerConsumeEvents,
  migrate: async () => (await import('./commands/migrate.js')).registerMigrate,
  check: async () => (await import('./commands/check.js')).registerCheck,
  'create-token': async () => (await import('./commands/create-token.js')).registerCreateToken,
  'create-administrator-link': async () =>
    (await import('./commands/create-administrator-link.js')).registerCreateAdministratorLink,
  'rotate-master-key': async () =>
    (await import('./commands/rotate-master-key.js')).registerRotateMasterKey,
  'remove-demo': async () => (await import('./commands/remove-demo.js')).registerRemoveDemo,
  issuances: async () => (await import('./commands/issuances.js')).registerIssuances,
  retry: async () => (await import('./commands/retry.js')).registerRetry,
  'sync-provider-templates': async () =>
    (await import('./commands/sync-provider-templates.js')).registerSyncProviderTemplates,
  'sync-organization-badge-templates': async () =>
    (await import('./commands/sync-organization-badge-templates.js'))
      .registerSyncOrganizationBadgeTemplates,
  'sync-accredible-groups': async () =>
    (await import('./commands/sync-accredible-groups.js')).registerSyncAccredibleGroups,
  simulate: async () => (await import('./commands/simulate.js')).registerSimulate,
  'simulate-provider': async () =>
    (await import('./commands/simulate-provider.js')).registerSimulateProvider,
  'produce-event': async () => (await import('./commands/produce-event.js')).registerProduceEvent,
  'encode-event': async () => (await import('./commands/encode-event.js')).registerEncodeEvent,
  'decode-event': async () => (await import('./commands/decode-event.js')).registerDecodeEvent,
  'parse-key': async () => (await import('./commands/parse-key.js')).registerParseKey,
  'key-paths': async () => (await import('./commands/key-paths.js')).registerKeyPaths,
  'try-rules': async () => (await import('./commands/try-rules.js')).registerTryRules,
  backfill: async () => (await import('./commands/backfill.js')).registerBackfill,
  verify: async () => (await import('./commands/verify.js')).registerVerify,
  bake: async () => (await import('./commands/bake.js')).registerBake,
  unbake: async () => (await import('./commands/unbake.js')).registerUnbake,
  openapi: async () => (await import('./commands/openapi.js')).registerOpenapi,
}

/** What registers the named command, or all of them when the name is none of these. */
export async function loadCommands(name: string | undefined): Promise<readonly Register[]> {
  const asked = name === undefined ? undefined : Object.hasOwn(commands, name) && commands[name]
  if (asked) return [await asked()]
  return await Promise.all(Object.values(commands).map((load) => load()))
}
