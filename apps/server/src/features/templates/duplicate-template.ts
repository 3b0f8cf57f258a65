import { randomUUID } from 'node:crypto'
import { inTransaction } from '../../db/database.js'
import { renamedRules } from './create-templates.js'
import { auditTemplate, type EditingDeps, templateNotFound } from './locked-template.js'
import { findTemplate, insertTemplate, replaceRules } from './template-repository.js'

/** Makes a draft that is like another template; who holds that one does not hold the new one. */
export function createDuplication({ db, now }: EditingDeps) {
  async function duplicate(
    id: string,
    given: { readonly name?: string | undefined },
    actor: string,
  ): Promise<string> {
    const newId = randomUUID()
    await inTransaction(db, async (tx) => {
      const stored = await findTemplate(tx, id)
      if (stored === undefined) throw templateNotFound(id)
      const { origin: _origin, alignments, results, ...row } = stored.row
      const at = now().toISOString()
      await insertTemplate(tx, {
        ...row,
        id: newId,
        name: given.name ?? row.name,
        state: 'draft',
        alignments: JSON.stringify(alignments),
        results: JSON.stringify(results),
        // Of two templates with the same words from a provider, one follows it.
        follows_provider: false,
        archived_with_provider: false,
        activated_at: null,
        created_at: at,
        updated_at: at,
      })
      await replaceRules(tx, newId, renamedRules(stored.rules, new Map([[id, newId]])))
      await auditTemplate(tx, newId, { actor, action: 'duplicate', detail: { from: id } })
    })
    return newId
  }

  return { duplicate }
}
