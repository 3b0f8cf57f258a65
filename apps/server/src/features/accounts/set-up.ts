import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { recordAudit } from '../audit/audit.js'
import type { SessionBy, Sessions } from '../sessions/sessions.js'
import { deleteSessionsOf } from '../sessions/sessions.js'
import { createUser } from './create-user.js'
import { insertLink, lockOpenSetUps, markUsed, withdrawLinks } from './link-repository.js'
import { hashPassword } from './password-hash.js'
import { assertGoodPassword } from './password-rules.js'
import { lockUsableLink } from './usable-link.js'
import { hasAdministrator, lockUserByEmail, type UserRow, updateUser } from './user-repository.js'

type Deps = {
  readonly db: Db
  readonly now: () => Date
  readonly baseUrl: string
  readonly sessions: Pick<Sessions, 'start'>
  /** Makes an organization with an issuer, owned by the person. */
  readonly found: (
    tx: Tx,
    newcomer: { readonly organizationName: string; readonly user: UserRow },
  ) => Promise<void>
}

export type NewAdministrator = {
  readonly secret: string
  readonly name: string
  readonly email: string
  readonly password: string
  readonly organizationName?: string | undefined
}

const lifetimeMs = 24 * 3_600_000
const atFirstStart = 'first start'

/** How an installation gets somebody who runs it: by a link that only whoever starts it can see. */
export function createSetUp({ db, now, baseUrl, sessions, found }: Deps) {
  /** A link while nobody runs the installation; null afterwards. */
  async function firstLink(): Promise<string | null> {
    return (await hasAdministrator(db)) ? null : await makeLink(atFirstStart)
  }

  async function makeLink(by: string): Promise<string> {
    const expires_at = new Date(now().getTime() + lifetimeMs).toISOString()
    const secret = await inTransaction(db, (tx) =>
      insertLink(tx, {
        kind: 'set-up',
        is_administrator: true,
        created_by: by,
        created_at: now().toISOString(),
        expires_at,
      }),
    )
    return `${baseUrl}/console/set-up#${secret}`
  }

  /** Of two at once one wins, whether with one link or with two: all are locked, and the first withdraws the others. */
  async function use(newcomer: NewAdministrator, by: Omit<SessionBy, 'method'>) {
    const named = { kind: 'set-up', secret: newcomer.secret } as const
    // Looked at before the work of hashing, so that only those with a link cause it.
    await inTransaction(db, (tx) => lockUsableLink(tx, { ...named, now: now() }))
    assertGoodPassword(newcomer.password, newcomer)
    const hash = await hashPassword(newcomer.password)
    return await inTransaction(db, async (tx) => {
      await lockOpenSetUps(tx)
      const link = await lockUsableLink(tx, { ...named, now: now() })
      if (link.created_by === atFirstStart && (await hasAdministrator(tx))) throw setUpDone()
      const at = now().toISOString()
      await markUsed(tx, link.id, at)
      await withdrawLinks(tx, { kind: 'set-up', at })
      const user = await makeAdministrator(tx, newcomer, hash)
      await recordAudit(tx, {
        actor: user.email,
        action: 'installation.set-up',
        subject: `user/${user.id}`,
        detail: { link: link.created_by },
      })
      const { organizationName } = newcomer
      if (organizationName !== undefined) await found(tx, { organizationName, user })
      const secret = await sessions.start(tx, user.id, { ...by, method: 'link' })
      return { userId: user.id, secret }
    })
  }

  /** Whoever has lost the password, or the right to administer, gets both back. */
  async function makeAdministrator(
    tx: Tx,
    { name, email }: NewAdministrator,
    password_hash: string,
  ): Promise<UserRow> {
    const values = {
      name,
      password_hash,
      is_administrator: true,
      administrator_from: null,
      // Whoever has such a link runs the installation, and needs to be no other person for that.
      email_proven_at: now().toISOString(),
    }
    const known = await lockUserByEmail(tx, email)
    if (known === undefined) return await createUser(tx, { ...values, email })
    await deleteSessionsOf(tx, known.id)
    const fresh = { failed_tries: 0, next_try_at: null, disabled_at: null }
    return await updateUser(tx, known.id, { ...values, ...fresh })
  }

  return { firstLink, makeLink, use, isNeeded: async () => !(await hasAdministrator(db)) }
}

export type SetUp = ReturnType<typeof createSetUp>

function setUpDone(): AppError {
  const remedy = 'Sign in, or run `rosette create-administrator-link` if nobody can.'
  return new AppError('set-up-done', `This installation is set up already. ${remedy}`)
}
