import { permissionsOf } from '@rosette/contract'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import type { Actor } from '../../http/actor.js'
import { AppError } from '../../http/app-error.js'
import type { MailLook } from '../../mail/letter-form.js'
import { resetLetter } from '../../mail/letters.js'
import type { Mailer } from '../../mail/mailer.js'
import { addJobs } from '../../workers/jobs.js'
import { assertMayGive } from '../access/access.js'
import { recordAudit } from '../audit/audit.js'
import { deleteSessionsOf } from '../sessions/sessions.js'
import {
  deleteOldLinks,
  insertLink,
  lastMailed,
  lockLink,
  markUsed,
  withdrawLinks,
} from './link-repository.js'
import { hashPassword } from './password-hash.js'
import { assertGoodPassword } from './password-rules.js'
import type { AddressProven } from './prove-address.js'
import { assertEnabled } from './sign-in.js'
import { lockUsableLink } from './usable-link.js'
import {
  deleteWaysIn,
  firstProvenAddress,
  lockUser,
  lockUserByEmail,
  membershipsOf,
  type UserRow,
  updateUser,
} from './user-repository.js'

type Deps = {
  readonly db: Db
  readonly now: () => Date
  readonly baseUrl: string
  /** Undefined where nobody gets mail. */
  readonly mailer: Mailer | undefined
  /** How mails look. */
  readonly look: () => Promise<MailLook>
  readonly addressProven: AddressProven
}

const mailResetTask = 'mail-password-reset'
const removeOldLinksTask = 'remove-old-links'

const lifetimeMs = 3_600_000
/** So that nobody fills somebody else's mailbox. */
const pauseMs = 2 * 60_000

/** How long links of all kinds are kept when they are of no more use, to say what became of them. */
const keptMs = 30 * 86_400_000

const messages = {
  mailed: 'If there is an account with this address, a mail with a link is on its way to it.',
  noMail:
    'This installation sends no mail. Ask an administrator for a link to choose a new password.',
}

/** What helps those who have forgotten their password. */
export function createResets({ db, now, baseUrl, mailer, look: lookNow, addressProven }: Deps) {
  /** As quick for an address that nobody has as for any other: who is meant is found out later. */
  async function request(email: string) {
    if (mailer === undefined) return { hasMail: false, message: messages.noMail }
    const key = `password-reset/${email.toLowerCase()}`
    await inTransaction(db, (tx) => addJobs(tx, [{ task: mailResetTask, payload: { email }, key }]))
    return { hasMail: true, message: messages.mailed }
  }

  /** The link is stored when the mail server has taken the mail, and not at all if it has not. */
  async function mailLink(payload: unknown): Promise<void> {
    const email = emailIn(payload)
    if (mailer === undefined || email === undefined) return
    await inTransaction(db, async (tx) => {
      const user = await lockUserByEmail(tx, email)
      if (user === undefined || user.disabled_at !== null) return
      // Of somebody who has proven another address; who reads this one may be a stranger.
      const isUnproven = user.email_proven_at === null
      if (isUnproven && (await firstProvenAddress(tx, user.id)) !== undefined) return
      const last = await lastMailed(tx, user.id)
      if (last !== null && now().getTime() - Date.parse(last) < pauseMs) return
      const { link: url } = await makeLink(tx, user, { mailed_at: now().toISOString() })
      const site = new URL(baseUrl).host
      const look = await lookNow()
      await mailer.send(resetLetter({ to: user.email, name: user.name, site, url, look }))
    })
  }

  /** For an administrator to hand over, where there is no mail. */
  async function linkFor(userId: string, actor: Actor) {
    return await inTransaction(db, async (tx) => {
      const user = await lockUser(tx, userId)
      if (user === undefined) throw userNotFound(userId)
      assertEnabled(user)
      // Whoever has the link is that person.
      if (user.is_administrator) assertMayGive(actor, null, null)
      for (const { organization_id: id, role } of await membershipsOf(tx, userId)) {
        assertMayGive(actor, permissionsOf[role], id)
      }
      const made = await makeLink(tx, user, { created_by: actor.name })
      const audit = { action: 'user.make-reset-link', subject: `user/${userId}` }
      await recordAudit(tx, { actor: actor.name, ...audit })
      return made
    })
  }

  async function makeLink(
    tx: Tx,
    user: UserRow,
    more: { readonly mailed_at?: string; readonly created_by?: string },
  ) {
    const at = now()
    await withdrawLinks(tx, { kind: 'reset', userId: user.id, at: at.toISOString() })
    const expiresAt = new Date(at.getTime() + lifetimeMs).toISOString()
    const secret = await insertLink(tx, {
      ...{ kind: 'reset', user_id: user.id, expires_at: expiresAt, ...more },
      created_at: at.toISOString(),
    })
    return { link: `${baseUrl}/console/reset-password#${secret}`, expiresAt }
  }

  async function use(given: { readonly secret: string; readonly password: string }) {
    const { secret, password } = given
    // Looked at before the work of hashing, so that only those with a link cause it.
    const owner = await inTransaction(db, (tx) => ownerOf(tx, secret))
    assertGoodPassword(password, owner)
    const password_hash = await hashPassword(password)
    return await inTransaction(db, async (tx) => {
      const user = await ownerOf(tx, secret)
      const at = now().toISOString()
      const link = await lockLink(tx, 'reset', secret)
      if (link !== undefined) await markUsed(tx, link.id, at)
      const clear = { failed_tries: 0, next_try_at: null, updated_at: at }
      const proven = link?.mailed_at != null && { email_proven_at: at }
      // Somebody else may have made the account, and let others in.
      if (proven !== false && user.email_proven_at === null) await deleteWaysIn(tx, user.id)
      await updateUser(tx, user.id, { password_hash, ...clear, ...proven })
      if (proven !== false) await addressProven(tx, user.id, user.email)
      await deleteSessionsOf(tx, user.id)
      const audit = { action: 'user.reset-password', subject: `user/${user.id}` }
      await recordAudit(tx, { actor: user.email, ...audit })
      return { email: user.email }
    })
  }

  async function ownerOf(tx: Tx, secret: string): Promise<UserRow> {
    const link = await lockUsableLink(tx, { kind: 'reset', secret, now: now() })
    const user = await lockUser(tx, link.user_id ?? '')
    if (user === undefined) throw userNotFound(link.user_id ?? '')
    assertEnabled(user)
    return user
  }

  const tasks = {
    [mailResetTask]: mailLink,
    [removeOldLinksTask]: () =>
      deleteOldLinks(db, new Date(now().getTime() - keptMs).toISOString()),
  }
  const schedule = [{ task: removeOldLinksTask, everyMs: 24 * 3_600_000 }]
  return { request, linkFor, use, tasks, schedule }
}

export type Resets = ReturnType<typeof createResets>

export function userNotFound(id: string): AppError {
  return new AppError('user-not-found', `There is no account ${id}.`)
}

function emailIn(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null || !('email' in payload)) return undefined
  return typeof payload.email === 'string' ? payload.email : undefined
}
