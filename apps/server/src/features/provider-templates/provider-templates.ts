import { createSyncJobs } from './sync-jobs.js'
import { createSync, type Deps } from './sync-templates.js'

export { type AccountFilter, selectAccounts } from './provider-template-repository.js'
export { createProviderTemplateViews } from './provider-template-views.js'
export { syncTemplatesTask } from './sync-jobs.js'

/** What is known of the templates of providers, and how it is kept up to date. */
export function createProviderTemplates(deps: Deps) {
  const { sync, syncTemplate } = createSync(deps)
  return { sync, syncTemplate, tasks: createSyncJobs({ db: deps.db, sync }) }
}

export type ProviderTemplates = ReturnType<typeof createProviderTemplates>
