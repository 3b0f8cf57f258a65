import { type BadgeTemplate, validateActivation } from '@rosette/engine'
import { inTransaction, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { issuingFaults } from './choose-target.js'
import { keptMarks } from './kept-marks.js'
import { auditTemplate, type EditingDeps, lockedTemplate } from './locked-template.js'
import { readRules, toMembers } from './read-rules.js'
import { changeRules } from './rule-change-repository.js'
import {
  findTemplates,
  raiseRuleVersion,
  type StoredTemplate,
  updateTemplate,
} from './template-repository.js'

/** To whom rules apply that an active template gets. */
export type Apply = 'from-now' | 'everybody'

/** What follows from new rules later on, in the background. */
export type Aftermath = {
  requestRun(tx: Tx, templateId: string, actor: string): Promise<void>
  dropMarks(tx: Tx, requirementIds: readonly number[]): Promise<void>
}

/** Changes to the rules of a template that is active, and stays so. */
export function createActiveRuleChanges(deps: EditingDeps & { readonly aftermath: Aftermath }) {
  const { db, catalogue, now, aftermath } = deps

  /**
   * Puts new rules in force at once: batches under way are waited for, the next one sees the new rules.
   * What the old rules knew of learners stays where the same events count for a requirement (see
   * `keptMarks`); of other requirements the new rules know nothing yet.
   *
   * `from-now`: the change itself grants and revokes nothing. Who holds the badge keeps it and who does
   * not have it does not get it, until an event touches their marks; then the new rules decide, by
   * the marks that were kept and what has come in since.
   *
   * `everybody`: a backfill is queued in the same transaction, which applies the new rules to all past
   * events. One that is under way notices the change and begins anew.
   */
  async function changeActiveRules(
    id: string,
    given: unknown,
    { actor, apply }: { readonly actor: string; readonly apply: Apply },
  ): Promise<void> {
    const members = toMembers(given)
    await inTransaction(db, async (tx) => {
      const stored = await lockedTemplate(tx, id)
      assertActive(stored)
      await raiseRuleVersion(tx)
      const { reaward = stored.rules.reaward, repeat = stored.rules.repeat } = members
      const rules = readRules(stored.rules, { ...members, reaward, repeat }, catalogue)
      await assertFit(tx, stored, rules)
      const gone = await changeRules(tx, rules, keptMarks(stored.rules, rules))
      await updateTemplate(tx, id, {
        reaward: rules.reaward,
        repeat_by: rules.repeat?.by ?? null,
        updated_at: now().toISOString(),
      })
      await aftermath.dropMarks(tx, gone)
      if (apply === 'everybody') await aftermath.requestRun(tx, id, actor)
      await auditTemplate(tx, id, { actor, action: 'replace-rules', detail: { apply } })
    })
  }

  async function assertFit(tx: Tx, { row }: StoredTemplate, rules: BadgeTemplate): Promise<void> {
    const others = (await findTemplates(tx, { state: 'active' })).map((t) => t.rules)
    const faults = [
      ...validateActivation(rules, { ...catalogue, others }),
      ...(await issuingFaults(tx, row)),
    ]
    if (faults.length === 0) return
    const message = `These rules cannot be in force for "${row.name}"; nothing was changed.`
    throw new AppError('activation-refused', message, { faults })
  }

  return { changeActiveRules }
}

function assertActive({ row: { name, state } }: StoredTemplate): void {
  if (state === 'active') return
  const remedy = 'Its rules are replaced without saying to whom they apply.'
  throw new AppError('template-not-active', `"${name}" is ${state}. ${remedy}`)
}
