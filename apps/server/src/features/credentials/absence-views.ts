import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import type { Elsewhere } from './elsewhere.js'

type Absence = {
  readonly status: 'awarded' | 'revoked'
  /** Where a provider has issued it, or will; null for a badge that we sign. */
  readonly elsewhere: Elsewhere | null
}

/**
 * What is known of an award that has no signed badge; undefined when there is no such award. The address
 * at which a badge is accepted is for its learner alone.
 */
export async function findAbsence(db: Db, awardId: string): Promise<Absence | undefined> {
  const { rows } = await sql<Absence>`
    select a.status, case when p.id is not null then jsonb_build_object(
      'provider', p.provider,
      'url', case when s.external_state is distinct from 'pending' then s.external_url end,
      'isOver', a.status = 'revoked' or s.state = 'revoked') end as elsewhere
    from award a
    left join issuance s on s.award_id = a.id and s.account_id is not null
    left join provider_account p on p.id = s.account_id
    where a.id = ${awardId}
    order by s.created_at desc limit 1`.execute(db)
  return rows[0]
}
