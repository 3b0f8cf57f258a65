import type { AuditEntry } from '@rosette/contract'
import { type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import type { Schema } from '../../db/schema.js'
import { likeText, readCursor, toPage } from '../../http/paging.js'

export type AuditFilter = {
  readonly reach: Reach
  readonly organizationId?: string | undefined
  readonly subject?: string | undefined
  readonly actor?: string | undefined
  readonly action?: string | undefined
  readonly from?: string | undefined
  readonly until?: string | undefined
}
type Asked = AuditFilter & { readonly limit: number; readonly cursor?: string | undefined }
type AuditRow = Selectable<Schema['audit_log']>

/** What people have changed, the latest first. */
export async function listAuditLog(db: Db, { limit, cursor, ...asked }: Asked) {
  const after = readCursor(cursor, ['number'])
  const found = await entries(db, asked, after === undefined ? undefined : Number(after[0]))
    .limit(limit + 1)
    .execute()
  const { rows, next } = toPage(found, limit, (row) => [row.id])
  return { items: rows.map(toEntry), next }
}

const rowsAtOnce = 1000

/** The same without an end, read as it is taken. */
export async function* readAuditLog(db: Db, asked: AuditFilter): AsyncGenerator<AuditEntry> {
  let before: number | undefined
  for (;;) {
    const rows = await entries(db, asked, before).limit(rowsAtOnce).execute()
    for (const row of rows) yield toEntry(row)
    if (rows.length < rowsAtOnce) return
    before = rows.at(-1)?.id
  }
}

function entries(db: Db, asked: AuditFilter, before: number | undefined) {
  let query = db
    .selectFrom('audit_log')
    .selectAll()
    .where(within(asked.reach, 'organization_id'))
    .orderBy('id', 'desc')
  if (before !== undefined) query = query.where('id', '<', before)
  return filtered(query, asked)
}

function filtered(
  query: SelectQueryBuilder<Schema, 'audit_log', AuditRow>,
  { organizationId, subject, actor, action, from, until }: AuditFilter,
) {
  let narrowed = query
  if (organizationId !== undefined) {
    narrowed = narrowed.where('organization_id', '=', organizationId)
  }
  if (subject !== undefined) narrowed = narrowed.where('subject', '=', subject)
  if (actor !== undefined) narrowed = narrowed.where('actor', '=', actor)
  if (action !== undefined) {
    const ofKind = `${likeText(action)}.%`
    narrowed = narrowed.where(sql<boolean>`(action = ${action} or action like ${ofKind})`)
  }
  if (from !== undefined) narrowed = narrowed.where('at', '>=', from)
  if (until !== undefined) narrowed = narrowed.where('at', '<', until)
  return narrowed
}

function toEntry({ organization_id: organizationId, ...row }: AuditRow): AuditEntry {
  return { ...row, organizationId }
}
