import { type Db, inTransaction, isForeignKeyViolation } from '../../db/database.js'
import { recordAudit } from '../audit/audit.js'
import type { Notices } from '../notices/notices.js'
import { subjectOf } from './account-health.js'
import { deleteAccount, lockAccountOr404, usesOf } from './account-repository.js'
import { inUse, preconfigured } from './assert-may-change.js'
import type { AccountClients } from './open-account.js'

export type RemoveDeps = {
  readonly db: Db
  readonly clients: AccountClients
  readonly notices: Notices
}

/** Removes an account through which nothing was issued, with what was synced from there. */
export async function removeAccount(
  { db, clients, notices }: RemoveDeps,
  id: string,
  actor: string,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const account = await lockAccountOr404(tx, id)
    const { name, provider } = account
    if (clients.isPreconfigured(account)) throw preconfigured(account, 'It would be made again.')
    const uses = await usesOf(tx, id)
    if (uses.issuances || uses.templates > 0) throw inUse(account, uses)
    const subject = subjectOf(id)
    for (const kind of ['account-paused', 'key-ends-soon', 'sync-failed'] as const) {
      await notices.resolve(tx, kind, subject)
    }
    await deleteAccount(tx, id).catch((error) => {
      // A badge template was bound to it meanwhile.
      throw isForeignKeyViolation(error) ? inUse(account, uses) : error
    })
    const detail = { name, provider }
    const organizationId = account.organization_id
    const audit = { action: 'provider-account.delete', subject, detail, organizationId }
    await recordAudit(tx, { actor, ...audit })
  })
}
