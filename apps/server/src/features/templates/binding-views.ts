import type { BadgeTemplate } from '@rosette/contract'
import type { Db } from '../../db/database.js'
import type { StoredTemplate } from './template-repository.js'

/** What a provider will issue for these badge templates, by their ids; native ones are not in it. */
export async function bindingsOf(db: Db, templates: readonly StoredTemplate[]) {
  const ids = templates.flatMap(({ row }) => (row.provider_template_id === null ? [] : row.id))
  if (ids.length === 0) return new Map<string, Binding>()
  return new Map((await selectBindings(db, ids)).map(({ id, ...binding }) => [id, binding]))
}

async function selectBindings(db: Db, ids: readonly string[]) {
  return await db
    .selectFrom('badge_template as t')
    .innerJoin('provider_template as p', 'p.id', 't.provider_template_id')
    .innerJoin('provider_account as a', 'a.id', 'p.account_id')
    .select([
      't.id',
      'p.id as providerTemplateId',
      'a.id as accountId',
      'a.provider',
      'a.name as accountName',
      'p.external_id as externalId',
      'p.name',
      'p.state',
      'p.url',
      't.follows_provider as follows',
    ])
    .where('t.id', 'in', [...ids])
    .execute()
}

type Binding = Omit<Awaited<ReturnType<typeof selectBindings>>[number], 'id'>

export function toIssuing(binding: Binding | undefined): BadgeTemplate['issuing'] {
  return binding === undefined ? { target: 'native' } : { target: 'provider', ...binding }
}
