import { createHash, randomUUID } from 'node:crypto'
import type { Db } from '#src/db/database.js'
import { passingType } from './grades.js'

export type Ask = (
  method: 'POST' | 'PUT',
  path: string,
  payload?: object | string,
) => Promise<{ readonly id: string }>
export type Maker = { readonly db: Db; readonly ask: Ask }

export const course = 'course-v1:Proof+Permissions+2026'

/** One of everything that an organization may have. What is new gets a line here, and its making below. */
export const kindsOfThings = [
  'organization',
  'issuer',
  'otherIssuer',
  'kid',
  'template',
  'draft',
  'award',
  'issuance',
  'backfill',
  'pathway',
  'awardImport',
  'account',
  'providerTemplate',
  'endorsement',
  'notice',
  'token',
  'member',
  'invitation',
] as const
export type Things = Readonly<Record<(typeof kindsOfThings)[number], string>>

/** What belongs to no organization. */
export type InstallationThings = Readonly<
  Record<'learner' | 'event' | 'deadLetter' | 'user', string>
>

/** What some requests use up. */
export type FreshKind = 'member' | 'invitation' | 'pathway' | 'awardImport' | 'user'

/** Another one of its kind, in this organization. */
export async function another(
  kind: FreshKind,
  label: string,
  { maker, of }: { readonly maker: Maker; readonly of: Pick<Things, 'organization' | 'template'> },
): Promise<string> {
  if (kind === 'user') return await personOf(label, maker)
  if (kind === 'member') return await memberOf(label, of.organization, maker)
  if (kind === 'invitation') return await invitationOf(label, of.organization, maker)
  if (kind === 'awardImport') return await awardImportOf(label, of, maker)
  return await pathwayOf(label, of, maker)
}

/** Makes them; every name says `label`, by which it is recognised where it must not be seen. */
export async function thingsOf(
  label: string,
  maker: Maker,
): Promise<Omit<Things, 'award' | 'issuance'>> {
  const { db, ask } = maker
  const organization = (await ask('POST', 'organizations', { name: `${label} University` })).id
  const issuers = { organizationId: organization, url: `https://${label}.example` }
  const issuer = (await ask('POST', 'issuers', { ...issuers, name: `${label} Registrar` })).id
  const other = await ask('POST', 'issuers', { ...issuers, name: `${label} Partner` })
  const { kid } = await db
    .selectFrom('issuer_key')
    .select('kid')
    .where('issuer_id', '=', issuer)
    .executeTakeFirstOrThrow()
  const owner = { organizationId: organization, issuerId: issuer }
  const account = await accountOf(label, owner, maker)
  const about = { ...owner, providerTemplateId: account.providerTemplate }
  const endorsement = { issuerId: other.id, comment: `${label} says it is good` }
  const { template, draft } = await templatesOf(label, { owner, about }, maker)
  const asked = await ask('POST', `badge-templates/${template}/backfills`, { kind: 'preview' })
  const subject = { badgeTemplateId: template }
  return {
    organization,
    issuer,
    otherIssuer: other.id,
    kid,
    template,
    draft,
    backfill: asked.id,
    pathway: await pathwayOf(label, { organization, template }, maker),
    awardImport: await awardImportOf(label, { organization, template }, maker),
    ...account,
    endorsement: (await ask('POST', 'endorsements', { ...endorsement, subject })).id,
    notice: await noticeOf(label, organization, maker),
    ...(await peopleOf(label, organization, maker)),
  }
}

type Owner = { readonly organizationId: string; readonly issuerId: string }

