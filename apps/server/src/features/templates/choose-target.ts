import type { Db, Tx } from '../../db/database.js'
import { AppError, type Fault } from '../../http/app-error.js'
import { findProviderTemplate, holdProviderTemplate } from './binding-repository.js'
import type { TemplateRow } from './template-repository.js'

type Wanted = {
  readonly organizationId: string
  readonly providerTemplateId: string
}

/**
 * Refuses a provider's template that this organization cannot issue by. Asked before the badge
 * template is locked, because a sync locks the account first and the badge templates second.
 */
export async function assertIssuable(tx: Tx, wanted: Wanted): Promise<void> {
  const found = await holdProviderTemplate(tx, wanted.providerTemplateId)
  if (found === undefined || found.organization_id !== wanted.organizationId) {
    const message = `The organization has no provider template ${wanted.providerTemplateId}.`
    throw new AppError('provider-template-not-found', message)
  }
  if (found.state === 'active') return
  throw new AppError('provider-template-unavailable', unavailable(found))
}

/** What stands in the way of issuing by the provider; nothing for native badges. */
export async function issuingFaults(db: Db, row: TemplateRow): Promise<readonly Fault[]> {
  if (row.provider_template_id === null) return []
  const found = await findProviderTemplate(db, row.provider_template_id)
  if (found === undefined || found.state === 'active') return []
  return [{ path: 'issuing', reason: unavailable(found) }]
}

type Found = NonNullable<Awaited<ReturnType<typeof findProviderTemplate>>>

function unavailable({ name, state, accountName }: Found): string {
  const remedy = 'Make it active there and synchronise the account, or choose another target.'
  return `"${name}" at ${accountName} is ${state === 'draft' ? 'a draft' : 'archived'} there, so no badge can be issued by it. ${remedy}`
}
