import { randomUUID } from 'node:crypto'
import type { Tx } from '../../db/database.js'
import type { AccountRow } from '../provider-accounts/provider-accounts.js'
import { auditTemplate, insertTemplate, updateTemplate } from '../templates/templates.js'
import { changedWords, consequenceFor, wordsOf } from './plan-sync.js'
import type { BoundTemplate, ProviderTemplateRow } from './provider-template-repository.js'
import type { SyncDeps } from './sync-deps.js'

/** Who changes badge templates when the provider's have changed, for the audit log. */
const actor = 'sync'

/** What follows for our badge templates from the provider's templates of one account. */
export function createFollowing(tx: Tx, account: AccountRow, { notices, now }: SyncDeps) {
  /** Makes a badge template agree with the provider's; answers whether rules in force are concerned. */
  async function settle(bound: BoundTemplate, there: ProviderTemplateRow): Promise<boolean> {
    const consequence = consequenceFor(bound, there)
    if (consequence === 'archive') await archive(bound, there)
    else if (consequence === 'restore') await restore(bound, there)
    else if (consequence === 'follow') await takeWords(bound, there)
    return consequence !== 'none' && bound.state === 'active'
  }

  /** Its rules and awards stay: the template may come back. */
  async function archive(bound: BoundTemplate, there: ProviderTemplateRow): Promise<void> {
    const columns = { state: 'archived', archived_with_provider: true } as const
    await updateTemplate(tx, bound.id, { ...columns, updated_at: now().toISOString() })
    await audit(bound.id, 'archive', there)
    if (bound.state !== 'active') return
    await notices.open(tx, {
      kind: 'template-vanished',
      subject: subjectOf(bound.id),
      organizationId: account.organization_id,
      detail: { template: bound.name, account: account.name, provider: account.provider },
    })
  }

  /** As a draft: a person decides whether events count again. */
  async function restore(bound: BoundTemplate, there: ProviderTemplateRow): Promise<void> {
    const columns = { state: 'draft', archived_with_provider: false } as const
    const words = changedWords(bound, there)
    await updateTemplate(tx, bound.id, { ...columns, ...words, updated_at: now().toISOString() })
    await audit(bound.id, 'restore', there)
    await notices.resolve(tx, 'template-vanished', subjectOf(bound.id))
  }

  async function takeWords(bound: BoundTemplate, there: ProviderTemplateRow): Promise<void> {
    const words = changedWords(bound, there)
    if (words === null) return
    await updateTemplate(tx, bound.id, { ...words, updated_at: now().toISOString() })
    await audit(bound.id, 'update', there)
  }

  /** Without rules; a person says how it is earned. */
  async function createDraft(there: ProviderTemplateRow): Promise<void> {
    const id = randomUUID()
    const at = now().toISOString()
    await insertTemplate(tx, {
      ...wordsOf(there),
      id,
      organization_id: account.organization_id,
      issuer_id: account.issuer_id,
      provider_template_id: there.id,
      follows_provider: true,
      repeat_by: null,
      expires_after_days: null,
      image_id: null,
      locale: null,
      activated_at: null,
      created_at: at,
      updated_at: at,
    })
    await audit(id, 'create', there)
  }

  async function audit(id: string, action: string, there: ProviderTemplateRow): Promise<void> {
    const detail = { account: account.name, externalId: there.external_id, state: there.state }
    await auditTemplate(tx, id, { actor, action, detail })
  }

  return { settle, createDraft }
}

function subjectOf(templateId: string): string {
  return `badge-template/${templateId}`
}
