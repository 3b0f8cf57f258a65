import { randomUUID } from 'node:crypto'
import type { Insertable, Updateable } from 'kysely'
import type { Schema } from '../db/schema.js'
import { nothingYet } from './bare-account.js'
import { aBadge, anAward } from './sample-awards.js'
import type { TestApp } from './test-app.js'

type AccountValues = Partial<Insertable<Schema['provider_account']>>

/** Stores an account at a provider, a template there, and a badge of ours that is issued by it. */
export async function anAccountWithBadge(app: TestApp, values: AccountValues = {}) {
  const { templateId, issuerId } = await aBadge(app)
  const { organization_id } = await app.db
    .selectFrom('issuer')
    .select('organization_id')
    .where('id', '=', issuerId)
    .executeTakeFirstOrThrow()
  const account = await app.db
    .insertInto('provider_account')
    .values({
      ...nothingYet,
      organization_id,
      issuer_id: issuerId,
      provider: 'credly',
      name: 'Credly of the university',
      external_id: randomUUID(),
      ...values,
    })
    .returning(['id', 'number', 'name', 'provider'])
    .executeTakeFirstOrThrow()
  const there = await app.db
    .insertInto('provider_template')
    .values({
      account_id: account.id,
      external_id: randomUUID(),
      name: 'Data Analysis',
      image_url: null,
      url: 'https://provider.example/templates/1',
      state: 'active',
      changed_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await app.db
    .updateTable('badge_template')
    .set({ provider_template_id: there.id })
    .where('id', '=', templateId)
    .execute()
  return { account, templateId, issuerId, organizationId: organization_id }
}

/** Grants a badge and puts its issuance into the given state, as the work on it would. */
export async function anIssuance(
  app: TestApp,
  wanted: Parameters<typeof anAward>[1],
  values: Updateable<Schema['issuance']> = {},
) {
  const awardId = await anAward(app, wanted)
  const { id } = await app.db
    .selectFrom('issuance')
    .select('id')
    .where('award_id', '=', awardId)
    .executeTakeFirstOrThrow()
  if (Object.keys(values).length > 0) {
    await app.db.updateTable('issuance').set(values).where('id', '=', id).execute()
  }
  return { id, awardId }
}
