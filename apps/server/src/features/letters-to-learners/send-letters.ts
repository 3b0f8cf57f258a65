import { type Db, inTransaction, type Tx } from '../../db/database.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { pickLanguage } from '../../mail/languages.js'
import { newBadgesLetter } from '../../mail/learner-letters.js'
import type { MailLook } from '../../mail/letter-form.js'
import { isLetterRefused, type Mailer } from '../../mail/mailer.js'
import { log } from '../../telemetry/log.js'
import { addJobs } from '../../workers/jobs.js'
import { findUserIdOfAddress, insertLink } from '../accounts/accounts.js'
import { type Addressee, addresseeOf, standingOf } from './learner-views.js'
import {
  dropStale,
  findDue,
  findNews,
  holdLetters,
  type NewBadge,
  putOff,
  queueLetters,
  settleLetters,
} from './letter-queue-repository.js'
import type { Unsubscribing } from './unsubscribe.js'

export type LetterDeps = {
  readonly db: Db
  readonly now: () => Date
  readonly urls: PublicUrls
  /** Undefined where nobody gets mail. */
  readonly mailer: Mailer | undefined
  /** How mails look. */
  readonly look: () => Promise<MailLook>
  readonly unsubscribing: Unsubscribing
  readonly settings: {
    readonly getLetters: boolean
    readonly mayMakeAccounts: boolean
    /** How long nothing else must have come, so that one letter tells of all, as from a backfill. */
    readonly lettersAfterMs: number
  }
}

const mailNewBadgesTask = 'mail-new-badges'

const minute = 60_000
const longestMs = 10 * minute
const most = 50
/** With the growing pauses between them, about eleven days. */
const mostTries = 10
const linkDays = 14

/** Letters to learners about what they have earned. */
export function createLetters(deps: LetterDeps) {
  const { db, now, urls, mailer, settings } = deps
  const settledMs = settings.lettersAfterMs
  const at = () => now().toISOString()

  /** In the transaction that grants the awards: a letter that is on the list is not forgotten. */
  async function granted(tx: Tx, awardIds: readonly string[]): Promise<void> {
    if (mailer === undefined || !settings.getLetters || awardIds.length === 0) return
    await queueLetters(tx, awardIds, at())
  }

  async function mailAll(): Promise<void> {
    await dropStale(db, at())
    if (mailer === undefined) return
    const due = await findDue(db, { at: at(), settledMs, longestMs, most })
    for (const { learnerId } of due) await mailTo(mailer, learnerId)
    // The others need not wait for the next minute.
    if (due.length === most) await inTransaction(db, (tx) => addJobs(tx, [again]))
  }

  /** What the server takes for nobody holds up nobody else; where it takes nothing at all, all wait. */
  async function mailTo(by: Mailer, learnerId: number): Promise<void> {
    try {
      await inTransaction(db, (tx) => mailOnce(tx, by, learnerId))
    } catch (error) {
      if (!isLetterRefused(error)) throw error
      log.warn({ learner: learnerId }, 'the mail server refused a letter to a learner')
      await putOff(db, learnerId, { at: at(), mostTries })
    }
  }

  /**
   * Another run passes a learner over whose letter is on its way. If we die between the server's yes and our
   * commit, the letter goes out once more, which is better than never.
   */
  async function mailOnce(tx: Tx, by: Mailer, learnerId: number): Promise<void> {
    if (!(await holdLetters(tx, learnerId))) return
    const [first, ...more] = await findNews(tx, learnerId, at())
    if (first === undefined) return
    const ids = [first, ...more].map(({ awardId }) => awardId)
    const addressee = await wantedBy(tx, learnerId)
    if (addressee === undefined) return await settleLetters(tx, ids, null)
    await by.send(await letterTo(tx, addressee, [first, ...more]))
    await settleLetters(tx, ids, at())
  }

  async function wantedBy(tx: Tx, learnerId: number): Promise<Addressee | undefined> {
    const found = await addresseeOf(tx, learnerId)
    const isWanted = found && (await deps.unsubscribing.isWanted(found.email, 'new-badges'))
    return isWanted === true ? found : undefined
  }

  async function letterTo(
    tx: Tx,
    { name, email, language }: Addressee,
    badges: readonly [NewBadge, ...NewBadge[]],
  ) {
    const entrance = await entranceFor(tx, email)
    const shown = (badge: NewBadge) => ({
      name: badge.name,
      issuerName: badge.issuerName,
      pictureUrl: `${urls.badge(badge.templateId)}/image?size=128`,
      publicUrl: badge.isPrivate ? null : urls.assertion(badge.awardId),
    })
    const [first, ...more] = badges
    return newBadgesLetter({
      to: email,
      name,
      language: pickLanguage(language, ...badges.map((badge) => badge.language)),
      site: new URL(urls.base).host,
      look: await deps.look(),
      badges: [shown(first), ...more.map(shown)],
      url: entrance?.url ?? urls.assertion(first.awardId),
      signsInUntil: entrance?.until ?? null,
      unsubscribeUrl: await deps.unsubscribing.linkFor(email, 'new-badges'),
    })
  }

  /**
   * The way from the letter into the backpack. It lets in at once, but nobody who has duties here: letters about
   * badges are shown around. Undefined where the address can have no account.
   */
  async function entranceFor(tx: Tx, email: string) {
    const userId = await findUserIdOfAddress(tx, email)
    const standing = userId === undefined ? undefined : await standingOf(tx, userId)
    const backpack = { url: `${urls.base}/backpack`, until: null }
    if (standing === undefined && !settings.mayMakeAccounts) return undefined
    if (standing?.hasDuties === true || standing?.isDisabled === true) return backpack
    const until = new Date(now().getTime() + linkDays * 24 * 60 * minute).toISOString()
    const secret = await insertLink(tx, {
      kind: 'sign-in',
      email,
      leads_to: '/backpack',
      created_by: 'letter',
      created_at: at(),
      mailed_at: at(),
      expires_at: until,
    })
    return { url: `${urls.base}/backpack/enter#${secret}`, until }
  }

  return {
    granted,
    tasks: { [mailNewBadgesTask]: mailAll },
    schedule: [{ task: mailNewBadgesTask, everyMs: Math.min(settledMs, minute) }],
  }
}

const again = { task: mailNewBadgesTask, payload: {}, key: mailNewBadgesTask }
