import { type RawBuilder, sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'
import { AppError } from '../../http/app-error.js'

/** What is asked about, after who asks has been heard. */
export type Asked = {
  readonly reach: Reach
  readonly organizationId?: string | undefined
  readonly templateId?: string | undefined
}
export type Period = { readonly from: string; readonly until: string }
export type Bucketed = {
  readonly interval: 'day' | 'week' | 'month'
  readonly timeZone: string
}

/** A condition on the template `t`. What is out of reach looks like what does not exist. */
export function narrowed({ reach, organizationId, templateId }: Asked): RawBuilder<boolean> {
  const own = within(reach, 't.organization_id')
  const organization =
    organizationId === undefined ? sql`true` : sql`t.organization_id = ${organizationId}::uuid`
  const template = templateId === undefined ? sql`true` : sql`t.id = ${templateId}::uuid`
  return sql<boolean>`(${own} and ${organization} and ${template})`
}

const usualDays = 90
const mostIntervals = 800
const lengths = { day: 1, week: 7, month: 28 }

/** The period that is meant when an end of it is left out. */
export function periodOf(
  { from, until }: { readonly from?: string | undefined; readonly until?: string | undefined },
  now: Date,
): Period {
  const end = until === undefined ? now : new Date(until)
  const start =
    from === undefined ? new Date(end.getTime() - usualDays * 86_400_000) : new Date(from)
  if (start < end) return { from: start.toISOString(), until: end.toISOString() }
  const faults = [{ path: 'until', reason: 'Must lie after the beginning of the period.' }]
  throw new AppError('request-invalid', 'The period ends before it begins.', { faults })
}

export function assertFewIntervals(
  { from, until }: Period,
  { interval }: Pick<Bucketed, 'interval'>,
) {
  const days = (Date.parse(until) - Date.parse(from)) / 86_400_000
  if (days / lengths[interval] <= mostIntervals) return
  const faults = [{ path: 'interval', reason: 'Choose a longer one, or a shorter period.' }]
  const message = `The period has more than ${mostIntervals} intervals of a ${interval}.`
  throw new AppError('request-invalid', message, { faults })
}

const limitMs = 20_000

/** Reads with an end: a question about millions of rows must not hold up what people wait for. */
export async function withTimeLimit<Result>(
  db: Db,
  read: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  try {
    return await inTransaction(db, async (tx) => {
      await sql`select set_config('statement_timeout', ${String(limitMs)}, true),
        set_config('work_mem', '64MB', true)`.execute(tx)
      return await read(tx)
    })
  } catch (cause) {
    if (!isCancelled(cause)) throw cause
    const remedy = 'Ask for a shorter period, or for one badge.'
    throw new AppError('overloaded', `Counting took too long and was stopped. ${remedy}`, { cause })
  }
}

// The code of PostgreSQL for a statement that ran into its limit.
function isCancelled(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014'
}
