import { z } from 'zod'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { pickLanguage } from '../../mail/languages.js'
import { endorsementAskedLetter } from '../../mail/learner-letters.js'
import type { MailLook } from '../../mail/letter-form.js'
import type { Mailer } from '../../mail/mailer.js'
import { addJobs } from '../../workers/jobs.js'
import { findUser, findUserIdOfAddress, lockUser, newSecret } from '../accounts/accounts.js'
import { recordAudit } from '../audit/audit.js'
import type { Unsubscribing } from '../letters-to-learners/letters-to-learners.js'
import {
  type BadgeKey,
  countAskedSince,
  type EndorsementRow,
  insertRequest,
  listOfBadge,
  lockEndorsement,
  readerOf,
  updateEndorsement,
} from './badge-endorsement-repository.js'
import { type EndorsedBadge, findBadgeOf, findOwnBadge } from './badge-endorsement-views.js'

export type EndorsementDeps = {
  readonly db: Db
  readonly now: () => Date
  readonly urls: PublicUrls
  /** Undefined where nobody gets mail. */
  readonly mailer: Mailer | undefined
  /** How mails look. */
  readonly look: () => Promise<MailLook>
  readonly unsubscribing: Pick<Unsubscribing, 'isWanted' | 'linkFor'>
}

export type Request = {
  readonly email: string
  readonly name: string
  readonly message: string
}
export type Person = { readonly id: string; readonly email: string }

const mailRequestTask = 'mail-endorsement-request'
const openDays = 30
const day = 86_400_000
const mostOpen = 10
const mostPerDay = 30

const payloadSchema = z.object({ id: z.uuid() })

/** Learners who ask somebody for a few words about one of their badges. */
export function createAsking(deps: EndorsementDeps) {
  const { db, now, urls, mailer } = deps

  async function ask(person: Person, badgeId: string, given: Request): Promise<EndorsementRow> {
    if (mailer === undefined) throw mailMissing()
    return await inTransaction(db, async (tx) => {
      // Of many requests at once each counts those before it.
      if ((await lockUser(tx, person.id)) === undefined) throw badgeNotFound(badgeId)
      const badge = await findOwnBadge(tx, person.id, badgeId)
      if (badge === undefined) throw badgeNotFound(badgeId)
      if (!badge.isInForce) throw notInForce(badge)
      const key = keyOf(badge)
      await assertMayAsk(tx, person, { key, email: given.email })
      const row = await insertRequest(tx, {
        ...{ ...key, user_id: person.id, ...given },
        created_at: now().toISOString(),
        expires_at: new Date(now().getTime() + openDays * day).toISOString(),
      })
      const payload = { id: row.id }
      await addJobs(tx, [{ task: mailRequestTask, payload, key: `${mailRequestTask}/${row.id}` }])
      const detail = { endorsement: row.id, badge: badgeId, email: given.email }
      const audit = { action: 'endorsement.ask', subject: `user/${person.id}`, detail }
      await recordAudit(tx, { actor: person.email, ...audit })
      return row
    })
  }

  async function assertMayAsk(
    tx: Tx,
    person: Person,
    { key, email }: { readonly key: BadgeKey; readonly email: string },
  ): Promise<void> {
    const isOwn = email.toLowerCase() === person.email.toLowerCase()
    if (isOwn || (await readerOf(tx, email)) === person.id) {
      throw new AppError('conflict', `${email} is your own address. Ask somebody else.`)
    }
    const before = await listOfBadge(tx, person.id, key)
    if (before.some((row) => isStanding(row, email, now()))) {
      const message = `${email} was asked about this badge already. Wait for the answer, or withdraw the request.`
      throw new AppError('conflict', message)
    }
    if (before.filter((row) => isOpen(row, now())).length >= mostOpen) {
      const remedy = 'Wait for an answer, or withdraw one.'
      throw new AppError('conflict', `${mostOpen} requests are open for this badge. ${remedy}`)
    }
    const since = new Date(now().getTime() - day).toISOString()
    if ((await countAskedSince(tx, person.id, since)) >= mostPerDay) {
      const message = `You have asked for ${mostPerDay} endorsements since yesterday. Try again tomorrow.`
      throw new AppError('too-many-requests', message)
    }
  }

  /** The secret is made here, so that it stands in the mail alone and in no table. */
  async function mail(payload: unknown): Promise<void> {
    const { id } = payloadSchema.parse(payload)
    if (mailer === undefined) return
    await inTransaction(db, async (tx) => {
      const row = await lockEndorsement(tx, id)
      if (row === undefined || row.state !== 'asked' || row.mailed_at !== null) return
      const badge = await findBadgeOf(tx, row)
      const learner = await findUser(tx, row.user_id)
      if (badge === undefined || learner === undefined) return
      const { secret, hash } = newSecret()
      await updateEndorsement(tx, id, { hash, mailed_at: now().toISOString() })
      // Who wants no such letters gets none; the learner need not know.
      if (!(await deps.unsubscribing.isWanted(row.email, 'endorsements'))) return
      const askedId = await findUserIdOfAddress(tx, row.email)
      const asked = askedId === undefined ? undefined : await findUser(tx, askedId)
      await mailer.send(
        endorsementAskedLetter({
          to: row.email,
          language: pickLanguage(asked?.preferences['language'], learner.preferences['language']),
          site: new URL(urls.base).host,
          look: await deps.look(),
          url: `${urls.base}/backpack/endorse#${secret}`,
          name: row.name,
          learner: learner.name,
          badge: badge.name,
          issuer: badge.issuerName,
          said: row.message,
          until: row.expires_at,
          unsubscribeUrl: await deps.unsubscribing.linkFor(row.email, 'endorsements'),
        }),
      )
    })
  }

  return { ask, tasks: { [mailRequestTask]: mail } }
}

function keyOf({ id, origin }: EndorsedBadge): BadgeKey {
  return origin === 'earned' ? { award_id: id, entry_id: null } : { award_id: null, entry_id: id }
}

export function isExpired({ expires_at }: EndorsementRow, now: Date): boolean {
  return Date.parse(expires_at) <= now.getTime()
}

function isOpen(row: EndorsementRow, now: Date): boolean {
  return row.state === 'asked' && !isExpired(row, now)
}

// Whoever said no is not asked again; whom the learner declined may be.
function isStanding(row: EndorsementRow, email: string, now: Date): boolean {
  if (row.email.toLowerCase() !== email.toLowerCase() || row.state === 'withdrawn') return false
  if (row.state === 'asked') return !isExpired(row, now)
  return row.state !== 'declined' || row.given_at === null
}

function mailMissing(): AppError {
  const remedy = 'Ask those who run it to set ROSETTE_MAIL_URL.'
  return new AppError('mail-missing', `This installation sends no mail. ${remedy}`)
}

function badgeNotFound(id: string): AppError {
  return new AppError('badge-not-found', `There is no badge ${id} in your backpack.`)
}

function notInForce({ name }: EndorsedBadge): AppError {
  return new AppError('conflict', `"${name}" was taken back, so there is nothing to endorse.`)
}
