import type { BadgeTemplate } from '@rosette/engine'
import { inTransaction, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { assertDraft, auditTemplate, type EditingDeps, lockedTemplate } from './locked-template.js'
import { assertValid, readPart, readRules, toMembers } from './read-rules.js'
import {
  deletePart,
  insertLastPenalty,
  insertLastRequirement,
  replaceRules,
  type StoredTemplate,
  updateTemplate,
} from './template-repository.js'

const lists = { requirements: 'requirement', penalties: 'penalty' } as const
export type PartList = keyof typeof lists
type Edit = { readonly id: string; readonly actor: string; readonly action: string }

/** Changes to the rules of a draft. */
export function createRuleEditing({ db, catalogue, now }: EditingDeps) {
  /** Puts these rules in the place of all old ones; their marks go with them. */
  async function replace(id: string, given: unknown, actor: string): Promise<void> {
    const members = toMembers(given)
    await edit({ id, actor, action: 'replace-rules' }, async (tx, { row, rules }) => {
      const { reaward = rules.reaward, repeat = rules.repeat } = members
      const read = readRules(rules, { ...members, reaward, repeat }, catalogue)
      await replaceRules(tx, id, read)
      const repeat_by = read.repeat?.by ?? null
      await updateTemplate(tx, row.id, { reaward: read.reaward, repeat_by })
    })
  }

  async function add(to: { id: string; list: PartList }, part: unknown, actor: string) {
    const { id, list } = to
    await edit({ id, actor, action: `add-${lists[list]}` }, async (tx, { rules }) => {
      const read = readPart(rules, list, { part, catalogue })
      await (list === 'requirements' ? insertLastRequirement : insertLastPenalty)(tx, id, read)
    })
  }

  async function removePart(from: { id: string; list: PartList; part: string }, actor: string) {
    const { id, list, part: ref } = from
    await edit({ id, actor, action: `remove-${lists[list]}` }, async (tx, { rules }) => {
      assertValid(without(rules, list, ref), catalogue)
      await deletePart(tx, lists[list], { templateId: id, ref })
    })
  }

  async function edit(
    { id, actor, action }: Edit,
    work: (tx: Tx, stored: StoredTemplate) => Promise<void>,
  ): Promise<void> {
    await inTransaction(db, async (tx) => {
      const stored = await lockedTemplate(tx, id)
      assertDraft(stored.row)
      await work(tx, stored)
      await updateTemplate(tx, id, { updated_at: now().toISOString() })
      await auditTemplate(tx, id, { actor, action })
    })
  }

  return { replaceRules: replace, addPart: add, removePart }
}

function without(rules: BadgeTemplate, list: PartList, ref: string): BadgeTemplate {
  if (!rules[list].some(({ id }) => id === ref)) {
    const reason = `The template has no ${lists[list]} ${ref}.`
    throw new AppError('rules-invalid', reason, { faults: [{ path: list, reason }] })
  }
  return list === 'requirements'
    ? { ...rules, requirements: rules.requirements.filter(({ id }) => id !== ref) }
    : { ...rules, penalties: rules.penalties.filter(({ id }) => id !== ref) }
}
