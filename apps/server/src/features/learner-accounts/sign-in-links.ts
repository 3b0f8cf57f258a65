import { z } from 'zod'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { ownPath } from '../../http/own-path.js'
import { pickLanguage } from '../../mail/languages.js'
import { signInLetter } from '../../mail/learner-letters.js'
import type { MailLook } from '../../mail/letter-form.js'
import type { Mailer } from '../../mail/mailer.js'
import { addJobs } from '../../workers/jobs.js'
import {
  type AddressProven,
  accountOfReader,
  assertEnabled,
  createUser,
  findUser,
  findUserIdOfAddress,
  holdAddress,
  insertLink,
  lockUsableLink,
  markUsed,
  type UserRow,
} from '../accounts/accounts.js'
import { recordAudit } from '../audit/audit.js'
import { standingOf } from '../letters-to-learners/letters-to-learners.js'
import type { SessionBy, Sessions } from '../sessions/sessions.js'
import { learnerNameOf, mayMailLink, ownSpelling } from './link-letter-views.js'

export type LinkDeps = {
  readonly db: Db
  readonly now: () => Date
  readonly baseUrl: string
  /** Undefined where nobody gets mail. */
  readonly mailer: Mailer | undefined
  /** How mails look. */
  readonly look: () => Promise<MailLook>
  readonly addressProven: AddressProven
}

type Deps = LinkDeps & {
  readonly sessions: Pick<Sessions, 'start'>
  readonly mayMakeAccounts: boolean
}

type Wish = {
  readonly email: string
  readonly language?: string | undefined
  readonly to?: string | undefined
}

const mailSignInTask = 'mail-sign-in-link'
const lifetimeMs = 30 * 60_000

const payloadSchema = z.object({
  email: z.string(),
  language: z.string().nullable(),
  to: z.string().nullable(),
})

const messages = {
  mailed: 'If this address may sign in here, a mail with a link is on its way to it.',
  noMail: 'This installation sends no mail. Sign in in another way, or ask an administrator.',
}

/** Signing in with a letter; the first one makes the account. */
export function createSignInLinks(deps: Deps) {
  const { db, now, mailer } = deps

  /** As quick, and with the same answer, for an address that nobody has as for any other. */
  async function request({ email, language, to }: Wish) {
    if (mailer === undefined) return { hasMail: false, message: messages.noMail }
    const payload = { email, language: language ?? null, to: ownPath(to ?? '') ?? null }
    const key = `sign-in-link/${email.toLowerCase()}`
    await inTransaction(db, (tx) => addJobs(tx, [{ task: mailSignInTask, payload, key }]))
    return { hasMail: true, message: messages.mailed }
  }

  /** The link is stored when the mail server has taken the letter, and not at all if it has not. */
  async function mailLink(payload: unknown): Promise<void> {
    const asked = payloadSchema.parse(payload)
    if (mailer === undefined) return
    await inTransaction(db, async (tx) => {
      await holdAddress(tx, asked.email)
      const userId = await findUserIdOfAddress(tx, asked.email)
      const user = userId === undefined ? undefined : await findUser(tx, userId)
      if (user === undefined ? !deps.mayMakeAccounts : user.disabled_at !== null) return
      // Letters that only look the same may lead to the mailbox of somebody else.
      const email = user === undefined ? asked.email : await ownSpelling(tx, user.id, asked.email)
      if (!(await mayMailLink(tx, { email, kind: 'sign-in', now: now() }))) return
      const letter = await letterFor(tx, { user, email, asked })
      await mailer.send(letter)
    })
  }

  async function letterFor(
    tx: Tx,
    { user, email, asked }: { user: UserRow | undefined; email: string; asked: Payload },
  ) {
    const at = now()
    const secret = await insertLink(tx, {
      kind: 'sign-in',
      email,
      leads_to: asked.to,
      created_at: at.toISOString(),
      mailed_at: at.toISOString(),
      expires_at: new Date(at.getTime() + lifetimeMs).toISOString(),
    })
    return signInLetter({
      to: email,
      language: pickLanguage(user?.preferences['language'], asked.language),
      site: new URL(deps.baseUrl).host,
      url: `${deps.baseUrl}/backpack/enter#${secret}`,
      look: await deps.look(),
    })
  }

  async function attempt(secret: string, by: Omit<SessionBy, 'method'>) {
    return await inTransaction(db, async (tx) => {
      const link = await lockUsableLink(tx, { kind: 'sign-in', secret, now: now() })
      const { user, isNewAccount } = await accountFor(tx, link.email ?? '')
      assertEnabled(user)
      if (link.created_by === 'letter') await assertNoDuties(tx, user.id)
      await markUsed(tx, link.id, now().toISOString())
      await deps.addressProven(tx, user.id, link.email ?? '')
      const session = await deps.sessions.start(tx, user.id, { ...by, method: 'link' })
      return { userId: user.id, secret: session, to: link.leads_to, isNewAccount }
    })
  }

  async function accountFor(tx: Tx, email: string) {
    const at = now().toISOString()
    const known = await accountOfReader(tx, email, at)
    if (known !== undefined) return { user: known, isNewAccount: false }
    if (!deps.mayMakeAccounts) throw noNewAccounts(email)
    const name = (await learnerNameOf(tx, email)) ?? email
    const user = await createUser(tx, { email, name, email_proven_at: at })
    const audit = { action: 'user.sign-up', subject: `user/${user.id}`, detail: { by: 'link' } }
    await recordAudit(tx, { actor: email, ...audit })
    return { user, isNewAccount: true }
  }

  /** Tried again when an account for the address was made in another way meanwhile: then it is found. */
  async function use(secret: string, by: Omit<SessionBy, 'method'>) {
    try {
      return await attempt(secret, by)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'user-exists') throw error
      return await attempt(secret, by)
    }
  }

  return { request, use, hasMail: mailer !== undefined, tasks: { [mailSignInTask]: mailLink } }
}

export type SignInLinks = ReturnType<typeof createSignInLinks>

type Payload = z.output<typeof payloadSchema>

// The letter about a badge is shown around, and works for two weeks.
async function assertNoDuties(tx: Tx, userId: string): Promise<void> {
  const standing = await standingOf(tx, userId)
  if (standing?.hasDuties !== true) return
  const remedy = 'Sign in on the page of sign-in; there you can ask for a link, too.'
  const message = `You work for an organization here, so a letter about a badge does not sign you in. ${remedy}`
  throw new AppError('link-refused', message)
}

function noNewAccounts(email: string): AppError {
  const remedy = 'Ask those who run this site for an account.'
  return new AppError('link-refused', `There is no account for ${email}. ${remedy}`)
}
