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

/** Holds the compiled rules and reads them again when their version has changed. */
export function createActiveRules() {
  let held: ActiveRules | undefined

  /**
   * The rules in force until `tx` ends: the share lock makes whoever changes active rules wait for it.
   */
  async function current(tx: Tx): Promise<ActiveRules> {
    const { rows } = await sql<{
      version: number
    }>`select version from rule_version for share`.execute(tx)
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
  for (const { row, rules } of stored) {
    const own = ids.filter((id) => id.templateId === row.id)
    templates.set(row.id, withStoredIds(row, rules, own))
  }
  const index = createRuleIndex(
    [...templates.values()].map((t) => t.rules),
    fieldTypeOf,
  )
  return { version, index, template: (id) => templates.get(id) }
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
