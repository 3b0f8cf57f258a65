import { randomUUID } from 'node:crypto'
import { type Db, inTransaction } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { changesOf, recordAudit } from '../audit/audit.js'
import { chooseIssuer } from '../issuers/issuers.js'
import { organizationOr404 } from '../organizations/organizations.js'
import { subjectOf } from './account-health.js'
import {
  type AccountRow,
  accountOr404,
  forgetLimits,
  insertAccount,
  lockAccountOr404,
  updateAccount,
} from './account-repository.js'
import { type AccountSecret, sealSecret } from './account-secret.js'
import { assertFits, toPlace } from './account-values.js'
import { assertMayChange, unlessTaken } from './assert-may-change.js'
import type { KeyWatch } from './key-watch.js'
import { toNewAccount } from './new-account.js'
import type { AccountClients } from './open-account.js'
import { tryAccount } from './try-account.js'

export type ChangeDeps = {
  readonly db: Db
  readonly clients: AccountClients
  readonly keys: KeyWatch
  readonly masterKey: Buffer
  readonly now: () => Date
}

export type AccountChange = {
  readonly name?: string
  readonly issuerId?: string
  readonly externalId?: string | null
  readonly apiBaseUrl?: string | null
  readonly requestsPerMinute?: number | null
  readonly credentials?: AccountSecret
  /** Stored without a call to the provider. */
  readonly skipTest?: boolean
}

export type NewAccount = AccountChange & {
  readonly organizationId: string
  readonly provider: AccountRow['provider']
  readonly name: string
  readonly credentials: AccountSecret
}

/** Adds and changes accounts. A key is tried before it is stored. */
export function createAccountChanges(deps: ChangeDeps) {
  const { db, clients, keys, masterKey, now } = deps

  async function create(wanted: NewAccount, actor: string): Promise<string> {
    const { organizationId, name, credentials: secret } = wanted
    const place = placeOf(wanted, { external_id: null, api_base_url: null, ...wanted })
    assertFits(place, secret)
    await organizationOr404(db, organizationId)
    const account = toNewAccount({
      id: randomUUID(),
      organization_id: organizationId,
      issuer_id: await chooseIssuer(db, wanted),
      name,
      ...place,
      requests_per_minute: wanted.requestsPerMinute ?? null,
      at: now().toISOString(),
    })
    const facts = wanted.skipTest === true ? undefined : await tryFirst(account, secret)
    await unlessTaken(account, () =>
      inTransaction(db, async (tx) => {
        const sealed_secret = sealSecret(secret, account.id, masterKey)
        await insertAccount(tx, { ...account, sealed_secret })
        const detail = { name, provider: account.provider, tested: facts !== undefined }
        const audit = { action: 'provider-account.create', subject: subjectOf(account.id), detail }
        await recordAudit(tx, { actor, ...audit })
      }),
    )
    await keys.noteWorking(account, facts?.keyExpiresAt ?? null)
    return account.id
  }

  async function tryFirst(account: AccountRow, secret: AccountSecret) {
    try {
      return await tryAccount(clients.connect(account, secret), secret)
    } catch (error) {
      await forgetLimits(db, account.id)
      throw error
    }
  }

  async function update(id: string, change: AccountChange, actor: string): Promise<void> {
    const before = await accountOr404(db, id)
    const { credentials: secret, skipTest } = change
    const place = placeOf(change, before)
    assertFits(place, secret)
    await assertMayChange(db, before, { place, secret, isFixed: clients.isPreconfigured(before) })
    const after = { ...before, ...place, ...(await detailsOf(before, change)) }
    const moves =
      place.external_id !== before.external_id || place.api_base_url !== before.api_base_url
    const connects = secret !== undefined || moves
    const facts = connects && skipTest !== true ? await tryAgain(after, secret) : undefined
    await unlessTaken(after, () => store(before, { after, secret, change, actor }))
    if (connects) await keys.noteWorking(after, facts?.keyExpiresAt ?? null)
  }

  async function detailsOf(before: AccountRow, change: AccountChange) {
    const { name = before.name, requestsPerMinute = before.requests_per_minute } = change
    const { issuerId = before.issuer_id } = change
    const issuer_id = await chooseIssuer(db, { organizationId: before.organization_id, issuerId })
    return { name, issuer_id, requests_per_minute: requestsPerMinute }
  }

  async function tryAgain(account: AccountRow, given: AccountSecret | undefined) {
    const secret = given ?? clients.secretOf(account)
    return await tryAccount(clients.connect(account, secret), secret)
  }

  async function store(before: AccountRow, { after, secret, change, actor }: Stored) {
    const { id } = before
    await inTransaction(db, async (tx) => {
      const { updated_at } = await lockAccountOr404(tx, id)
      if (updated_at !== before.updated_at) throw changedMeanwhile(before)
      await updateAccount(tx, id, {
        name: after.name,
        issuer_id: after.issuer_id,
        external_id: after.external_id,
        api_base_url: after.api_base_url,
        requests_per_minute: after.requests_per_minute,
        ...(secret === undefined ? {} : { sealed_secret: sealSecret(secret, id, masterKey) }),
        updated_at: now().toISOString(),
      })
      const { credentials, skipTest: _, ...detail } = change
      const told = { ...detail, newKey: credentials !== undefined }
      const audit = { action: 'provider-account.update', subject: subjectOf(id), detail: told }
      await recordAudit(tx, { actor, ...audit, ...changesOf(before, after) })
    })
  }

  return { create, update }
}

type Stored = {
  readonly after: AccountRow
  readonly secret: AccountSecret | undefined
  readonly change: AccountChange
  readonly actor: string
}

type Known = Pick<AccountRow, 'provider' | 'external_id' | 'api_base_url'>

function placeOf({ externalId, apiBaseUrl }: AccountChange, known: Known): Known {
  return toPlace({
    provider: known.provider,
    external_id: externalId === undefined ? known.external_id : externalId,
    api_base_url: apiBaseUrl === undefined ? known.api_base_url : apiBaseUrl,
  })
}

function changedMeanwhile({ name }: AccountRow): AppError {
  const remedy = 'Look at it again, then repeat your change.'
  return new AppError('conflict', `The account "${name}" was changed meanwhile. ${remedy}`)
}
