import { sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Db } from '../../db/database.js'
import type { Asked } from './read-row.js'

export type Person = {
  readonly id: number
  readonly lms_user_id: number | null
  readonly username: string
  readonly email: string
}

/** Who is meant by many rows, found in one question; `of` answers with several where it is not clear. */
export async function findPeople(db: Db, rows: readonly Asked[]) {
  const ids = rows.flatMap(({ lmsUserId }) => lmsUserId ?? [])
  const usernames = rows.flatMap(({ username }) => username?.toLowerCase() ?? [])
  const emails = rows.flatMap(({ email }) => email?.toLowerCase() ?? [])
  const { rows: found } = await sql<Person>`
    select id, lms_user_id, username, email from learner
    where erased_at is null and (lms_user_id = any(${plainArray(ids)}::bigint[])
      or lower(username) = any(${usernames}::text[]) or lower(email) = any(${emails}::text[]))
    order by id`.execute(db)
  const byId = grouped(found, (person) => String(person.lms_user_id))
  const byUsername = grouped(found, (person) => person.username.toLowerCase())
  const byEmail = grouped(found, (person) => person.email.toLowerCase())
  return {
    /** By what says most about who it is; the rest of the row need not fit, it may be older. */
    of({ lmsUserId, username, email }: Asked): readonly Person[] {
      const known = lmsUserId === undefined ? [] : (byId.get(String(lmsUserId)) ?? [])
      if (known.length > 0) return known
      const named = username === undefined ? [] : (byUsername.get(username.toLowerCase()) ?? [])
      if (named.length > 0) return named
      return email === undefined ? [] : (byEmail.get(email.toLowerCase()) ?? [])
    },
  }
}

type Pair = { readonly learnerId: number; readonly templateId: string; readonly instance: string }

/** Which of these badges are held already, as `learner template instance`. */
export async function findHeld(db: Db, pairs: readonly Pair[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ learner_id: number; template_id: string; instance: string }>`
    select a.learner_id, a.template_id, a.instance from unnest(
      ${plainArray(pairs.map((p) => p.learnerId))}::bigint[],
      ${plainArray(pairs.map((p) => p.templateId))}::uuid[]
    ) as p (learner_id, template_id)
    join award a using (learner_id, template_id) where a.status = 'awarded'`.execute(db)
  return new Set(rows.map((row) => `${row.learner_id} ${row.template_id} ${row.instance}`))
}

function grouped(people: readonly Person[], keyOf: (person: Person) => string) {
  const groups = new Map<string, Person[]>()
  for (const person of people) {
    groups.set(keyOf(person), [...(groups.get(keyOf(person)) ?? []), person])
  }
  return groups
}
