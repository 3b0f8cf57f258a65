import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import {
  assertEnabled,
  assertGoodPassword,
  createUser,
  findUserIdOfAddress,
  hashPassword,
  holdAddress,
  lockUsableLink,
  lockUser,
  markUsed,
  type UserRow,
} from '../accounts/accounts.js'
import { recordAudit } from '../audit/audit.js'
import { insertMember } from '../members/members.js'
import { organizationOr404 } from '../organizations/organizations.js'
import type { SessionBy, Sessions } from '../sessions/sessions.js'
import { nameOf } from './invitation-repository.js'

type Deps = {
  readonly db: Db
  readonly now: () => Date
  readonly sessions: Pick<Sessions, 'start'>
}

type Person = { readonly id: string; readonly email: string }
type Acceptance = {
  readonly secret: string
  readonly name?: string | undefined
  readonly password?: string | undefined
}

/** What somebody does who was invited. */
export function createInvitationAccepting({ db, now, sessions }: Deps) {
  async function find(secret: string, person: Person | null) {
    return await inTransaction(db, async (tx) => {
      const { link, email, organizationId, role } = await usable(tx, secret)
      const { id, name } = await organizationOr404(tx, organizationId)
      const owner = await findUserIdOfAddress(tx, email)
      const isTheirs = person !== null && owner === person.id
      return {
        organization: { id, name },
        role,
        email,
        invitedBy: await nameOf(tx, link.created_by),
        hasAccount: owner !== undefined,
        // People are known by each address that they have proven.
        signedInAs: isTheirs ? email : (person?.email ?? null),
      }
    })
  }

  /** With the secret of a new session when there was none. Of two at once one joins. */
  async function accept(
    given: Acceptance,
    person: Person | null,
    by: Omit<SessionBy, 'method'>,
  ): Promise<{ readonly userId: string; readonly secret: string | null }> {
    const newcomer = person === null ? await readNewcomer(given) : null
    return await inTransaction(db, async (tx) => {
      const { link, ...invitation } = await usable(tx, given.secret)
      const at = now().toISOString()
      // A link that was mailed has been read there; one that was handed over may be in other hands.
      const provenAt = link.mailed_at === null ? null : at
      const user = await joining(tx, invitation.email, { person, newcomer, provenAt })
      await markUsed(tx, link.id, at)
      const { organizationId, role } = invitation
      await insertMember(tx, { organization_id: organizationId, user_id: user.id, role })
      await recordAudit(tx, {
        actor: user.email,
        action: 'invitation.accept',
        subject: `invitation/${link.id}`,
        detail: { email: user.email, role },
        organizationId,
      })
      if (person !== null) return { userId: user.id, secret: null }
      const secret = await sessions.start(tx, user.id, { ...by, method: 'link' })
      return { userId: user.id, secret }
    })
  }

  async function readNewcomer({ secret, name, password }: Acceptance) {
    const { email } = await inTransaction(db, (tx) => usable(tx, secret))
    if ((await findUserIdOfAddress(db, email)) !== undefined) throw signInFirst(email)
    const missing = Object.entries({ name, password }).flatMap(([path, value]) =>
      value === undefined ? [{ path, reason: 'Must be given for a new account.' }] : [],
    )
    if (name === undefined || password === undefined) {
      throw new AppError('request-invalid', 'Say who you are, and choose a password.', {
        faults: missing,
      })
    }
    assertGoodPassword(password, { name, email })
    return { name, password_hash: await hashPassword(password) }
  }

  async function usable(tx: Tx, secret: string) {
    const link = await lockUsableLink(tx, { kind: 'invitation', secret, now: now() })
    const { email, organization_id: organizationId, role } = link
    if (email === null || organizationId === null || role === null) {
      throw new Error(`The invitation ${link.id} does not say whom it invites to what.`)
    }
    return { link, email, organizationId, role }
  }

  return { find, accept }
}

export type InvitationAccepting = ReturnType<typeof createInvitationAccepting>

type Who = {
  readonly person: Person | null
  readonly newcomer: { readonly name: string; readonly password_hash: string } | null
  readonly provenAt: string | null
}

async function joining(
  tx: Tx,
  email: string,
  { person, newcomer, provenAt }: Who,
): Promise<UserRow> {
  // Whoever proves the address meanwhile, or comes with another invitation, waits.
  await holdAddress(tx, email)
  const owner = await findUserIdOfAddress(tx, email)
  if (person === null) {
    if (newcomer === null || owner !== undefined) throw signInFirst(email)
    return await createUser(tx, { email, ...newcomer, email_proven_at: provenAt })
  }
  if (owner !== person.id) {
    throw forSomebodyElse(email, person)
  }
  const user = await lockUser(tx, person.id)
  if (user === undefined)
    throw new AppError('not-signed-in', 'This account is gone. Sign in again.')
  assertEnabled(user)
  return user
}

function forSomebodyElse(email: string, person: Person): AppError {
  const isNamed = person.email.toLowerCase() === email.toLowerCase()
  const message = isNamed
    ? `${email} was confirmed by another account. Sign in with a link by mail, and open this one again.`
    : `You are signed in as ${person.email}, but ${email} was invited. Sign out, and open the link again.`
  return new AppError('conflict', message)
}

function signInFirst(email: string): AppError {
  const remedy = 'Sign in with it, and open the link again.'
  return new AppError('user-exists', `${email} has an account already. ${remedy}`)
}
