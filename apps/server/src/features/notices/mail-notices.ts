import { type Db, inTransaction, isLockedElsewhere } from '../../db/database.js'
import type { Mailer } from '../../mail/mailer.js'
import { log } from '../../telemetry/log.js'
import {
  closeAll,
  findSettled,
  lockNotices,
  lockUnmailed,
  markMailed,
  type NoticeRow,
} from './notice-repository.js'
import { noticeSentence } from './notice-sentence.js'

export const mailNoticesTask = 'mail-notices'

const mostInOneMail = 50

const messages = {
  subject: (count: number) =>
    count === 1 ? 'Rosette: 1 thing needs you' : `Rosette: ${count} things need you`,
  whereToLook: (url: string) => `See to it at ${url}`,
}

type Deps = {
  readonly db: Db
  readonly now: () => Date
  /** Undefined where nobody is to get mail. */
  readonly mailer: Mailer | undefined
  readonly adminUrl: string
}

/** The work that notices make: those whose cause is gone are resolved, of the others people are told. */
export function createNoticeTasks({ db, now, mailer, adminUrl }: Deps) {
  async function tidyAndMail(): Promise<void> {
    await resolveSettled()
    if (mailer !== undefined) while (await mailBatch(mailer));
  }

  async function resolveSettled(): Promise<void> {
    if ((await findSettled(db)).length === 0) return
    try {
      await inTransaction(db, async (tx) => {
        await lockNotices(tx)
        const settled = await findSettled(tx)
        if (settled.length > 0) await closeAll(tx, settled, now().toISOString())
      })
    } catch (error) {
      // Whoever has a notice in hand may bring its cause back: looked at again a minute later.
      if (!isLockedElsewhere(error)) throw error
    }
  }

  /**
   * The rows stay locked while the mail goes out, and another run passes them over: each notice is
   * mailed once. If we die between the server's yes and our commit it is mailed again, which is
   * better than never. A failure leaves everything as it was, and the queue tries again.
   */
  async function mailBatch(by: Mailer): Promise<boolean> {
    return await inTransaction(db, async (tx) => {
      const notices = await lockUnmailed(tx, mostInOneMail)
      if (notices.length === 0) return false
      await by.send({ subject: messages.subject(notices.length), text: textOf(notices) })
      const ids = notices.map(({ id }) => id)
      await markMailed(tx, ids, now().toISOString())
      log.info({ notices: ids.length }, 'notices mailed')
      return notices.length === mostInOneMail
    })
  }

  function textOf(notices: readonly NoticeRow[]): string {
    const sentences = notices.map((notice) => `- ${noticeSentence(notice)}\n\n`)
    return `${sentences.join('')}${messages.whereToLook(adminUrl)}\n`
  }

  return { [mailNoticesTask]: tidyAndMail }
}
