import { type BadgeTemplate, createRuleIndex, type RuleIndex } from '@rosette/engine'
import { fieldTypeOf } from '@rosette/openedx-events'
import { sql } from 'kysely'
import type { Db, Tx } from '../../db/database.js'
import { findTemplates, requirementIds, type TemplateRow } from './template-repository.js'

/** The rules in force, as the engine reads them, with what deciding needs to know of each template. */
export type ActiveRules = {
  readonly version: number
  readonly index: RuleIndex
  readonly template: (id: string) => ActiveTemplate | undefined
}

export type ActiveTemplate = {
  readonly row: TemplateRow
  /** Requirements carry their stored ids here, as text: marks are kept under them. */
  readonly rules: BadgeTemplate
  readonly requirementIds: readonly number[]
  /** The id that people gave a requirement, by its stored id. */
  readonly refOf: ReadonlyMap<string, string>
}

// The statements of a batch look up a few thousand rows by key, always. Left to statistics, which are
// missing on a new installation, the plan may become a scan of everything, and is then kept.
const indexPlans = sql`set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
  set_config('enable_mergejoin', 'off', true)`

/** Holds the compiled rules and reads them again when their version has changed. */
export function createActiveRules() {
  let held: ActiveRules | undefined

  /**
   * The rules in force until `tx` ends: the share lock makes whoever changes active rules wait for it.
   */
  async function current(tx: Tx): Promise<ActiveRules> {
    const { rows } = await sql<{ version: number }>`
      select version, ${indexPlans} from rule_version for share`.execute(tx)
    const version = rows[0]?.version ?? 0
    if (held?.version !== version) held = await loadActiveRules(tx, version)
    return held
  }

  return { current, latest: () => held }
}

export type ActiveRulesHolder = ReturnType<typeof createActiveRules>

async function loadActiveRules(db: Db, version: number): Promise<ActiveRules> {
  const stored = await findTemplates(db, { state: 'active' })
  const ids = await requirementIds(
    db,
    stored.map((t) => t.row.id),
  )
  const templates = new Map<string, ActiveTemplate>()
  const idsOf = new Map<string, typeof ids>()
  for (const id of ids) idsOf.set(id.templateId, [...(idsOf.get(id.templateId) ?? []), id])
  for (const { row, rules } of stored) {
    templates.set(row.id, withStoredIds(row, rules, idsOf.get(row.id) ?? []))
  }
  const index = createRuleIndex(
    [...templates.values()].map((t) => t.rules),
    fieldTypeOf,
  )
  return { version, index, template: (id) => templates.get(id) }
}

/** The rules of one template in any state, as they are in force or would be. */
export async function readTemplateRules(db: Db, id: string): Promise<ActiveTemplate | undefined> {
  const [stored] = await findTemplates(db, { ids: [id] })
  if (stored === undefined) return undefined
  return withStoredIds(stored.row, stored.rules, await requirementIds(db, [id]))
}

function withStoredIds(
  row: TemplateRow,
  rules: BadgeTemplate,
  own: readonly { id: number; ref: string }[],
): ActiveTemplate {
  const idOf = new Map(own.map(({ id, ref }) => [ref, String(id)]))
  const stored = (ref: string) => idOf.get(ref) ?? ref
  return {
    row,
    rules: {
      ...rules,
      requirements: rules.requirements.map((r) => ({
        ...r,
        id: stored(r.id),
        ...(r.after === undefined ? {} : { after: r.after.map(stored) }),
      })),
      penalties: rules.penalties.map((p) => ({ ...p, requirements: p.requirements.map(stored) })),
    },
    requirementIds: own.map(({ id }) => id),
    refOf: new Map(own.map(({ id, ref }) => [String(id), ref])),
  }
}
