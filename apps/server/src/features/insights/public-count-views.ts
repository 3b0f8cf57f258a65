import type { PublicCounts } from '@rosette/contract'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { type Asked, type Bucketed, narrowed, type Period } from './narrowing.js'

type Views = PublicCounts['totals']
type About = Asked & Period & Pick<Bucketed, 'interval'>

const ofKind = (kind: string) =>
  sql`coalesce(sum(c.count) filter (where c.kind = ${sql.lit(kind)}), 0)::int`
const sums = sql`
  ${ofKind('award-view')} as "awardViews", ${ofKind('badge-view')} as "badgeViews",
  ${ofKind('share')} as shares, ${ofKind('visit')} as visits,
  ${ofKind('download')} as downloads, ${ofKind('verification')} as verifications`

/** How often public pages were used. Days are those of UTC, in which they were counted. */
export async function readPublicCounts(db: Db, about: About): Promise<PublicCounts> {
  const { rows: items } = await sql<Views & { start: string }>`
    select s.start::date::text as start, ${sums}
    from generate_series(date_trunc(${about.interval}, ${about.from}::timestamptz)::timestamp,
      ${about.until}::timestamptz - interval '1 microsecond', ('1 ' || ${about.interval})::interval) as s (start)
    left join (${countsIn(about)}) c on date_trunc(${about.interval}, c.day) = s.start
    group by s.start order by s.start`.execute(db)
  const badges = await readBadges(db, about)
  const { rows: totals } = await sql<Views>`select ${sums} from (${countsIn(about)}) c`.execute(db)
  return { items, badges, totals: totals[0] ?? nothing }
}

const nothing: Views = {
  awardViews: 0,
  badgeViews: 0,
  shares: 0,
  visits: 0,
  downloads: 0,
  verifications: 0,
}

function countsIn(about: About) {
  return sql`select c.template_id, c.day::timestamp as day, c.kind, c.count
    from page_count c join badge_template t on t.id = c.template_id
    where c.day >= (${about.from}::timestamptz)::date
      and c.day <= (${about.until}::timestamptz - interval '1 microsecond')::date
      and ${narrowed(about)}`
}

const mostBadges = 200

/** Claimed is what can be seen of it without following anybody: the badge was taken away, or accepted. */
async function readBadges(db: Db, about: About): Promise<PublicCounts['badges']> {
  type Row = Views & { id: string; name: string; awards: number; claimed: number }
  const { rows } = await sql<Row>`
    select t.id, t.name, x.awards, x.claimed, ${sums}
    from badge_template t
    left join (${countsIn(about)}) c on c.template_id = t.id,
    lateral (
      select count(*) as awards, count(*) filter (where
        exists (select from page_count p
          where p.award_id = a.id and p.kind in ('download', 'share'))
        or exists (select from issuance i
          where i.award_id = a.id and i.external_state = 'accepted')) as claimed
      from award a where a.template_id = t.id and a.status = 'awarded') x
    where ${narrowed(about)} and (x.awards > 0 or c.template_id is not null)
    group by t.id, t.name, x.awards, x.claimed
    order by coalesce(sum(c.count), 0) desc, t.name, t.id limit ${mostBadges}`.execute(db)
  return rows.map(({ id, name, ...counts }) => ({ template: { id, name }, ...counts }))
}
