import { isDeepStrictEqual } from 'node:util'
import { type BadgeTemplate, formatTemplate } from '@rosette/engine'
import { inTransaction, type Tx } from '../../db/database.js'
import type { TemplateSnapshotJson } from '../../db/template-version-schema.js'
import { AppError } from '../../http/app-error.js'
import { chooseIssuer } from '../issuers/issuers.js'
import { assertIssuable } from './choose-target.js'
import { followingAfter, toColumns } from './edit-details.js'
import {
  assertDraft,
  auditTemplate,
  type EditingDeps,
  lockedTemplate,
  templateNotFound,
} from './locked-template.js'
import { readRules } from './read-rules.js'
import {
  findTemplate,
  raiseRuleVersion,
  replaceRules,
  type StoredTemplate,
  updateTemplate,
} from './template-repository.js'
import { findVersion } from './version-repository.js'

/** Makes templates what they were; whether events count for them stays as it is. */
export function createRestoring({ db, catalogue, now }: EditingDeps) {
  async function restore(of: { id: string; number: number }, actor: string): Promise<void> {
    const { id, number } = of
    await inTransaction(db, async (tx) => {
      const version = await findVersion(tx, id, number)
      const snapshot = version?.snapshot
      await assertTarget(tx, id, snapshot)
      const stored = await lockedTemplate(tx, id)
      if (version === undefined || snapshot === undefined) throw versionNotFound(number)
      await restoreRules(tx, stored, snapshot)
      const { row } = stored
      const { organization_id: organizationId } = row
      const { issuerId } = snapshot
      if (issuerId !== row.issuer_id) await chooseIssuer(tx, { organizationId, issuerId })
      await updateTemplate(tx, id, {
        ...toColumns(snapshot),
        ...followingAfter(row, snapshot),
        image_id: version.image_id,
        updated_at: now().toISOString(),
      })
      if (row.state === 'active') await raiseRuleVersion(tx)
      await auditTemplate(tx, id, { actor, action: 'restore-version', detail: { number } })
    })
  }

  /** Rules that are the same are left alone, with their marks. */
  async function restoreRules(
    tx: Tx,
    { row, rules }: StoredTemplate,
    snapshot: TemplateSnapshotJson,
  ): Promise<void> {
    const { reaward, repeat, requirements, penalties } = snapshot
    if (isDeepStrictEqual(ofRules(rules), { repeat, requirements, penalties })) return
    assertDraft(row)
    const given = { reaward, repeat, requirements, penalties }
    await replaceRules(tx, row.id, readRules(rules, given, catalogue))
  }

  return { restore }
}

export function versionNotFound(number: number): AppError {
  return new AppError('template-version-not-found', `The badge template has no version ${number}.`)
}

// As JSON, which is how a version was kept: members that are undefined are not there.
function ofRules(rules: BadgeTemplate): unknown {
  const { repeat, requirements, penalties } = formatTemplate(rules)
  return JSON.parse(JSON.stringify({ repeat, requirements, penalties }))
}

// The account is held before the template is locked, as wherever a target is chosen.
async function assertTarget(tx: Tx, id: string, snapshot: TemplateSnapshotJson | undefined) {
  const row = (await findTemplate(tx, id))?.row
  if (row === undefined) throw templateNotFound(id)
  const providerTemplateId = snapshot?.providerTemplateId ?? null
  if (providerTemplateId === null || providerTemplateId === row.provider_template_id) return
  await assertIssuable(tx, { organizationId: row.organization_id, providerTemplateId })
}
