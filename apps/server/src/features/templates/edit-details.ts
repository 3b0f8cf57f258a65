import type { Insertable } from 'kysely'
import { inTransaction, type Tx } from '../../db/database.js'
import type { Schema } from '../../db/schema.js'
import { AppError } from '../../http/app-error.js'
import { changesOf } from '../audit/audit.js'
import { chooseIssuer } from '../issuers/issuers.js'
import { type AchievementGiven, toAchievementColumns } from './achievement-columns.js'
import { assertIssuable } from './choose-target.js'
import { assertDraft, auditTemplate, type EditingDeps, lockedTemplate } from './locked-template.js'
import {
  deleteTemplate,
  findTemplate,
  raiseRuleVersion,
  replaceRules,
  type TemplateRow,
  updateTemplate,
  wasAwarded,
} from './template-repository.js'

export type TemplateDetails = AchievementGiven & {
  readonly name?: string
  readonly description?: string
  readonly criteria?: string
  readonly tags?: readonly string[]
  readonly reaward?: TemplateRow['reaward']
  readonly repeat?: { readonly by: string } | null
  readonly expiresAfterDays?: number | null
  readonly issuerId?: string
  /** Null for our own Open Badges. */
  readonly providerTemplateId?: string | null
  readonly notifies?: boolean
  readonly locale?: string | null
}

/** Stores a picture in the transaction and answers with its id; null for none. */
export type ImageOf = (tx: Tx) => Promise<string | null>

export function createDetailEditing({ db, now }: EditingDeps) {
  /** What an active template says is in force at once, so consumers are told. */
  async function update(id: string, given: TemplateDetails, actor: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      await assertTarget(tx, id, given.providerTemplateId)
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
      await change(tx, row, { ...toColumns(given), ...followingAfter(row, given) })
      const changes = changesOf(row, (await findTemplate(tx, id))?.row ?? {})
      await auditTemplate(tx, id, { actor, action: 'update', detail: given, ...changes })
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
      const organizationId = row.organization_id
      const audit = { actor, action: 'delete', detail: { name: row.name }, organizationId }
      await auditTemplate(tx, id, audit)
    })
  }

  async function change(tx: Tx, row: TemplateRow, columns: Columns): Promise<void> {
    await updateTemplate(tx, row.id, { ...columns, updated_at: now().toISOString() })
    if (row.state === 'active') await raiseRuleVersion(tx)
  }

  return { update, setImage, remove }
}

// The template's organization never changes, so it may be read before the lock.
async function assertTarget(tx: Tx, id: string, target: string | null | undefined): Promise<void> {
  if (target === undefined || target === null) return
  const row = (await findTemplate(tx, id))?.row
  if (row === undefined || row.provider_template_id === target) return
  const { organization_id: organizationId } = row
  await assertIssuable(tx, { organizationId, providerTemplateId: target })
}

/** What was edited here, or is issued elsewhere now, does not follow the provider's words any more. */
export function followingAfter(row: TemplateRow, given: TemplateDetails): Columns {
  const { name = row.name, description = row.description, tags = row.tags } = given
  const { providerTemplateId: target = row.provider_template_id } = given
  const isMoved = target !== row.provider_template_id
  const isEdited =
    name !== row.name ||
    description !== row.description ||
    JSON.stringify(tags) !== JSON.stringify(row.tags)
  return {
    ...((isMoved || isEdited) && { follows_provider: false }),
    ...(isMoved && { archived_with_provider: false }),
  }
}

type Columns = Partial<Insertable<Schema['badge_template']>>

/** The columns of what was given; what was left out keeps its value. */
export function toColumns(given: TemplateDetails): Columns {
  const { name, description, criteria, tags, reaward, repeat, expiresAfterDays, issuerId } = given
  const { providerTemplateId, notifies, locale } = given
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(criteria !== undefined && { criteria }),
    ...(tags !== undefined && { tags: [...tags] }),
    ...(reaward !== undefined && { reaward }),
    ...(repeat !== undefined && { repeat_by: repeat?.by ?? null }),
    ...(expiresAfterDays !== undefined && { expires_after_days: expiresAfterDays }),
    ...(issuerId !== undefined && { issuer_id: issuerId }),
    ...(providerTemplateId !== undefined && { provider_template_id: providerTemplateId }),
    ...(notifies !== undefined && { notifies }),
    ...(locale !== undefined && { locale }),
    ...toAchievementColumns(given),
  }
}
