import type { Insertable } from 'kysely'
import { inTransaction, type Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'
import { AppError } from '../../http/app-error.js'
import { chooseIssuer } from './choose-issuer.js'
import { assertDraft, auditTemplate, type EditingDeps, lockedTemplate } from './locked-template.js'
import {
  deleteTemplate,
  raiseRuleVersion,
  replaceRules,
  type TemplateRow,
  updateTemplate,
  wasAwarded,
} from './template-repository.js'

export type TemplateDetails = {
  readonly name?: string
  readonly description?: string
  readonly criteria?: string
  readonly tags?: readonly string[]
  readonly reaward?: TemplateRow['reaward']
  readonly repeat?: { readonly by: string } | null
  readonly expiresAfterDays?: number | null
  readonly issuerId?: string
}

/** Stores a picture in the transaction and answers with its id; null for none. */
export type ImageOf = (tx: Tx) => Promise<string | null>

export function createDetailEditing({ db, now }: EditingDeps) {
  /** What an active template says is in force at once, so consumers are told. */
  async function update(id: string, given: TemplateDetails, actor: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      const { row, rules } = await lockedTemplate(tx, id)
      const { repeat, issuerId } = given
      if (issuerId !== undefined) {
        await chooseIssuer(tx, { organizationId: row.organization_id, issuerId })
      }
      if (repeat !== undefined && repeat?.by !== rules.repeat?.by) {
        assertDraft(row)
        // Marks are kept per value of the repetition; old ones would say nothing.
        await replaceRules(tx, id, { ...rules, repeat })
      }
      await change(tx, row, toColumns(given))
      await auditTemplate(tx, id, { actor, action: 'update', detail: given })
    })
  }

  /** Sets or removes the picture; an earlier one stays stored for the badges that carry it. */
  async function setImage(id: string, imageOf: ImageOf, actor: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      const { row } = await lockedTemplate(tx, id)
      await change(tx, row, { image_id: await imageOf(tx) })
      await auditTemplate(tx, id, { actor, action: 'set-image' })
    })
  }

  async function remove(id: string, actor: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      const { row } = await lockedTemplate(tx, id)
      if (row.state === 'active') assertDraft(row)
      if (await wasAwarded(tx, id)) {
        const remedy = 'Archive it instead: its awards have to stay verifiable.'
        throw new AppError('template-in-use', `"${row.name}" has been awarded. ${remedy}`)
      }
      await deleteTemplate(tx, id)
      await auditTemplate(tx, id, { actor, action: 'delete', detail: { name: row.name } })
    })
  }

  async function change(tx: Tx, row: TemplateRow, columns: Columns): Promise<void> {
    await updateTemplate(tx, row.id, { ...columns, updated_at: now().toISOString() })
    if (row.state === 'active') await raiseRuleVersion(tx)
  }

  return { update, setImage, remove }
}

type Columns = Partial<Insertable<Schema['badge_template']>>

function toColumns(given: TemplateDetails): Columns {
  const { name, description, criteria, tags, reaward, repeat, expiresAfterDays, issuerId } = given
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(criteria !== undefined && { criteria }),
    ...(tags !== undefined && { tags: [...tags] }),
    ...(reaward !== undefined && { reaward }),
    ...(repeat !== undefined && { repeat_by: repeat?.by ?? null }),
    ...(expiresAfterDays !== undefined && { expires_after_days: expiresAfterDays }),
    ...(issuerId !== undefined && { issuer_id: issuerId }),
  }
}
