import { z } from 'zod'
import { inTransaction, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { pickLanguage } from '../../mail/languages.js'
import { addressLetter } from '../../mail/learner-letters.js'
import { addJobs } from '../../workers/jobs.js'
import { findUser, insertLink } from '../accounts/accounts.js'
import { countAsked, listOwnAddresses } from './address-repository.js'
import { mayMailLink } from './link-letter-views.js'
import type { LinkDeps } from './sign-in-links.js'

const mailAddressTask = 'mail-address-link'
const lifetimeMs = 24 * 3_600_000
const mostAskedPerHour = 20

const payloadSchema = z.object({ userId: z.uuid(), email: z.string() })

/** The letters by which people show that an address is theirs. */
export function createAddressLinks({
  db,
  now,
  baseUrl,
  mailer,
  look,
}: Omit<LinkDeps, 'addressProven'>) {
  const at = () => now().toISOString()

  async function askFor(tx: Tx, userId: string, email: string): Promise<void> {
    const since = new Date(now().getTime() - 3_600_000).toISOString()
    if ((await countAsked(tx, userId, since)) >= mostAskedPerHour) {
      const remedy = 'Look into the mailboxes, or try again in an hour.'
      throw new AppError('too-many-requests', `Many links were sent for you. ${remedy}`)
    }
    const key = `address-link/${userId}/${email.toLowerCase()}`
    await addJobs(tx, [{ task: mailAddressTask, payload: { userId, email }, key }])
  }

  /** The link is stored when the mail server has taken the letter, and not at all if it has not. */
  async function mailLink(payload: unknown): Promise<void> {
    const { userId, email } = payloadSchema.parse(payload)
    if (mailer === undefined) return
    await inTransaction(db, async (tx) => {
      const user = await findUser(tx, userId)
      const own = await listOwnAddresses(tx, userId)
      const asked = own.find((one) => one.email === email)
      if (user === undefined || asked === undefined || asked.provenAt !== null) return
      if (!(await mayMailLink(tx, { email, kind: 'address', now: now() }))) return
      const secret = await insertLink(tx, {
        ...{ kind: 'address', user_id: userId, email, created_at: at(), mailed_at: at() },
        expires_at: new Date(now().getTime() + lifetimeMs).toISOString(),
      })
      await mailer.send(
        addressLetter({
          to: email,
          language: pickLanguage(user.preferences['language']),
          site: new URL(baseUrl).host,
          name: user.name,
          url: `${baseUrl}/backpack/address#${secret}`,
          look: await look(),
        }),
      )
    })
  }

  function assertMail(): void {
    if (mailer !== undefined) return
    const remedy = 'Ask those who run it to set ROSETTE_MAIL_URL.'
    throw new AppError('mail-missing', `This installation sends no mail. ${remedy}`)
  }

  return { askFor, assertMail, tasks: { [mailAddressTask]: mailLink } }
}
