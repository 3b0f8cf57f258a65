import type { Db } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { toPublicId } from '../../http/public-id.js'
import type { PublicUrls } from '../../http/public-urls.js'
import type { createProfile, createResets } from '../accounts/accounts.js'
import { badFields, type Fields, notThere, textIn } from '../badgr-auth/badgr-auth.js'
import { openReading } from './reading.js'
import { namesOf } from './to-json.js'
import { findUserRow, listAddresses, type UserRow } from './user-views.js'

type Deps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly profile: ReturnType<typeof createProfile>
  readonly resets: Pick<ReturnType<typeof createResets>, 'request' | 'use'>
}

const noSession = '00000000-0000-0000-0000-000000000000'

/** A person's own account, as far as this API knew it. */
export function createOwn({ db, urls, profile, resets }: Deps) {
  async function read(userId: string) {
    const user = await findUserRow(db, userId)
    if (user === undefined) throw notThere()
    const emails = await emailsOf(user)
    const proven = emails.find(({ verified }) => verified)
    return {
      ...userJson(user),
      emails,
      agreedTermsVersion: 0,
      hasAgreedToLatestTermsVersion: true,
      marketingOptIn: false,
      hasPasswordSet: user.hasPassword,
      recipient: proven === undefined ? null : { type: 'email', identity: proven.email },
    }
  }

  /** Another person, whose addresses are their own affair. */
  async function readOther(userId: string) {
    const user = await findUserRow(db, userId)
    if (user === undefined) throw notThere()
    return userJson(user)
  }

  async function emailsOf(user: UserRow) {
    const first = { email: user.email, verified: user.isProven, primary: true, caseVariants: [] }
    const others = await listAddresses(db, user.id)
    return [
      first,
      ...others.map(({ email, isProven: verified }) => ({
        email,
        verified,
        primary: false,
        caseVariants: [],
      })),
    ]
  }

  function userJson(user: UserRow) {
    return {
      entityType: 'BadgeUser',
      entityId: toPublicId(user.id),
      ...namesOf(user.name),
      url: [],
      telephone: [],
      badgrDomain: new URL(urls.base).host,
    }
  }

  /** The name, and the password by the one that was. Addresses are confirmed by mail, in the backpack. */
  async function change(userId: string, fields: Fields, sessionId: string | null): Promise<void> {
    const user = await findUserRow(db, userId)
    if (user === undefined) throw notThere()
    const reading = openReading(fields)
    const [first, last] = [reading.text('firstName', 30), reading.text('lastName', 150)]
    reading.done()
    if (fields['password'] !== undefined) await changePassword(user, fields, sessionId)
    if (first === undefined && last === undefined) return
    const old = namesOf(user.name)
    const name = `${first ?? old.firstName} ${last ?? old.lastName}`.trim()
    if (name !== '' && name !== user.name) await profile.update(userId, { name })
  }

  async function changePassword(user: UserRow, fields: Fields, sessionId: string | null) {
    const password = textIn(fields, 'password') ?? ''
    const currentPassword = textIn(fields, 'currentPassword') ?? textIn(fields, 'current_password')
    if (!user.hasPassword && sessionId === null) {
      // What a token is good for ends; a password would be the whole account.
      const remedy = 'Sign in to the site, and choose one there.'
      throw badFields({ password: [`This account has no password. ${remedy}`] })
    }
    if (user.hasPassword && (currentPassword ?? '') === '') {
      throw badFields({ current_password: ['Field is required'] })
    }
    const who = { id: user.id, sessionId: sessionId ?? noSession }
    await profile.changePassword(who, { currentPassword, password }).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error
      if (error.code === 'sign-in-refused')
        throw badFields({ current_password: ['Incorrect password'] })
      if (error.code === 'password-refused') throw badFields({ password: [error.message] })
      throw error
    })
  }

  /** Says the same of an address that nobody has. */
  async function forgot(email: string): Promise<void> {
    await resets.request(email)
  }

  async function reset(given: {
    readonly secret: string
    readonly password: string
  }): Promise<void> {
    await resets.use(given).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error
      if (error.code === 'password-refused') throw badFields({ password: [error.message] })
      throw notThere()
    })
  }

  return {
    read,
    readOther,
    change,
    forgot,
    reset,
    emailsOf,
    find: (id: string) => findUserRow(db, id),
  }
}

export type Own = ReturnType<typeof createOwn>
