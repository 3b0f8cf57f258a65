import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { ownersOfLearner } from '../../db/own-learners.js'

/** Whom a letter goes to, and what is known about how they like it. */
export type Addressee = {
  readonly name: string
  /** Empty where there is none. */
  readonly email: string
  readonly language: unknown
}

/**
 * The account that the learner is comes first, with the address that it wants its letters at; otherwise the
 * address that the LMS or a person gave. Undefined where nobody is to be written to.
 */
export async function addresseeOf(db: Db, learnerId: number): Promise<Addressee | undefined> {
  const { rows } = await sql<Addressee>`
    select coalesce(nullif(l.name, ''), u.name, '') as name,
      case when u.email_proven_at is null then l.email else u.email end as email,
      u.preferences->>'language' as language
    from learner l left join lateral (
      select o.* from app_user o where o.id in ${ownersOfLearner}
      order by o.email_proven_at is null, o.created_at, o.id limit 1) u on true
    where l.id = ${learnerId} and not l.is_demo and l.erased_at is null`.execute(db)
  const [found] = rows
  return found === undefined || found.email === '' ? undefined : found
}

/** What there is of the account of an address. */
export type Standing = {
  readonly isDisabled: boolean
  /** Works for an organization, or runs the site. */
  readonly hasDuties: boolean
}

export async function standingOf(db: Db, userId: string): Promise<Standing | undefined> {
  const { rows } = await sql<Standing>`
    select disabled_at is not null as "isDisabled", is_administrator
      or exists (select from membership m where m.user_id = app_user.id) as "hasDuties"
    from app_user where id = ${userId}::uuid`.execute(db)
  return rows[0]
}
