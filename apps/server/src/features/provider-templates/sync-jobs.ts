import { ProviderError } from '@rosette/providers'
import { z } from 'zod'
import { type Db, inTransaction } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { addJobs } from '../../workers/jobs.js'
import type { Tasks } from '../../workers/worker.js'
import { accountsToSync } from './provider-template-repository.js'

export const syncTemplatesTask = 'sync-provider-templates'
const syncAccountTask = 'sync-provider-account'

const payloadSchema = z.object({ accountId: z.uuid() })

type Deps = {
  readonly db: Db
  readonly sync: (accountId: string) => Promise<unknown>
}

/** The regular syncs: each account has a job of its own, so that none waits for a slow one. */
export function createSyncJobs({ db, sync }: Deps): Tasks {
  async function syncAll(): Promise<void> {
    const ids = await accountsToSync(db)
    await inTransaction(db, (tx) =>
      addJobs(
        tx,
        ids.map((accountId) => ({
          task: syncAccountTask,
          payload: { accountId },
          key: `${syncAccountTask} ${accountId}`,
        })),
      ),
    )
  }

  async function syncAccount(payload: unknown): Promise<void> {
    const { accountId } = payloadSchema.parse(payload)
    try {
      await sync(accountId)
    } catch (error) {
      // It is recorded where a person sees it, and only a person can change it.
      if (!isLasting(error)) throw error
    }
  }

  return { [syncTemplatesTask]: syncAll, [syncAccountTask]: syncAccount }
}

function isLasting(error: unknown): boolean {
  if (error instanceof AppError) return true
  return (
    error instanceof ProviderError && (error.kind === 'unauthorized' || error.kind === 'refused')
  )
}
