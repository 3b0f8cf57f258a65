import type { Tx } from '../../db/database.js'
import { organizationOfSubject } from '../access/access.js'

export { changesOf } from './changes-of.js'

type Row = Readonly<Record<string, unknown>>

/** One thing that a person changed; `subject` is its kind and id, such as `award/1c2…`. */
export type AuditEntry = {
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly detail?: Row
  /** To whom it belongs; found out by the subject when it is left out, which must exist for that. */
  readonly organizationId?: string | null
  /** What `changesOf` found. */
  readonly before?: Row
  readonly after?: Row
}

/** Writes down who did what, in the transaction that does it. */
export async function recordAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  const { actor, action, subject, detail = {}, before, after } = entry
  const { organizationId = await organizationOfSubject(tx, subject) } = entry
  await tx
    .insertInto('audit_log')
    .values({
      actor,
      action,
      subject,
      detail: JSON.stringify(detail),
      organization_id: organizationId,
      before: before === undefined ? null : JSON.stringify(before),
      after: after === undefined ? null : JSON.stringify(after),
    })
    .execute()
}

/** Writes down what was done to one kind of thing: `issuer.create` of `issuer/1c2…`. */
export function createAuditOf(kind: string) {
  return async (
    tx: Tx,
    id: string,
    entry: Omit<AuditEntry, 'subject' | 'detail'> & { readonly detail?: object },
  ): Promise<void> => {
    const { action, detail = {} } = entry
    const subject = `${kind}/${id}`
    await recordAudit(tx, { ...entry, action: `${kind}.${action}`, subject, detail: { ...detail } })
  }
}
