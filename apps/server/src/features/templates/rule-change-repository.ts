import type { BadgeTemplate } from '@rosette/engine'
import { sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Tx } from '../../db/database.js'
import type { KeptMarks } from './kept-marks.js'
import { penaltyRow, requirementRow } from './template-repository.js'

/**
 * Puts new rules in the place of the old ones and keeps the stored ids of some requirements, under
 * which marks are kept. Answers with the stored ids that are gone; they are never used again, so
 * marks under them say nothing and may be removed later.
 */
export async function changeRules(
  tx: Tx,
  rules: BadgeTemplate,
  { kept, withoutResets }: KeptMarks,
): Promise<readonly number[]> {
  const templateId = rules.id
  const stored = await tx
    .selectFrom('requirement')
    .select(['id', 'ref'])
    .where('template_id', '=', templateId)
    .execute()
  const gone = stored.filter(({ ref }) => !kept.has(ref)).map(({ id }) => id)
  if (gone.length > 0) await tx.deleteFrom('requirement').where('id', 'in', gone).execute()
  for (const [position, requirement] of rules.requirements.entries()) {
    const row = requirementRow(templateId, requirement, position)
    const known = stored.find(({ ref }) => ref === requirement.id && kept.has(ref))
    if (known === undefined) await tx.insertInto('requirement').values(row).execute()
    else await tx.updateTable('requirement').set(row).where('id', '=', known.id).execute()
  }
  await tx.deleteFrom('penalty').where('template_id', '=', templateId).execute()
  const penalties = rules.penalties.map((p, i) => penaltyRow(templateId, p, i))
  if (penalties.length > 0) await tx.insertInto('penalty').values(penalties).execute()
  await forgetResets(
    tx,
    stored.filter(({ ref }) => withoutResets.has(ref)).map(({ id }) => id),
  )
  return gone
}

// A mark that held nothing but a reset is left empty, which says nothing.
async function forgetResets(tx: Tx, requirementIds: readonly number[]): Promise<void> {
  if (requirementIds.length === 0) return
  await sql`
    update mark set reset_at = null, reset_event = null
    where requirement_id = any(${plainArray(requirementIds)}::bigint[]) and reset_at is not null`.execute(
    tx,
  )
}
