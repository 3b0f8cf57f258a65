import { sql } from 'kysely'
import { plainArray } from '../../db/arrays.js'
import type { Db, Tx } from '../../db/database.js'

/** A letter about an older award would be no news. */
const newForDays = 30

/**
 * Puts awards on the list of those whose learners are to be told, in the transaction that granted them. Left out
 * are awards long ago, invented learners, those without an address, and what a provider issues, who writes itself.
 */
export async function queueLetters(tx: Tx, awardIds: readonly string[], at: string): Promise<void> {
  await sql`
    insert into award_letter (award_id, queued_at)
    select a.id, ${at}::timestamptz from award a join learner l on l.id = a.learner_id
    where a.id = any(${plainArray(awardIds)}::uuid[])
      and a.awarded_at > ${at}::timestamptz - make_interval(days => ${newForDays})
      and not l.is_demo and l.erased_at is null and l.email <> ''
      and exists (select from issuance i where i.award_id = a.id and i.target = 'native')
    on conflict do nothing`.execute(tx)
}

/** Has a letter written about one award because somebody asked for it, however old the award is. */
export async function queueLetter(
  tx: Tx,
  awardId: string,
  { even }: { readonly even: true },
): Promise<void> {
  await sql`
    insert into award_letter (award_id, is_asked, queued_at) values (${awardId}::uuid, ${even}, now())
    on conflict (award_id) do update set is_asked = true, next_try_at = null`.execute(tx)
}

/** Has no letter written about these awards: whoever awarded them did not want one. */
export async function withholdLetters(tx: Tx, awardIds: readonly string[]): Promise<void> {
  await sql`
    delete from award_letter where award_id = any(${plainArray(awardIds)}::uuid[]) and not is_asked
  `.execute(tx)
}

/** Those of whom all news has waited a moment, the longest waiting first, with the ids of what is ready. */
export async function findDue(
  db: Db,
  { at, settledMs, longestMs, most }: DueBy,
): Promise<readonly Due[]> {
  const since = (ms: number) => new Date(Date.parse(at) - ms).toISOString()
  const { rows } = await sql<Due>`
    select a.learner_id as "learnerId"
    from award_letter w join award a on a.id = w.award_id
      join issuance i on i.award_id = a.id and i.target = 'native' and i.state = 'issued'
    where a.status = 'awarded' and (w.next_try_at is null or w.next_try_at <= ${at}::timestamptz)
    group by a.learner_id
    having max(w.queued_at) <= ${since(settledMs)}::timestamptz
      or min(w.queued_at) <= ${since(longestMs)}::timestamptz
    order by min(w.queued_at), a.learner_id limit ${most}`.execute(db)
  return rows
}

type DueBy = {
  readonly at: string
  /** How long nothing else must have come. */
  readonly settledMs: number
  /** How long news waits at most for more of it. */
  readonly longestMs: number
  readonly most: number
}
type Due = { readonly learnerId: number }

/** Whether the letters of a learner are ours to write, until the transaction ends; another run passes them over. */
export async function holdLetters(tx: Tx, learnerId: number): Promise<boolean> {
  const { rows } = await sql<{ held: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`letters/${learnerId}`}, 0)) as held
  `.execute(tx)
  return rows[0]?.held === true
}

export type NewBadge = {
  readonly awardId: string
  readonly templateId: string
  readonly name: string
  readonly issuerName: string
  readonly language: string | null
  readonly isPrivate: boolean
  readonly isAsked: boolean
}

/** What one learner is to be told of, and is issued. */
export async function findNews(tx: Tx, learnerId: number, at: string) {
  const { rows } = await sql<NewBadge>`
    select a.id as "awardId", t.id as "templateId", t.name, s.name as "issuerName", t.language,
      a.visibility = 'private' as "isPrivate", w.is_asked as "isAsked"
    from award_letter w join award a on a.id = w.award_id
      join issuance i on i.award_id = a.id and i.target = 'native' and i.state = 'issued'
      join badge_template t on t.id = a.template_id join issuer s on s.id = t.issuer_id
    where a.learner_id = ${learnerId} and a.status = 'awarded'
      and (w.next_try_at is null or w.next_try_at <= ${at}::timestamptz)
    order by a.awarded_at, a.number`.execute(tx)
  return rows
}

/** Takes awards off the list; of those of which the learner was told it is kept when. */
export async function settleLetters(
  tx: Tx,
  awardIds: readonly string[],
  mailedAt: string | null,
): Promise<void> {
  const ids = plainArray(awardIds)
  await sql`delete from award_letter where award_id = any(${ids}::uuid[])`.execute(tx)
  if (mailedAt === null) return
  await sql`update award set mailed_at = ${mailedAt}::timestamptz where id = any(${ids}::uuid[])`.execute(
    tx,
  )
}

/** Nobody took the letter: the next try is put off, longer each time, and the last is given up. */
export async function putOff(
  db: Db,
  learnerId: number,
  { at, mostTries }: { readonly at: string; readonly mostTries: number },
): Promise<void> {
  await sql`
    update award_letter w set tries = tries + 1,
      next_try_at = ${at}::timestamptz + interval '5 minutes' * power(3, least(tries, 6))
    from award a where a.id = w.award_id and a.learner_id = ${learnerId}`.execute(db)
  await sql`
    delete from award_letter w using award a
    where a.id = w.award_id and a.learner_id = ${learnerId} and w.tries >= ${mostTries}`.execute(db)
}

/** What will never be told: taken back meanwhile, or not issued in all that time. */
export async function dropStale(db: Db, at: string): Promise<void> {
  await sql`
    delete from award_letter w using award a
    where a.id = w.award_id and (a.status <> 'awarded'
      or w.queued_at < ${at}::timestamptz - make_interval(days => ${newForDays}))`.execute(db)
}
