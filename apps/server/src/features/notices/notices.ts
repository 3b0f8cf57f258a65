import type { Db } from '../../db/database.js'

/** What needs a person, and where it is fixed. */
export type NoticeKind =
  | 'account-paused'
  | 'key-ends-soon'
  | 'sync-failed'
  | 'template-vanished'
  | 'badge-ended-there'

export type NewNotice = {
  readonly kind: NoticeKind
  /** Such as `provider-account/<id>`; a second notice of the same kind about it is not opened. */
  readonly subject: string
  readonly organizationId: string
  readonly detail: Readonly<Record<string, unknown>>
}

type Deps = { readonly now: () => Date }

/** Sentences for the people who run badges; each is open until its cause is gone. */
export function createNotices({ now }: Deps) {
  async function open(db: Db, { kind, subject, organizationId, detail }: NewNotice): Promise<void> {
    await db
      .insertInto('notice')
      .values({
        kind,
        subject,
        organization_id: organizationId,
        detail: JSON.stringify(detail),
        opened_at: now().toISOString(),
        mailed_at: null,
        resolved_at: null,
      })
      .onConflict((oc) =>
        oc.columns(['kind', 'subject']).where('resolved_at', 'is', null).doNothing(),
      )
      .execute()
  }

  async function resolve(db: Db, kind: NoticeKind, subject: string): Promise<void> {
    await db
      .updateTable('notice')
      .set({ resolved_at: now().toISOString() })
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .where('resolved_at', 'is', null)
      .execute()
  }

  return { open, resolve }
}

export type Notices = ReturnType<typeof createNotices>
