import { validateActivation } from '@rosette/engine'
import { inTransaction } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { issuingFaults } from './choose-target.js'
import { auditTemplate, type EditingDeps, lockedTemplate } from './locked-template.js'
import { findTemplates, raiseRuleVersion, updateTemplate } from './template-repository.js'

/** Draft, active, archived: what events may count for. */
export function createStateChanges({ db, catalogue, now }: EditingDeps) {
  async function activate(id: string, actor: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      const { row, rules } = await lockedTemplate(tx, id)
      if (row.state === 'archived') {
        const remedy = 'Deactivate it first, which makes it a draft again.'
        throw new AppError('template-archived', `"${row.name}" is archived. ${remedy}`)
      }
      // Raised before the others are read: of two that are activated at once, the second sees the first.
      await raiseRuleVersion(tx)
      const others = (await findTemplates(tx, { state: 'active' })).map((t) => t.rules)
      const faults = [
        ...validateActivation(rules, { ...catalogue, others }),
        ...(await issuingFaults(tx, row)),
      ]
      if (faults.length > 0) {
        const message = `"${row.name}" cannot become active yet; nothing was changed.`
        throw new AppError('activation-refused', message, { faults })
      }
      const at = now().toISOString()
      const activated_at = row.state === 'active' ? row.activated_at : at
      await updateTemplate(tx, id, { state: 'active', activated_at, updated_at: at })
      await auditTemplate(tx, id, { actor, action: 'activate' })
    })
  }

  async function retire(id: string, state: 'draft' | 'archived', actor: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      await lockedTemplate(tx, id)
      await raiseRuleVersion(tx)
      // What a person decided, no return of the provider's template undoes.
      const decided = { state, archived_with_provider: false }
      await updateTemplate(tx, id, { ...decided, updated_at: now().toISOString() })
      await auditTemplate(tx, id, { actor, action: state === 'draft' ? 'deactivate' : 'archive' })
    })
  }

  return {
    activate,
    deactivate: (id: string, actor: string) => retire(id, 'draft', actor),
    archive: (id: string, actor: string) => retire(id, 'archived', actor),
  }
}
