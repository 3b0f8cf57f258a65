import { createHash, timingSafeEqual } from 'node:crypto'
import { type Db, inTransaction } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { addJobs } from '../../workers/jobs.js'
import { accountQueue } from './account-queue.js'
import { parseAnnouncement } from './announcement.js'
import { applyEventTask } from './apply-event.js'
import { areWaiting, findCredlyAccount, insertEvent } from './provider-event-repository.js'

/** So many wait while the provider cannot be asked; it repeats later what is not taken now. */
const mostWaiting = 10_000

/** Takes what a webhook announces, to be looked into later. */
export function createReceiver({ db }: { readonly db: Db }) {
  return async function receive(body: unknown, secret: string | undefined): Promise<void> {
    const announced = parseAnnouncement(body)
    const account = await findCredlyAccount(db, announced.organizationId)
    if (account === undefined) {
      const message = `There is no account for the organization ${announced.organizationId}.`
      throw new AppError('provider-account-not-found', message)
    }
    assertSecret(account.webhook_secret_hash, secret)
    if (await areWaiting(db, account.id, mostWaiting)) {
      const message = `${mostWaiting} events of this account wait already. Send it again later.`
      throw new AppError('overloaded', message)
    }
    await inTransaction(db, async (tx) => {
      const eventId = await insertEvent(tx, account.id, announced)
      if (eventId === undefined) return
      const queue = accountQueue(account.id)
      await addJobs(tx, [{ task: applyEventTask, payload: { eventId }, queue }])
    })
  }
}

function assertSecret(expected: Buffer | null, given = ''): void {
  if (expected === null) return
  const hash = createHash('sha256').update(given).digest()
  if (timingSafeEqual(hash, expected)) return
  const remedy = 'Use the address that was shown when the secret was made.'
  throw new AppError('webhook-refused', `The secret in the address is missing or wrong. ${remedy}`)
}
