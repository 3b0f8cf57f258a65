import { sql } from 'kysely'
import type { Db } from '../../db/database.js'

const watchQuietRulesTask = 'watch-quiet-rules'

/** For so long may the rules of an active badge be met by nobody before a person is told. */
export const quietMs = 21 * 86_400_000

type Deps = { readonly db: Db; readonly now: () => Date }

/**
 * Looks when the rules of badges were last met that nobody has earned lately. One pass over the marks,
 * once a day: two at once write the same.
 */
export function createQuietWatch({ db, now }: Deps) {
  async function watch(): Promise<void> {
    const at = now()
    const since = new Date(at.getTime() - quietMs).toISOString()
    await sql`
      with candidate as (
        select t.id from badge_template t
        where t.state = 'active' and t.activated_at < ${since}::timestamptz
          and not exists (select from award a
            where a.template_id = t.id and a.awarded_at >= ${since}::timestamptz)
      ), met as (
        select r.template_id, max(greatest(m.last_at, m.reset_at)) as at
        from mark m join requirement r on r.id = m.requirement_id
        where r.template_id in (select id from candidate) group by r.template_id
      )
      insert into template_activity (template_id, matched_at, checked_at)
      select c.id, met.at, ${at.toISOString()}::timestamptz
      from candidate c left join met on met.template_id = c.id order by c.id
      on conflict (template_id) do update
        set matched_at = excluded.matched_at, checked_at = excluded.checked_at`.execute(db)
  }

  return {
    tasks: { [watchQuietRulesTask]: watch },
    schedule: [{ task: watchQuietRulesTask, everyMs: 24 * 3_600_000 }],
  }
}
