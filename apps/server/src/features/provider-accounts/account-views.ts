import type { ProviderAccount } from '@rosette/contract'
import { type SqlBool, sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import { readCursor, toPage } from '../../http/paging.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { type AccountRow, accountOr404 } from './account-repository.js'
import type { AccountClients } from './open-account.js'

export type AskedAccounts = {
  readonly organizationId?: string | undefined
  readonly provider?: ProviderAccount['provider'] | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

export type ViewDeps = {
  readonly db: Db
  readonly clients: Pick<AccountClients, 'describe'>
  readonly urls: PublicUrls
}

type Counts = ProviderAccount['issuances']

/** Accounts for screens; nothing in them opens anything. */
export function createAccountViews({ db, clients, urls }: ViewDeps) {
  async function list(asked: AskedAccounts, reach: Reach) {
    const { organizationId, provider, limit, cursor } = asked
    const after = readCursor(cursor, ['text', 'uuid'])
    let query = db
      .selectFrom('provider_account')
      .selectAll()
      .where(within(reach, 'organization_id'))
      .orderBy('name')
      .orderBy('id')
    if (organizationId !== undefined) query = query.where('organization_id', '=', organizationId)
    if (provider !== undefined) query = query.where('provider', '=', provider)
    if (after !== undefined) {
      query = query.where(sql<SqlBool>`(name, id) > (${after[0]}, ${after[1]}::uuid)`)
    }
    const found = await query.limit(limit + 1).execute()
    const { rows, next } = toPage(found, limit, (row) => [row.name, row.id])
    const counts = await countIssuances(
      db,
      rows.map(({ id }) => id),
    )
    return { items: rows.map((row) => toView(row, counts.get(row.id))), next }
  }

  async function get(id: string): Promise<ProviderAccount> {
    const row = await accountOr404(db, id)
    return toView(row, (await countIssuances(db, [id])).get(id))
  }

  function toView(row: AccountRow, issuances: Counts = noIssuances()): ProviderAccount {
    const { keyKind, capabilities, rotatesKey } = clients.describe(row)
    const { rateLimit, batchMost: _, ownId: __, ...shown } = capabilities
    return {
      ...plainFacts(row),
      keyKind,
      webhookUrl: capabilities.changes === 'webhook' ? urls.credlyWebhook : null,
      capabilities: {
        ...shown,
        locales: [...shown.locales],
        requires: [...shown.requires],
        rotatesKey,
        requestsPerMinute: rateLimit.perSecond * 60,
      },
      issuances,
    }
  }

  return { list, get }
}

export type AccountViews = ReturnType<typeof createAccountViews>

function plainFacts(row: AccountRow) {
  return {
    id: row.id,
    number: row.number,
    organizationId: row.organization_id,
    issuerId: row.issuer_id,
    provider: row.provider,
    name: row.name,
    externalId: row.external_id,
    apiBaseUrl: row.api_base_url,
    requestsPerMinute: row.requests_per_minute,
    keyExpiresAt: row.key_expires_at,
    state: row.paused_at === null ? ('working' as const) : ('paused' as const),
    pausedAt: row.paused_at,
    pauseReason: row.pause_reason,
    nextProbeAt: row.next_probe_at,
    hasWebhookSecret: row.webhook_secret_hash !== null,
    syncedAt: row.synced_at,
    syncSummary: row.sync_summary,
    syncError: row.sync_error,
    polledAt: row.polled_at,
    createdAt: row.created_at,
  }
}

/** One query for a whole page; it reads the index of accounts and states alone. */
async function countIssuances(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Counts>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('issuance')
    .select(({ fn }) => ['account_id', 'state', fn.countAll<number>().as('count')])
    .where('account_id', 'in', ids)
    .groupBy(['account_id', 'state'])
    .execute()
  const counts = new Map(ids.map((id) => [id, noIssuances()]))
  for (const { account_id: id, state, count } of rows) {
    const ofAccount = counts.get(id ?? '')
    if (ofAccount !== undefined) ofAccount[state] = Number(count)
  }
  return counts
}

function noIssuances(): Counts {
  return { queued: 0, issuing: 0, issued: 0, failed: 0, stopped: 0, revoking: 0, revoked: 0 }
}
