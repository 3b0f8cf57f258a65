import { type RawBuilder, sql } from 'kysely'

/** A provider may still carry out an order this long after its connection ended. */
export const graceMs = 20_000

/** When an issuance may be tried again: at once, unless it has to be looked for and may not be there yet. */
export function whenSeen(at: string): RawBuilder<string> {
  return sql<string>`case when i.uncertain
    then greatest(${at}::timestamptz, i.updated_at + ${graceMs} * interval '1 millisecond')
    else ${at}::timestamptz end`
}
