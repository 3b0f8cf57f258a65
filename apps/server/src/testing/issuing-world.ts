import { randomUUID } from 'node:crypto'
import type { TryDeps } from '../features/issuances/try-issuance.js'
import { tryNext } from '../features/issuances/try-issuance.js'
import {
  createAccountHealth,
  findAccount,
} from '../features/provider-accounts/provider-accounts.js'
import { createFakeProvider } from './fake-provider.js'
import { anAward } from './sample-awards.js'
import { anAccountWithBadge } from './sample-issuances.js'
import type { TestApp } from './test-app.js'

/** An account whose provider is a fake, one badge issued there, and a clock that is set by hand. */
export async function createIssuingWorld(
  app: TestApp,
  wanted: Parameters<typeof createFakeProvider>[0] = {},
) {
  const fake = createFakeProvider(wanted)
  const { account, templateId } = await anAccountWithBadge(app, { provider: fake.provider.kind })
  const { external_id: externalTemplateId } = await app.db
    .selectFrom('provider_template')
    .select('external_id')
    .where('account_id', '=', account.id)
    .executeTakeFirstOrThrow()
  fake.addTemplate({ id: externalTemplateId })
  let time = Date.now() + 1000
  const now = () => new Date(time)
  const deps: TryDeps = {
    db: app.db,
    accounts: {
      async open(id) {
        const row = await findAccount(app.db, id)
        if (row === undefined) throw new Error('no account')
        return { account: row, provider: fake.provider }
      },
    },
    accountHealth: createAccountHealth({
      db: app.db,
      notices: app.notices,
      now,
      random: () => 0.5,
    }),
    now,
    random: () => 0.5,
  }
  const learner = {
    username: 'ada',
    email: `${randomUUID()}@learners.example`,
    name: 'Ada Lovelace',
  }
  return {
    fake,
    account,
    templateId,
    externalTemplateId,
    deps,
    learner,
    advance(ms: number) {
      time += ms
    },
    award: (more: object = {}) => anAward(app, { templateId, learner, ...more }),
    tryOnce: () => tryNext(deps, account.id),
    accountNow: async () => await findAccount(app.db, account.id),
    live: () => [...fake.badges.values()].filter((badge) => badge.standing === 'live'),
    issuanceOf: (awardId: string) =>
      app.db
        .selectFrom('issuance')
        .selectAll()
        .where('award_id', '=', awardId)
        .executeTakeFirstOrThrow(),
    made: (name: string) => fake.calls.filter((call) => call.name === name).length,
  }
}
