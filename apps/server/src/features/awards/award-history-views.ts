import type { AwardHistory } from '@rosette/contract'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { findAward } from './award-repository.js'

type Entry = AwardHistory['items'][number]
type Row = { readonly at: string } & Omit<Entry, 'at' | 'kind'>

const nothing = { by: null, state: null, account: null, detail: null }

/** What happened to one award, from all that keeps a record of it, the oldest first. */
export async function historyOfAward(db: Db, id: string, now: Date): Promise<AwardHistory> {
  const award = await findAward(db, id)
  if (award === undefined) throw new AppError('award-not-found', `There is no award ${id}.`)
  const entries: Entry[] = [
    { ...nothing, kind: 'granted', at: award.created_at, by: award.cause.by ?? null },
    ...(await signed(db, id)),
    ...(await issuanceChanges(db, id)).map((row) => ({ ...row, kind: 'issuance' as const })),
    ...(await changes(db, id)).map((row) => ({ ...row, kind: 'changed' as const })),
  ]
  if (award.revoked_at !== null) {
    const by = award.revocation_cause?.by ?? null
    const detail = award.revocation_reason
    entries.push({ ...nothing, kind: 'revoked', at: award.revoked_at, by, detail })
  }
  const { expires_at: end } = award
  if (end !== null && new Date(end) <= now) entries.push({ ...nothing, kind: 'expired', at: end })
  // Equal times keep the order in which they stand here.
  return { items: entries.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)) }
}

async function signed(db: Db, awardId: string): Promise<readonly Entry[]> {
  const { rows } = await sql<{ at: string; first: boolean }>`
    select created_at as at, true as first from credential where award_id = ${awardId}::uuid
    union all
    select reissued_at, false from credential
      where award_id = ${awardId}::uuid and reissued_at is not null
    order by at`.execute(db)
  return rows.map(({ at, first }) => ({ ...nothing, at, kind: first ? 'signed' : 'signed-anew' }))
}

async function issuanceChanges(db: Db, awardId: string): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select i.created_at as at, null as by, 'queued' as state, a.name as account, null as detail
    from issuance i left join provider_account a on a.id = i.account_id
    where i.award_id = ${awardId}::uuid
    union all
    select h.at, null, h.state, a.name, coalesce(h.error, h.note)
    from issuance_history h join issuance i on i.id = h.issuance_id
    left join provider_account a on a.id = i.account_id
    where i.award_id = ${awardId}::uuid
    order by at`.execute(db)
  return rows
}

// Granting and revoking are known from the award itself.
async function changes(db: Db, awardId: string): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select at, actor as by, null as state, null as account, action as detail from audit_log
    where subject = ${`award/${awardId}`} and action not in ('award.grant', 'award.revoke')
    order by id`.execute(db)
  return rows
}
