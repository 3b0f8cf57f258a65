import type { Db } from '../../db/database.js'
import { readCursor, toPage } from '../../http/paging.js'

type Asked = {
  readonly subject?: string | undefined
  readonly actor?: string | undefined
  readonly from?: string | undefined
  readonly until?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** What people have changed, the latest first. */
export async function listAuditLog(db: Db, { limit, cursor, ...asked }: Asked) {
  const after = readCursor(cursor, ['number'])
  let query = db
    .selectFrom('audit_log')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (after !== undefined) query = query.where('id', '<', Number(after[0]))
  if (asked.subject !== undefined) query = query.where('subject', '=', asked.subject)
  if (asked.actor !== undefined) query = query.where('actor', '=', asked.actor)
  if (asked.from !== undefined) query = query.where('at', '>=', asked.from)
  if (asked.until !== undefined) query = query.where('at', '<', asked.until)
  const { rows, next } = toPage(await query.execute(), limit, (row) => [row.id])
  return { items: [...rows], next }
}
