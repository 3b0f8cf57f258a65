import { BADGE_AWARDED, BADGE_TEMPLATE_PATH } from '@rosette/engine'
import type { Db } from '../../db/database.js'
import type { DataRuleJson } from '../../db/schema.js'
import type { Link } from './map.js'

const naming = new Set(['eq', 'in'])

/** The links that follow from rules: a badge that asks for another one comes after it. */
export async function readRuleLinks(db: Db, ids: readonly string[]): Promise<readonly Link[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('requirement')
    .select(['template_id', 'data_rules'])
    .where('template_id', 'in', [...ids])
    .where('event_type', '=', BADGE_AWARDED)
    .orderBy('id')
    .execute()
  const known = new Set(ids)
  const links = rows.flatMap(({ template_id: to, data_rules }) =>
    namedIn(data_rules)
      .filter((from) => known.has(from) && from !== to)
      .map((from) => ({ from, to })),
  )
  return [...new Map(links.map((link) => [`${link.from} ${link.to}`, link])).values()]
}

function namedIn(rules: readonly DataRuleJson[]): readonly string[] {
  return rules
    .filter(({ keyPath, operator }) => keyPath === BADGE_TEMPLATE_PATH && naming.has(operator))
    .flatMap(({ value }) => value)
}
