import { isDeepStrictEqual } from 'node:util'
import { formatTemplate } from '@rosette/engine'
import type { Db, Tx } from '../../db/database.js'
import type { TemplateSnapshotJson } from '../../db/template-version-schema.js'
import { toAchievement } from './achievement-columns.js'
import { findTemplate, type StoredTemplate } from './template-repository.js'

type Change = { readonly actor: string; readonly action: string }

/**
 * Keeps what the template is now, unless nothing has changed since the last time. The template is
 * locked, so of two changes at once the second counts on from the first.
 */
export async function recordVersion(tx: Tx, templateId: string, change: Change): Promise<void> {
  const stored = await findTemplate(tx, templateId)
  if (stored === undefined) return
  await keepVersion(tx, stored, change)
}

/** What a template was before its first change that is kept, for those that are older than versions. */
export async function recordFirstVersion(tx: Tx, stored: StoredTemplate): Promise<void> {
  if ((await findLast(tx, stored.row.id)) !== undefined) return
  await keepVersion(tx, stored, { actor: 'system', action: 'begin' })
}

/** The row of one version; `number` counts from 1. */
export async function findVersion(db: Db, templateId: string, number: number) {
  return await db
    .selectFrom('template_version')
    .selectAll()
    .where('template_id', '=', templateId)
    .where('number', '=', number)
    .executeTakeFirst()
}

/** A template as its versions keep it. */
function toSnapshot({ row, rules }: StoredTemplate): TemplateSnapshotJson {
  const { reaward, repeat, requirements, penalties } = formatTemplate(rules)
  return {
    name: row.name,
    description: row.description,
    criteria: row.criteria,
    tags: row.tags,
    ...toAchievement(row),
    expiresAfterDays: row.expires_after_days,
    issuerId: row.issuer_id,
    providerTemplateId: row.provider_template_id,
    notifies: row.notifies,
    locale: row.locale,
    state: row.state,
    reaward,
    repeat,
    requirements,
    penalties,
  }
}

async function keepVersion(tx: Tx, stored: StoredTemplate, change: Change): Promise<void> {
  const { id, image_id, updated_at } = stored.row
  const last = await findLast(tx, id)
  const snapshot = JSON.stringify(toSnapshot(stored))
  const isSame =
    last !== undefined &&
    last.image_id === image_id &&
    isDeepStrictEqual(last.snapshot, JSON.parse(snapshot))
  if (isSame) return
  const { actor, action } = change
  const number = (last?.number ?? 0) + 1
  await tx
    .insertInto('template_version')
    .values({ template_id: id, number, at: updated_at, actor, action, snapshot, image_id })
    .execute()
}

async function findLast(tx: Tx, templateId: string) {
  return await tx
    .selectFrom('template_version')
    .select(['number', 'snapshot', 'image_id'])
    .where('template_id', '=', templateId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
}
