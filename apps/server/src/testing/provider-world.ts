import { randomUUID } from 'node:crypto'
import type { Provider, ProviderTemplate } from '@rosette/providers'
import type { Updateable } from 'kysely'
import type { Schema } from '../db/schema.js'
import { log } from '../telemetry/log.js'
import { anOrganization, createApiClient } from './api-client.js'
import { createFakeProvider, type FakeProvider } from './fake-provider.js'
import { anAward } from './sample-awards.js'
import { createTestApp, type TestApp } from './test-app.js'

type Wanted = {
  readonly fake?: FakeProvider
  readonly owner?: { readonly organizationId: string; readonly issuerId: string }
}

/** The application with accounts whose providers are fakes, or whatever a test puts in their place. */
export async function createProviderWorld() {
  log.level = 'silent'
  const providers = new Map<string, Provider>()
  const app = await createTestApp(
    {},
    {
      createProvider: (account) => {
        const provider = () => providers.get(account.name) ?? unknown(account.name)
        // Asked anew each time, so that a test may put another in its place.
        return new Proxy(provider(), { get: (_, name) => Reflect.get(provider(), name) })
      },
    },
  )
  const api = await createApiClient(app)

  async function anAccount({ fake = createFakeProvider(), owner }: Wanted = {}) {
    const name = `Account ${providers.size + 1}`
    providers.set(name, fake.provider)
    const { kind } = fake.provider
    const answer = await api.post('provider-accounts', {
      ...(owner ?? (await anOrganization(api))),
      provider: kind,
      name,
      ...(kind === 'credly' && { externalId: randomUUID() }),
      ...(kind === 'badgr' && { externalId: 'issuer', apiBaseUrl: 'https://badgr.example' }),
      credentials: { kind: 'token', token: 'key' },
      skipTest: true,
    })
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
    const account: { id: string; number: number; organizationId: string; externalId: string } =
      answer.body
    const replace = (part: Partial<Provider>) =>
      void providers.set(name, { ...fake.provider, ...part })
    return toTestAccount(app, {
      ...account,
      issuerId: String(answer.body.issuerId),
      name,
      fake,
      replace,
    })
  }

  return {
    app,
    api,
    anAccount,
    anIssuedBadge: (account: TestAccount, values?: Updateable<Schema['issuance']>) =>
      anIssuedBadge(app, account, values),
    async close() {
      await api.server.close()
      await app.drop()
    },
  }
}

export type ProviderWorld = Awaited<ReturnType<typeof createProviderWorld>>
export type TestAccount = ReturnType<typeof toTestAccount>

type KnownAccount = {
  readonly id: string
  readonly number: number
  readonly organizationId: string
  readonly externalId: string
  readonly issuerId: string
  readonly name: string
  readonly fake: FakeProvider
  /** Puts these calls in the place of those of the fake. */
  readonly replace: (part: Partial<Provider>) => void
}

function toTestAccount(app: TestApp, account: KnownAccount) {
  return {
    ...account,
    /** Puts the fake back where another provider was put. */
    restore: () => account.replace({}),
    sync: (options?: { force?: boolean }) => app.providerTemplates.sync(account.id, options),
    templatesThere: () =>
      app.db
        .selectFrom('provider_template')
        .selectAll()
        .where('account_id', '=', account.id)
        .orderBy('external_id')
        .execute(),
    badgeTemplates: () =>
      app.db
        .selectFrom('badge_template as t')
        .innerJoin('provider_template as p', 'p.id', 't.provider_template_id')
        .selectAll('t')
        .select('p.external_id')
        .where('p.account_id', '=', account.id)
        .orderBy('p.external_id')
        .execute(),
    notices: (kind: string) =>
      app.db
        .selectFrom('notice')
        .selectAll()
        .where('organization_id', '=', account.organizationId)
        .where('kind', '=', kind)
        .execute(),
  }
}

/** A badge that was issued at the account, known there and here. */
async function anIssuedBadge(
  app: TestApp,
  account: TestAccount,
  values: Updateable<Schema['issuance']> = {},
) {
  const template = account.fake.addTemplate({ id: 'issued-from-here' })
  await app.providerTemplates.syncTemplate(account.id, template.id)
  const bound = (await account.badgeTemplates()).find((t) => t.external_id === template.id)
  const templateId = bound?.id ?? ''
  await app.db
    .updateTable('badge_template')
    .set({ state: 'active' })
    .where('id', '=', templateId)
    .execute()
  const email = `${randomUUID()}@learners.example`
  const awardId = await anAward(app, { templateId, learner: { email } })
  const badge = await account.fake.provider.issue({
    templateId: template.id,
    awardId,
    recipient: { email, name: 'Ada Lovelace', id: awardId },
    issuedAt: new Date().toISOString(),
    expiresAt: null,
    evidence: [],
    narrative: null,
    locale: null,
    notify: true,
  })
  const { id } = await app.db
    .updateTable('issuance')
    .set({ state: 'issued', external_id: badge.id, external_state: badge.state })
    .set({ next_try_at: null, ...values })
    .where('award_id', '=', awardId)
    .returning('id')
    .executeTakeFirstOrThrow()
  const issuances = app.db.selectFrom('issuance').selectAll().where('id', '=', id)
  return { badge, issuanceNow: () => issuances.executeTakeFirstOrThrow() }
}

/** Templates there with ids that sort as they were made. */
export function addTemplates(fake: FakeProvider, count: number): readonly ProviderTemplate[] {
  return Array.from({ length: count }, (_, i) => {
    const id = `t${String(i + 1).padStart(3, '0')}`
    return fake.addTemplate({ id, name: `Badge ${id}` })
  })
}

function unknown(name: string): never {
  throw new Error(`No provider stands for the account ${name}.`)
}
