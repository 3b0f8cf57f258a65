import type { ErrorCode } from '@rosette/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../db/database.js'
import type { Belonging, SubjectKind } from '../../http/access.js'
import { AppError } from '../../http/app-error.js'

type Known = {
  /** Answers with one row, which holds the organization, for an id that exists. */
  readonly find: (id: string) => RawBuilder<{ organization_id: string | null }>
  readonly word: string
  readonly code: ErrorCode
}

const own = (table: string) => (id: string) =>
  sql<{ organization_id: string | null }>`
    select organization_id from ${sql.table(table)} where id = ${id}::uuid`

const kinds: Readonly<Record<SubjectKind, Known>> = {
  organization: {
    find: (id) => sql`select id as organization_id from organization where id = ${id}::uuid`,
    word: 'organization',
    code: 'organization-not-found',
  },
  invitation: { find: own('one_time_link'), word: 'invitation', code: 'invitation-not-found' },
  token: { find: own('api_token'), word: 'token', code: 'not-found' },
  issuer: { find: own('issuer'), word: 'issuer', code: 'issuer-not-found' },
  template: { find: own('badge_template'), word: 'badge template', code: 'template-not-found' },
  backfill: {
    find: (id) => sql`
      select t.organization_id from backfill b join badge_template t on t.id = b.template_id
      where b.id = ${id}::uuid`,
    word: 'backfill',
    code: 'backfill-not-found',
  },
  award: {
    find: (id) => sql`
      select t.organization_id from award a join badge_template t on t.id = a.template_id
      where a.id = ${id}::uuid`,
    word: 'award',
    code: 'award-not-found',
  },
  'award-import': {
    find: own('award_import'),
    word: 'import',
    code: 'award-import-not-found',
  },
  issuance: {
    find: (id) => sql`
      select t.organization_id from issuance i join award a on a.id = i.award_id
      join badge_template t on t.id = a.template_id where i.id = ${id}::uuid`,
    word: 'issuance',
    code: 'issuance-not-found',
  },
  'provider-account': {
    find: own('provider_account'),
    word: 'account',
    code: 'provider-account-not-found',
  },
  'provider-template': {
    find: (id) => sql`
      select a.organization_id from provider_template t join provider_account a on a.id = t.account_id
      where t.id = ${id}::uuid`,
    word: 'template of a provider',
    code: 'provider-template-not-found',
  },
  endorsement: {
    // One that was signed elsewhere belongs to whom it speaks of.
    find: (id) => sql`
      select coalesce(i.organization_id, t.organization_id, s.organization_id) as organization_id
      from endorsement e
      left join issuer i on i.id = e.issuer_id
      left join badge_template t on t.id = e.subject_template_id
      left join issuer s on s.id = e.subject_issuer_id
      where e.id = ${id}::uuid`,
    word: 'endorsement',
    code: 'endorsement-not-found',
  },
  notice: { find: own('notice'), word: 'notice', code: 'notice-not-found' },
  pathway: { find: own('pathway'), word: 'pathway', code: 'pathway-not-found' },
}

/** To whom a thing belongs; what may be done with it is decided by that alone. */
export async function organizationOf(db: Db, kind: SubjectKind, id: string): Promise<Belonging> {
  const { find, word, code } = kinds[kind]
  const absent = new AppError(code, `There is no ${word} ${id}.`)
  const { rows } = await find(id).execute(db)
  const [row] = rows
  return row === undefined
    ? { isFound: false, absent }
    : { isFound: true, organizationId: row.organization_id, absent }
}

/** Kinds that the audit log calls by another name. */
const otherNames: Readonly<Record<string, SubjectKind>> = { 'badge-template': 'template' }
const anId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** To whom the subject of an entry of the audit log belongs, such as `award/1c2…`; null if to nobody. */
export async function organizationOfSubject(db: Db, subject: string): Promise<string | null> {
  const [name = '', id = ''] = subject.split('/')
  const kind = Object.hasOwn(otherNames, name) ? otherNames[name] : name
  if (!isKind(kind) || !anId.test(id)) return null
  const found = await organizationOf(db, kind, id)
  return found.isFound ? found.organizationId : null
}

function isKind(name: string | undefined): name is SubjectKind {
  return name !== undefined && Object.hasOwn(kinds, name)
}
