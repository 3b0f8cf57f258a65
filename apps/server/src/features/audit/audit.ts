import type { Tx } from '../../db/database.js'

/** One thing that a person changed; `subject` is its kind and id, such as `award/1c2…`. */
export type AuditEntry = {
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly detail?: Readonly<Record<string, unknown>>
}

/** Writes down who did what, in the transaction that does it. */
export async function recordAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  const { actor, action, subject, detail = {} } = entry
  await tx
    .insertInto('audit_log')
    .values({ actor, action, subject, detail: JSON.stringify(detail) })
    .execute()
}

/** Writes down what was done to one kind of thing: `issuer.create` of `issuer/1c2…`. */
export function createAuditOf(kind: string) {
  return async (
    tx: Tx,
    id: string,
    entry: { readonly actor: string; readonly action: string; readonly detail?: object },
  ): Promise<void> => {
    const { actor, action, detail = {} } = entry
    const subject = `${kind}/${id}`
    await recordAudit(tx, { actor, action: `${kind}.${action}`, subject, detail: { ...detail } })
  }
}