async function templatesOf(
  label: string,
  { owner, about }: { readonly owner: Owner; readonly about: object },
  { ask }: Maker,
) {
  const requirements = [
    {
      id: 'pass',
      eventType: passingType,
      dataRules: [{ keyPath: 'course.course_key', operator: 'eq', value: course }],
    },
  ]
  const penalties = [
    {
      id: 'fail',
      eventType: passingType,
      dataRules: [{ keyPath: 'is_passing', operator: 'eq', value: 'false' }],
      requirements: ['pass'],
    },
  ]
  const rules = { requirements, penalties }
  const active = await ask('POST', 'badge-templates', {
    ...owner,
    name: `${label} Medal`,
    tags: [`${label} tag`],
    ...rules,
  })
  const picture =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7"/></svg>'
  await ask('PUT', `badge-templates/${active.id}/image`, picture)
  await ask('POST', `badge-templates/${active.id}/activation`)
  const drafted = { ...about, name: `${label} Draft`, ...rules }
  const draft = await ask('POST', 'badge-templates', drafted)
  return { template: active.id, draft: draft.id }
}

async function accountOf(label: string, owner: Owner, { db, ask }: Maker) {
  const { id: account } = await ask('POST', 'provider-accounts', {
    ...owner,
    provider: 'credly',
    name: `${label} at Credly`,
    externalId: randomUUID(),
    credentials: { kind: 'token', token: `key-of-${label}` },
    skipTest: true,
  })
  const { id: providerTemplate } = await db
    .insertInto('provider_template')
    .values({
      account_id: account,
      external_id: randomUUID(),
      name: `${label} there`,
      image_url: null,
      url: null,
      state: 'active',
      changed_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('provider_event')
    .values({
      account_id: account,
      external_id: randomUUID(),
      claimed_type: 'badge.revoked',
      event_type: null,
      occurred_at: null,
      detail: `${label} heard of it`,
      data: null,
      settled_at: null,
    })
    .execute()
  return { account, providerTemplate }
}

async function noticeOf(label: string, organization: string, { db }: Maker): Promise<string> {
  const { id } = await db
    .insertInto('notice')
    .values({
      organization_id: organization,
      kind: 'account-paused',
      subject: `nothing/${label}`,
      detail: JSON.stringify({ name: `${label} at Credly`, reason: 'The key is wrong.' }),
      mailed_at: null,
      resolved_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** A token, a member, and somebody who is invited. */
async function peopleOf(label: string, organization: string, { db }: Pick<Maker, 'db'>) {
  const token = await db
    .insertInto('api_token')
    .values({
      name: `${label} importer`,
      hash: sha256(`token of ${label}`),
      organization_id: organization,
      permissions: '{template:read}',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return {
    token: token.id,
    member: await memberOf(label, organization, { db }),
    invitation: await invitationOf(label, organization, { db }),
  }
}

type Place = { readonly organization: string; readonly template: string }

async function awardImportOf(label: string, of: Place, { ask }: Pick<Maker, 'ask'>) {
  const file = `email,template,note\nsomebody@learners.example,${of.template},${label}\n`
  return (await ask('POST', `award-imports?organizationId=${of.organization}`, file)).id
}

async function pathwayOf(label: string, of: Place, { ask }: Pick<Maker, 'ask'>): Promise<string> {
  const badges = [{ templateId: of.template }]
  const map = { organizationId: of.organization, name: `${label} Way`, badges }
  return (await ask('POST', 'pathways', map)).id
}

export async function personOf(label: string, { db }: Pick<Maker, 'db'>): Promise<string> {
  const email = `${randomUUID()}@${label}.example`
  const { id } = await db
    .insertInto('app_user')
    .values({ email, name: `${label} Person`, password_hash: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function memberOf(label: string, organization: string, maker: Pick<Maker, 'db'>) {
  const id = await personOf(label, maker)
  const membership = { organization_id: organization, user_id: id, role: 'viewer' as const }
  await maker.db.insertInto('membership').values(membership).execute()
  return id
}

async function invitationOf(label: string, organization: string, { db }: Pick<Maker, 'db'>) {
  const { id } = await db
    .insertInto('one_time_link')
    .values({
      kind: 'invitation',
      hash: sha256(randomUUID()),
      email: `${randomUUID()}@${label}.example`,
      organization_id: organization,
      role: 'viewer',
      expires_at: new Date(Date.now() + 86_400_000).toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
