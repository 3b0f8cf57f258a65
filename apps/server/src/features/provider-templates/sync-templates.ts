import { ProviderError, type ProviderTemplate } from '@rosette/providers'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import type { SyncSummaryJson } from '../../db/schema.js'
import { AppError } from '../../http/app-error.js'
import {
  type AccountClients,
  type AccountRow,
  findAccount,
  lockAccount,
  subjectOf,
} from '../provider-accounts/provider-accounts.js'
import { applyReading } from './apply-reading.js'
import {
  countActive,
  readClock,
  recordSync,
  recordSyncError,
} from './provider-template-repository.js'
import type { SyncDeps } from './sync-deps.js'

export type Deps = SyncDeps & {
  readonly db: Db
  readonly accounts: Pick<AccountClients, 'open'>
}

/** With this many known, no templates at all are more likely a fault of the provider than the truth. */
const suspiciousFrom = 3

/** Brings what is known of an account's templates, and the badge templates they issue, up to date. */
export function createSync(deps: Deps) {
  const { db, accounts, notices, now } = deps

  /** Reads everything before it writes anything; a failure is recorded and thrown. */
  async function sync(
    accountId: string,
    { force = false }: { readonly force?: boolean | undefined } = {},
  ): Promise<SyncSummaryJson> {
    try {
      return await syncAll(accountId, force)
    } catch (error) {
      if (error instanceof ProviderError || error instanceof AppError) {
        await recordFailure(accountId, error.message)
      }
      throw error
    }
  }

  async function syncAll(accountId: string, force: boolean): Promise<SyncSummaryJson> {
    const { provider } = await accounts.open(accountId)
    const readAt = await readClock(db)
    const seen: ProviderTemplate[] = []
    for await (const page of provider.listTemplates()) seen.push(...page)
    return await inTransaction(db, async (tx) => {
      const account = await lockedAccount(tx, accountId)
      if (seen.length === 0 && !force) await refuseEmptiness(tx, account)
      const summary = await applyReading(tx, { account, readAt, seen }, deps)
      await recordSync(tx, accountId, { at: now().toISOString(), summary })
      await notices.resolve(tx, 'sync-failed', subjectOf(accountId))
      return summary
    })
  }

  /** The same for one template, which the provider may not have any more. */
  async function syncTemplate(accountId: string, externalId: string): Promise<SyncSummaryJson> {
    const { provider } = await accounts.open(accountId)
    const readAt = await readClock(db)
    const template = await provider.getTemplate(externalId)
    const seen = template === undefined ? [] : [template]
    return await inTransaction(db, async (tx) => {
      const account = await lockedAccount(tx, accountId)
      return await applyReading(tx, { account, readAt, seen, externalId }, deps)
    })
  }

  async function recordFailure(accountId: string, reason: string): Promise<void> {
    const account = await findAccount(db, accountId)
    if (account === undefined) return
    await recordSyncError(db, accountId, reason)
    await notices.open(db, {
      kind: 'sync-failed',
      subject: subjectOf(accountId),
      organizationId: account.organization_id,
      detail: { account: account.name, provider: account.provider, reason },
    })
  }

  return { sync, syncTemplate }
}

async function lockedAccount(tx: Tx, id: string): Promise<AccountRow> {
  const account = await lockAccount(tx, id)
  if (account !== undefined) return account
  throw new AppError('provider-account-not-found', `There is no provider account ${id}.`)
}

async function refuseEmptiness(tx: Tx, { id, name }: AccountRow): Promise<void> {
  const active = await countActive(tx, id)
  if (active < suspiciousFrom) return
  const remedy = 'Look there; if they are really gone, synchronise once more with force.'
  throw new AppError(
    'provider-refused',
    `${name} answered without a single template, though ${active} were active; nothing was changed. ${remedy}`,
  )
}
