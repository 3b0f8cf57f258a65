import type { Catalogue } from '@rosette/engine'
import type { Db, Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { type AuditEntry, recordAudit } from '../audit/audit.js'
import {
  lockTemplate,
  type StoredTemplate,
  type TemplateRow,
  withRules,
} from './template-repository.js'
import { recordFirstVersion, recordVersion } from './version-repository.js'

export type EditingDeps = {
  readonly db: Db
  readonly catalogue: Catalogue
  readonly now: () => Date
}

/** The template, locked to be changed, with its rules; refuses when there is none. */
export async function lockedTemplate(tx: Tx, id: string): Promise<StoredTemplate> {
  const row = await lockTemplate(tx, id)
  const [stored] = row === undefined ? [] : await withRules(tx, [row])
  if (stored === undefined) throw templateNotFound(id)
  await recordFirstVersion(tx, stored)
  return stored
}

export function templateNotFound(id: string): AppError {
  return new AppError('template-not-found', `There is no badge template ${id}.`)
}

/** Rules of an active template may have been matched already, so they stand still. */
export function assertDraft({ name, state }: TemplateRow): void {
  if (state === 'draft') return
  const other =
    state === 'active' ? ' Or replace all rules with ?apply=from-now or ?apply=everybody.' : ''
  const remedy = `Deactivate it first, which makes it a draft; its awards stay.${other}`
  throw new AppError('template-not-draft', `"${name}" is ${state}. ${remedy}`)
}

/** Writes down what was done to a template, and keeps what it is now as its next version. */
export async function auditTemplate(
  tx: Tx,
  id: string,
  entry: Omit<AuditEntry, 'subject' | 'detail'> & { readonly detail?: object },
): Promise<void> {
  const { actor, action, detail = {} } = entry
  await recordAudit(tx, {
    ...entry,
    action: `badge-template.${action}`,
    subject: `badge-template/${id}`,
    detail: { ...detail },
  })
  await recordVersion(tx, id, { actor, action })
}
