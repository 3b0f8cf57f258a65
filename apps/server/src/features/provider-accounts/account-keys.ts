import { createHash, randomBytes } from 'node:crypto'
import { type AccountFacts, ProviderError, providerNames } from '@rosette/providers'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { recordAudit } from '../audit/audit.js'
import { type AccountHealth, subjectOf } from './account-health.js'
import {
  type AccountRow,
  accountOr404,
  lockAccountOr404,
  updateAccount,
} from './account-repository.js'
import { sealSecret } from './account-secret.js'
import { isOtherHost } from './account-values.js'
import { preconfigured } from './assert-may-change.js'
import type { KeyWatch } from './key-watch.js'
import type { AccountClients } from './open-account.js'
import { toInstant, toRefusal, tryAccount } from './try-account.js'

export type KeyDeps = {
  readonly db: Db
  readonly clients: AccountClients
  readonly health: AccountHealth
  readonly keys: KeyWatch
  readonly urls: PublicUrls
  readonly masterKey: Buffer
  readonly now: () => Date
}

/** What is done with an account that stays as it is: try it, renew its key, stop and go on. */
export function createAccountKeys(deps: KeyDeps) {
  const { db, clients, health, keys, urls, masterKey, now } = deps

  /** What works goes on: an account that was paused by itself is resumed. */
  async function test(id: string): Promise<AccountFacts> {
    const { account, provider } = await clients.open(id)
    const facts = await tryAccount(provider, clients.secretOf(account))
    await keys.noteWorking(account, facts.keyExpiresAt)
    return facts
  }

  async function rotateKey(id: string, actor: string): Promise<void> {
    const { account, provider } = await clients.open(id)
    const secret = clients.secretOf(account)
    if (clients.isPreconfigured(account)) throw preconfigured(account, 'Change it there.')
    if (provider.rotateKey === undefined) throw cannotRotate(account)
    const { key, expiresAt } = await provider.rotateKey().catch((error: unknown) => {
      throw isUnanswered(error) ? perhapsMade(account, error) : toRefusal(error, secret)
    })
    try {
      await keepKey(account, key, actor)
    } catch (cause) {
      throw notStored(account, cause)
    }
    await keys.noteWorking(account, toInstant(expiresAt))
  }

  async function keepKey(made: AccountRow, token: string, actor: string): Promise<void> {
    const { id } = made
    const sealed = sealSecret({ kind: 'token', token }, id, masterKey)
    await changed(id, { actor, action: 'rotate-key' }, async (tx, account) => {
      // Stored, it would be sent to where the account has gone meanwhile.
      if (isElsewhere(made, account)) throw new AppError('conflict', 'The account has moved.')
      await updateAccount(tx, id, { sealed_secret: sealed, updated_at: now().toISOString() })
    })
  }

  /** The address of the webhook with a new secret; it is known in clear to the caller only. */
  async function setWebhookSecret(id: string, actor: string): Promise<string> {
    const account = await accountOr404(db, id)
    if (clients.describe(account).capabilities.changes !== 'webhook') {
      const reason = `${providerNames[account.provider]} announces nothing; changes there are asked for.`
      throw new AppError('request-invalid', reason)
    }
    const secret = randomBytes(24).toString('base64url')
    // Random, with nothing to guess, so a plain hash keeps it as well as a slow one.
    const webhook_secret_hash = createHash('sha256').update(secret).digest()
    await changed(id, { actor, action: 'set-webhook-secret' }, (tx) =>
      updateAccount(tx, id, { webhook_secret_hash }),
    )
    return `${urls.credlyWebhook}?secret=${secret}`
  }

  async function clearWebhookSecret(id: string, actor: string): Promise<void> {
    await changed(id, { actor, action: 'clear-webhook-secret' }, (tx) =>
      updateAccount(tx, id, { webhook_secret_hash: null }),
    )
  }

  /** Without a time for a probe, which would take it up again. */
  async function pause(id: string, actor: string): Promise<void> {
    await changed(id, { actor, action: 'pause' }, (tx, { paused_at: before }) =>
      updateAccount(tx, id, {
        paused_at: before ?? now().toISOString(),
        pause_reason: `Paused by ${actor}.`,
        next_probe_at: null,
      }),
    )
  }

  async function resume(id: string, actor: string): Promise<void> {
    const account = await changed(id, { actor, action: 'resume' }, async () => {})
    await health.resume(account)
  }

  async function changed(
    id: string,
    { actor, action }: { readonly actor: string; readonly action: string },
    work: (tx: Tx, account: AccountRow) => Promise<void>,
  ): Promise<AccountRow> {
    return await inTransaction(db, async (tx) => {
      const account = await lockAccountOr404(tx, id)
      await work(tx, account)
      const audit = { action: `provider-account.${action}`, subject: subjectOf(id) }
      await recordAudit(tx, { actor, ...audit })
      return account
    })
  }

  return { test, rotateKey, setWebhookSecret, clearWebhookSecret, pause, resume }
}

function cannotRotate({ name, provider }: AccountRow): AppError {
  const remedy = `Make one at ${providerNames[provider]} and enter it.`
  return new AppError('provider-refused', `"${name}" gets no new key from here. ${remedy}`)
}

function isUnanswered(error: unknown): error is ProviderError {
  return error instanceof ProviderError && error.kind === 'unanswered'
}

function perhapsMade({ name, provider }: AccountRow, cause: ProviderError): AppError {
  const remedy = `Look at ${providerNames[provider]} whether there is a new one, and delete it; then rotate again.`
  const message = `It is not known whether a key was made for "${name}": no answer came. The old key stays in use. ${remedy}`
  return new AppError('provider-unreachable', message, { cause })
}

function isElsewhere(before: AccountRow, after: AccountRow): boolean {
  return isOtherHost(before, after) || before.external_id !== after.external_id
}

// The key is lost with its only copy; it must not appear in an answer or a log to be saved.
function notStored({ name, provider }: AccountRow, cause: unknown): AppError {
  const isMoved = cause instanceof AppError && cause.code === 'conflict'
  const why = isMoved
    ? 'the account was moved to another address meanwhile, so it is not used; the key that is stored stays in use'
    : 'it could not be stored and is lost; the old key stays in use'
  const message = `${providerNames[provider]} made a new key for "${name}", but ${why}. Delete the newest key at ${providerNames[provider]}, then rotate again.`
  return new AppError(isMoved ? 'conflict' : 'internal', message, { cause })
}
