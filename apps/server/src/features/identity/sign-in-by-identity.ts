import type { SignInProblem } from '@rosette/contract'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import {
  type AddressProven,
  accountOfReader,
  createUser,
  lockUser,
  type UserRow,
} from '../accounts/accounts.js'
import { recordAudit } from '../audit/audit.js'
import type { SessionBy, Sessions } from '../sessions/sessions.js'
import { applyClaims } from './claimed-roles.js'
import type { Person } from './claims.js'
import { findIdentity, lockIdentity, putIdentity } from './identity-repository.js'
import type { Provider } from './provider-client.js'

type Deps = {
  readonly db: Db
  readonly now: () => Date
  readonly sessions: Pick<Sessions, 'start'>
  readonly addressProven: AddressProven
}

/** Why somebody whom a provider knows may not come in here. */
export class IdentityRefused extends Error {
  override readonly name = 'IdentityRefused'
  readonly problem: SignInProblem

  constructor(problem: SignInProblem, options?: ErrorOptions) {
    super(`The identity was refused: ${problem}.`, options)
    this.problem = problem
  }
}

/** Lets in whom a provider vouches for; answers with the secret of the session. */
export function createIdentitySignIn({ db, now, sessions, addressProven }: Deps) {
  async function attempt(provider: Provider, person: Person, by: Omit<SessionBy, 'method'>) {
    return await inTransaction(db, async (tx) => {
      await lockIdentity(tx, provider.id, person.subject)
      const user = await accountOf(tx, { provider, person, at: now().toISOString() })
      if (user.disabled_at !== null) throw new IdentityRefused('disabled')
      if (user.email_proven_at !== null) await addressProven(tx, user.id, user.email)
      await putIdentity(tx, {
        provider: provider.id,
        subject: person.subject,
        user_id: user.id,
        email: person.email ?? null,
        lms_username: person.lms?.username ?? null,
        lms_user_id: person.lms?.userId ?? null,
        last_used_at: now().toISOString(),
      })
      await applyClaims(tx, user, { provider: provider.id, person })
      return await sessions.start(tx, user.id, { ...by, method: provider.id })
    })
  }

  /** Tried again when an account for the address was made meanwhile: then it is found. */
  return async (
    provider: Provider,
    person: Person,
    by: Omit<SessionBy, 'method'>,
  ): Promise<string> => {
    assertOfDomain(provider, person)
    try {
      return await attempt(provider, person, by)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'user-exists') throw error
      return await attempt(provider, person, by)
    }
  }
}

export type IdentitySignIn = ReturnType<typeof createIdentitySignIn>

function assertOfDomain({ domains }: Provider, { email }: Person): void {
  if (domains === undefined) return
  const domain = email?.split('@').at(-1)?.toLowerCase()
  if (domains.some((one) => one.toLowerCase() === domain)) return
  throw new IdentityRefused(email === undefined ? 'no-email' : 'foreign-domain')
}

type Coming = { readonly provider: Provider; readonly person: Person; readonly at: string }

/**
 * Whom an identity belongs to. The first time that is told by the address, so it must be verified:
 * otherwise anybody could write down the address of another person at the provider.
 */
async function accountOf(tx: Tx, { provider, person, at }: Coming): Promise<UserRow> {
  const known = await findIdentity(tx, provider.id, person.subject)
  const joined = known === undefined ? undefined : await lockUser(tx, known)
  if (joined !== undefined) return joined
  const { email } = person
  if (email === undefined) throw new IdentityRefused('no-email')
  if (!person.isVerified) throw new IdentityRefused('unverified-email')
  // Whoever was handed the link of an invitation may have made an account for this person.
  const user = await accountOfReader(tx, email, at).catch(asRefusal)
  const audit = { actor: email, detail: { provider: provider.id } }
  if (user !== undefined) {
    if (user.disabled_at !== null) throw new IdentityRefused('disabled')
    await recordAudit(tx, { ...audit, action: 'user.link-identity', subject: `user/${user.id}` })
    return user
  }
  if (!provider.signUp) throw new IdentityRefused('unknown-person')
  const made = await createUser(tx, { email, name: person.name ?? email, email_proven_at: at })
  await recordAudit(tx, { ...audit, action: 'user.sign-up', subject: `user/${made.id}` })
  return made
}

function asRefusal(error: unknown): never {
  const isDisabled = error instanceof AppError && error.code === 'user-disabled'
  throw isDisabled ? new IdentityRefused('disabled', { cause: error }) : error
}
