import type { noticeKinds } from '@rosette/contract'
import { type Db, inTransaction, joinTransaction } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { log } from '../../telemetry/log.js'
import { addJobs } from '../../workers/jobs.js'
import { recordAudit } from '../audit/audit.js'
import { mailNoticesTask } from './mail-notices.js'
import {
  closeNotice,
  findNotice,
  insertNotice,
  type NoticeRow,
  resolveNotices,
} from './notice-repository.js'
import { noticeSentence } from './notice-sentence.js'

/** What needs a person, and where it is fixed. */
export type NoticeKind = (typeof noticeKinds)[number]

export type NewNotice = {
  readonly kind: NoticeKind
  /** Such as `provider-account/<id>`; a second notice of the same kind about it is not opened. */
  readonly subject: string
  readonly organizationId: string
  readonly detail: Readonly<Record<string, unknown>>
}

type Deps = {
  readonly db: Db
  readonly now: () => Date
  /** Whether somebody gets a mail; where nobody does, the log has to say it. */
  readonly areMailed: boolean
}

/** Sentences for the people who run badges; each is open until its cause is gone. */
export function createNotices({ db, now, areMailed }: Deps) {
  async function open(on: Db, notice: NewNotice): Promise<void> {
    await joinTransaction(on, async (tx) => {
      const { kind, subject, organizationId, detail } = notice
      const isNew = await insertNotice(tx, {
        kind,
        subject,
        organization_id: organizationId,
        detail: JSON.stringify(detail),
        opened_at: now().toISOString(),
        mailed_at: null,
        resolved_at: null,
      })
      if (!isNew) return
      // No key: two transactions that ask for one keyed job wait for each other, and whoever opens
      // a notice may hold locks that the other one needs.
      if (areMailed) await addJobs(tx, [{ task: mailNoticesTask, payload: {} }])
      else log.warn({ kind, subject }, noticeSentence(notice))
    })
  }

  async function resolve(on: Db, kind: NoticeKind, subject: string): Promise<void> {
    await resolveNotices(on, { kind, subject, at: now().toISOString() })
  }

  /** A person has seen to it, whatever became of the cause. */
  async function resolveByHand(id: string, actor: string): Promise<NoticeRow> {
    return await inTransaction(db, async (tx) => {
      if (await closeNotice(tx, id, now().toISOString())) {
        await recordAudit(tx, { actor, action: 'notice.resolve', subject: `notice/${id}` })
      }
      const notice = await findNotice(tx, id)
      if (notice !== undefined) return notice
      throw new AppError('notice-not-found', `There is no notice ${id}.`)
    })
  }

  return { open, resolve, resolveByHand }
}

export type Notices = ReturnType<typeof createNotices>
