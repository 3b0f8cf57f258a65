import { type Db, inTransaction } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { isPasswordOf } from './password-hash.js'
import { nextTry, type Tries } from './try-delay.js'
import { findUserByEmail, lockUserByEmail, type UserRow, updateUser } from './user-repository.js'

type Deps = { readonly db: Db; readonly now: () => Date }

/** Whoever tries more addresses than this that nobody has is stopped by the limit of their own address. */
const mostRemembered = 10_000

/**
 * Finds out whether a password is that of an account. A try is counted before it is made, so that
 * many at once are not more than one after the other; whoever lets somebody in clears the count. What
 * nobody owns is counted and compared in the same way, and so cannot be told from what somebody does.
 */
export function createPasswordCheck({ db, now }: Deps) {
  const strangers = new Map<string, Tries>()

  /** The person, or null; throws while the next try has to wait. */
  async function check(email: string, password: string): Promise<UserRow | null> {
    await countTry(email)
    const user = await findUserByEmail(db, email)
    if (!(await isPasswordOf(user?.password_hash ?? null, password))) return null
    return user ?? null
  }

  async function countTry(email: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      const user = await lockUserByEmail(tx, email)
      const stranger = email.toLowerCase()
      const tries =
        user === undefined
          ? (strangers.get(stranger) ?? { failed: 0, nextAt: null })
          : { failed: user.failed_tries, nextAt: user.next_try_at }
      const next = nextTry(tries, now())
      if (!next.mayTry) throw new TriedTooOften(next.from, now())
      const { failed, nextAt } = next.tries
      if (user !== undefined) {
        await updateUser(tx, user.id, { failed_tries: failed, next_try_at: nextAt })
        return
      }
      if (strangers.size >= mostRemembered) strangers.clear()
      strangers.set(stranger, next.tries)
    })
  }

  return check
}

export type PasswordCheck = ReturnType<typeof createPasswordCheck>

/** Too many wrong passwords for one account; says from when it may be tried again. */
export class TriedTooOften extends AppError {
  readonly seconds: number

  constructor(from: string, now: Date) {
    const time = `${from.slice(11, 19)} UTC`
    const seconds = Math.max(1, Math.ceil((Date.parse(from) - now.getTime()) / 1000))
    const wait = seconds === 1 ? 'a second' : `${seconds} seconds`
    const remedy = `Try again from ${time}, in ${wait}.`
    super('too-many-requests', `The password of this account was wrong too often. ${remedy}`)
    this.seconds = seconds
  }
}
