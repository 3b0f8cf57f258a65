import {
  type AwardDetail,
  issuance as contract,
  type Issuance,
  type IssuanceCounts,
  type IssuanceDetail,
  issuanceStates,
  revocationEffects,
} from '@rosette/contract'
import { type SqlBool, sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { type Reach, reaches, within } from '../../db/reach.js'
import { AppError } from '../../http/app-error.js'
import { readCursor, toPage } from '../../http/paging.js'
import { isFoundLearner } from '../learners/learners.js'
import { countToRetry, type Retried } from './issuance-repository.js'

type IssuanceFilter = {
  readonly organizationId?: string | undefined
  readonly state?: readonly Issuance['state'][] | undefined
  readonly accountId?: string | undefined
  readonly target?: Issuance['target'] | undefined
  readonly templateId?: string | undefined
  readonly learnerId?: string | undefined
  readonly wanted?: Issuance['wanted'] | undefined
  readonly from?: string | undefined
  readonly until?: string | undefined
  readonly search?: string | undefined
}
export type AskedIssuances = IssuanceFilter & {
  readonly limit: number
  readonly cursor?: string | undefined
}

const rowsAtOnce = 1000

/** Issuances for screens, with the names of those concerned. */
export function createIssuanceViews({ db }: { readonly db: Db }) {
  async function list(asked: AskedIssuances, reach: Reach) {
    const after = readCursor(asked.cursor, ['instant', 'uuid'])
    const found = await page(asked, { reach, after, most: asked.limit + 1 })
    const { rows, next } = toPage(found, asked.limit, (row) => [row.updated_at, row.id])
    return { items: rows.map(toView), next }
  }

  /** Without an end, read as it is taken. */
  async function* read(asked: IssuanceFilter, reach: Reach): AsyncGenerator<Issuance> {
    let after: readonly string[] | undefined
    for (;;) {
      const rows = await page(asked, { reach, after, most: rowsAtOnce })
      yield* rows.map(toView)
      const last = rows.at(-1)
      if (last === undefined || rows.length < rowsAtOnce) return
      after = [last.updated_at, last.id]
    }
  }

  async function page(
    asked: IssuanceFilter,
    at: {
      readonly reach: Reach
      readonly after: readonly string[] | undefined
      readonly most: number
    },
  ) {
    let query = chosen(db, asked).where(within(at.reach, 'badge_template.organization_id'))
    if (at.after !== undefined) query = query.where(isAfter(at.after))
    return await query
      .orderBy('issuance.updated_at', 'desc')
      .orderBy('issuance.id')
      .limit(at.most)
      .execute()
  }

  async function get(id: string): Promise<IssuanceDetail> {
    const row = await joined(db).where('issuance.id', '=', id).executeTakeFirst()
    if (row === undefined) {
      throw new AppError('issuance-not-found', `There is no issuance ${id}.`)
    }
    return { ...toView(row), history: await historyOf(db, row) }
  }

  async function ofAward(awardId: string): Promise<AwardDetail['issuances']> {
    const rows = joined(db).where('issuance.award_id', '=', awardId).orderBy('issuance.target')
    return (await rows.execute()).map(toFacts)
  }

  const counts = (reach: Reach, organizationId: string | undefined) =>
    countIssuances(db, reach, organizationId)
  const toRetry = (which: Retried) => countToRetry(db, which)
  return { list, read, get, ofAward, counts, toRetry }
}

export type IssuanceViews = ReturnType<typeof createIssuanceViews>

type Row = Awaited<ReturnType<ReturnType<typeof joined>['executeTakeFirstOrThrow']>>

function joined(db: Db) {
  return db
    .selectFrom('issuance')
    .innerJoin('award', 'award.id', 'issuance.award_id')
    .innerJoin('learner', 'learner.id', 'award.learner_id')
    .innerJoin('badge_template', 'badge_template.id', 'award.template_id')
    .leftJoin('provider_account', 'provider_account.id', 'issuance.account_id')
    .selectAll('issuance')
    .select([
      'badge_template.id as templateId',
      'badge_template.name as templateName',
      'learner.public_id as publicId',
      'learner.username',
      'learner.name as learnerName',
      'learner.email',
      'provider_account.name as accountName',
      'provider_account.provider',
    ])
}

function chosen(db: Db, asked: IssuanceFilter) {
  const { organizationId, state, accountId, target, templateId, learnerId } = asked
  let query = joined(db)
  if (organizationId !== undefined) {
    query = query.where('badge_template.organization_id', '=', organizationId)
  }
  if (state !== undefined) query = query.where('issuance.state', 'in', state)
  if (accountId !== undefined) query = query.where('account_id', '=', accountId)
  if (templateId !== undefined) query = query.where('award.template_id', '=', templateId)
  if (learnerId !== undefined) query = query.where('learner.public_id', '=', learnerId)
  if (target !== undefined) {
    query = query.where('account_id', target === 'native' ? 'is' : 'is not', null)
  }
  return furtherChosen(query, asked)
}

function furtherChosen(
  query: ReturnType<typeof joined>,
  { wanted, from, until, search }: IssuanceFilter,
) {
  let narrowed = query
  if (wanted !== undefined) narrowed = narrowed.where('issuance.wanted', '=', wanted)
  if (from !== undefined) narrowed = narrowed.where('issuance.updated_at', '>=', from)
  if (until !== undefined) narrowed = narrowed.where('issuance.updated_at', '<', until)
  if (search === undefined || search.trim() === '') return narrowed
  return narrowed.where(isFoundLearner(search))
}

function isAfter([at, id]: readonly string[]) {
  return sql<SqlBool>`issuance.updated_at <= ${at}::timestamptz and
    (issuance.updated_at < ${at}::timestamptz or issuance.id > ${id}::uuid)`
}

function toView(row: Row): Issuance {
  return {
    ...toFacts(row),
    awardId: row.award_id,
    template: { id: row.templateId, name: row.templateName },
    learner: {
      id: row.publicId,
      username: row.username,
      name: row.learnerName,
      email: row.email,
    },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

function toFacts(row: Row): AwardDetail['issuances'][number] {
  return {
    id: row.id,
    target: row.account_id === null ? 'native' : 'provider',
    account: accountOf(row),
    state: row.state,
    wanted: row.wanted,
    externalState: row.external_state,
    externalId: row.external_id,
    externalUrl: row.external_url,
    attempts: row.attempts,
    lastError: row.last_error,
    reason: row.reason,
    remedy: row.remedy,
    note: row.note,
    nextTryAt: row.next_try_at,
    issuedAt: row.issued_at,
    revokedAt: row.revoked_at,
    revocationEffect: revocationEffects.find((effect) => effect === row.revocation_effect) ?? null,
  }
}

type Named = Pick<Row, 'account_id' | 'accountName' | 'provider'>

function accountOf({ account_id: id, accountName: name, provider }: Named): Issuance['account'] {
  return id === null || name === null || provider === null ? null : { id, name, provider }
}

async function historyOf(db: Db, row: Row): Promise<IssuanceDetail['history']> {
  const changes = await db
    .selectFrom('issuance_history')
    .selectAll()
    .where('issuance_id', '=', row.id)
    .orderBy('id')
    .execute()
  // Only changes are written down; how it began is known from when it was made.
  const nothing = { externalState: null, note: null, error: null, nextTryAt: null }
  const began = { at: row.created_at, state: 'queued' as const, ...nothing }
  return [
    began,
    ...changes.map((change) => ({
      at: change.at,
      state: contract.shape.state.parse(change.state),
      externalState: change.external_state,
      note: change.note,
      error: change.error,
      nextTryAt: change.next_try_at,
    })),
  ]
}

async function countIssuances(
  db: Db,
  reach: Reach,
  organizationId: string | undefined,
): Promise<IssuanceCounts> {
  const own = organizationId === undefined ? reach : both(reach, organizationId)
  // Counted before anything is joined, so that an index answers.
  const counted = withinReach(db, own)
    .select(({ fn }) => ['account_id', 'state', fn.countAll<number>().as('count')])
    .groupBy(['account_id', 'state'])
    .as('counted')
  const rows = await db
    .selectFrom(counted)
    .leftJoin('provider_account', 'provider_account.id', 'counted.account_id')
    .select(['counted.account_id', 'counted.state', 'counted.count'])
    .select(['provider_account.name as accountName', 'provider_account.provider'])
    .execute()
  const items = rows.map((row) => ({
    account: accountOf(row),
    state: row.state,
    count: Number(row.count),
  }))
  return { items: items.sort((a, b) => rank(a) - rank(b) || nameOf(a).localeCompare(nameOf(b))) }
}

function both(reach: Reach, organizationId: string): Reach {
  return reaches(reach, organizationId) ? [organizationId] : []
}

function withinReach(db: Db, reach: Reach) {
  const all = db.selectFrom('issuance')
  if (reach === 'everywhere') return all
  const awards = db
    .selectFrom('award')
    .innerJoin('badge_template', 'badge_template.id', 'award.template_id')
    .select('award.id')
    .where(within(reach, 'badge_template.organization_id'))
  return all.where('award_id', 'in', awards)
}

function nameOf({ account }: IssuanceCounts['items'][number]): string {
  return account === null ? '' : `${account.name} ${account.id}`
}

function rank({ state }: IssuanceCounts['items'][number]): number {
  return issuanceStates.indexOf(state)
}
