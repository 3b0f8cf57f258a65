import { type RawBuilder, sql } from 'kysely'
import { plainArray } from './arrays.js'

/** The organizations whose things may be seen; `everywhere` includes what belongs to none. */
export type Reach = 'everywhere' | readonly string[]

/** Whether the things of an organization are within reach; null stands for what belongs to none. */
export function reaches(reach: Reach, organizationId: string | null): boolean {
  return reach === 'everywhere' || (organizationId !== null && reach.includes(organizationId))
}

/** A condition that keeps the rows of a reach; `column` holds the organization, as in `t.organization_id`. */
export function within(reach: Reach, column: string): RawBuilder<boolean> {
  if (reach === 'everywhere') return sql`true`
  return sql`${sql.ref(column)} = any(${plainArray(reach)}::uuid[])`
}
