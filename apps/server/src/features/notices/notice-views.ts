import type { Notice } from '@rosette/contract'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import { readCursor, toPage } from '../../http/paging.js'
import type { NoticeRow } from './notice-repository.js'
import { noticeSentence } from './notice-sentence.js'

export type Asked = {
  readonly isOpen?: boolean | undefined
  readonly kind?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** What screens show of notices, the latest first. */
export function createNoticeViews({ db }: { readonly db: Db }) {
  async function list({ isOpen, kind, limit, cursor }: Asked, reach: Reach) {
    const after = readCursor(cursor, ['instant', 'uuid'])
    let query = db
      .selectFrom('notice')
      .selectAll()
      .where(within(reach, 'organization_id'))
      .orderBy('opened_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
    if (after !== undefined) {
      query = query.where(
        sql<boolean>`(opened_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
      )
    }
    if (isOpen !== undefined) query = query.where('resolved_at', isOpen ? 'is' : 'is not', null)
    if (kind !== undefined) query = query.where('kind', '=', kind)
    const place = (row: NoticeRow) => [row.opened_at, row.id]
    const { rows, next } = toPage(await query.execute(), limit, place)
    return { items: rows.map(toNotice), next }
  }

  return { list }
}

export type NoticeViews = ReturnType<typeof createNoticeViews>

export function toNotice(row: NoticeRow): Notice {
  return {
    id: row.id,
    kind: row.kind,
    sentence: noticeSentence(row),
    subject: row.subject,
    organizationId: row.organization_id,
    detail: row.detail,
    openedAt: row.opened_at,
    resolvedAt: row.resolved_at,
  }
}
