import { sql } from 'kysely'
import type { Tx } from '../../db/database.js'
import { type Reach, within } from '../../db/reach.js'

type Row = { readonly templateId: string; readonly instances: readonly string[] }

/** Active badges within reach that the learner has a mark or an award for, with the values of its awards. */
export async function templatesToJudge(
  tx: Tx,
  learnerId: number,
  reach: Reach,
): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select t.id as "templateId", coalesce(array_agg(distinct a.instance)
      filter (where a.instance is not null), '{}') as instances
    from badge_template t
    left join award a on a.template_id = t.id and a.learner_id = ${learnerId}
    where t.state = 'active' and ${within(reach, 't.organization_id')}
      and (a.id is not null or exists (
        select from requirement r join mark m on m.requirement_id = r.id
        where r.template_id = t.id and m.learner_id = ${learnerId}))
    group by t.id order by t.id`.execute(tx)
  return rows
}
