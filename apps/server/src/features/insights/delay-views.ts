import type { IssuingDelays } from '@rosette/contract'
import { sql } from 'kysely'
import type { Db } from '../../db/database.js'
import { type Asked, narrowed, type Period } from './narrowing.js'

type Row = {
  provider: 'credly' | 'accredible' | 'badgr' | null
  name: string | null
  account_id: string | null
  issued: number
  waiting: number
  delays: number[] | null
  slowest: number | null
}

/** How long badges took from the decision until they were issued, for each place that issues them. */
export async function readIssuingDelays(db: Db, about: Asked & Period): Promise<IssuingDelays> {
  const { from, until } = about
  const { rows } = await sql<Row>`
    select p.provider, p.name, i.account_id, count(i.issued_at) as issued,
      count(*) filter (where i.issued_at is null and i.wanted = 'issued' and a.status = 'awarded') as waiting,
      percentile_cont(array[0.5, 0.9]) within group (order by d.seconds) as delays,
      max(d.seconds)::float8 as slowest
    from issuance i
    join award a on a.id = i.award_id
    join badge_template t on t.id = a.template_id
    left join provider_account p on p.id = i.account_id
    left join lateral (select extract(epoch from greatest(i.issued_at, a.created_at) - a.created_at)::float8 as seconds
      where i.issued_at is not null) d on true
    where a.created_at >= ${from}::timestamptz and a.created_at < ${until}::timestamptz
      and ${narrowed(about)}
    group by p.id, p.provider, p.name, i.account_id
    order by p.name nulls first, i.account_id`.execute(db)
  return {
    items: rows.map(({ provider, name, account_id, issued, waiting, delays, slowest }) => ({
      target: { kind: provider ?? 'native', name, accountId: account_id },
      issued,
      waiting,
      median: delays?.[0] ?? null,
      p90: delays?.[1] ?? null,
      slowest: issued === 0 ? null : slowest,
    })),
  }
}
