import { randomUUID } from 'node:crypto'
import {
  accredibleSimulatorKey,
  type createAccredibleSimulator,
  type createCredlySimulator,
} from '@rosette/providers'
import type { Db } from '#src/db/database.js'
import { sealSecret } from '#src/features/provider-accounts/account-secret.js'
import { nothingYet } from '../../src/testing/bare-account.js'
import { anActiveTemplate } from '../../src/testing/sample-templates.js'
import { masterKey } from './badges.js'
import { createDoor } from './door.js'
import { courses, passingType } from './grades.js'

type Credly = ReturnType<typeof createCredlySimulator>
type Accredible = ReturnType<typeof createAccredibleSimulator>

/** A simulated provider behind a door, and the account with which badges are issued there. */
export type Place = {
  readonly name: string
  readonly accountId: string
  readonly faults: Credly['faults']
  badges(): readonly { readonly email: string; readonly isLive: boolean }[]
  shut(): Promise<void>
  open(): Promise<void>
}

const organizationId = '0b1d3c54-6d38-4c3a-9f0e-5b0c7a1e9f11'
const templateId = '7a0e4d0a-52a3-44a0-8c1b-2f6f5a8c3d22'
const key = 'proof-key-of-an-account'

// Duplicates are allowed at both, so that nothing but our own care keeps a badge from being made twice.

export async function placeAtCredly(db: Db, issuer: string, simulator: Credly): Promise<Place> {
  simulator.seed({
    organizations: [{ id: organizationId, name: 'Proof University' }],
    tokens: [{ organizationId, token: key }],
    templates: [{ id: templateId, organizationId, name: 'Algebra', allowDuplicates: true }],
  })
  const { url, open, shut } = await createDoor(await simulator.listen())
  const accountId = await createAccountBadge(db, issuer, {
    provider: 'credly',
    apiBaseUrl: `${url}/v1/`,
    externalId: organizationId,
    key,
    templateId,
  })
  const badges = () =>
    simulator.badges().map(({ email, state }) => ({ email, isLive: state !== 'revoked' }))
  return { name: 'Credly', accountId, faults: simulator.faults, badges, open, shut }
}

export async function placeAtAccredible(
  db: Db,
  issuer: string,
  simulator: Accredible,
): Promise<Place> {
  const { groups } = simulator.seed({
    groups: [
      {
        name: 'Algebra',
        course_name: 'Algebra',
        course_description: 'For passing Algebra.',
        allow_duplicate_credentials: true,
      },
    ],
  })
  const { url, open, shut } = await createDoor(await simulator.listen())
  const accountId = await createAccountBadge(db, issuer, {
    provider: 'accredible',
    apiBaseUrl: `${url}/v1/`,
    externalId: null,
    key: accredibleSimulatorKey,
    templateId: String(groups[0]),
  })
  const badges = () =>
    simulator.credentials().map(({ email, state }) => ({ email, isLive: state === 'published' }))
  return { name: 'Accredible', accountId, faults: simulator.faults, badges, open, shut }
}

type Account = {
  readonly provider: 'credly' | 'accredible'
  readonly apiBaseUrl: string
  readonly externalId: string | null
  readonly key: string
  /** The template there. */
  readonly templateId: string
}

/** An account at a simulator, and a badge for passing a course that is issued there and lost by failing. */
async function createAccountBadge(db: Db, issuer: string, place: Account): Promise<string> {
  const { organization_id } = await db
    .selectFrom('issuer')
    .select('organization_id')
    .where('id', '=', issuer)
    .executeTakeFirstOrThrow()
  const id = randomUUID()
  await db
    .insertInto('provider_account')
    .values({
      ...nothingYet,
      id,
      organization_id,
      issuer_id: issuer,
      provider: place.provider,
      name: place.provider,
      external_id: place.externalId,
      api_base_url: place.apiBaseUrl,
      sealed_secret: sealSecret({ kind: 'token', token: place.key }, id, masterKey),
      // The simulators bear it, and the proof is over sooner.
      requests_per_minute: 60_000,
    })
    .execute()
  const { id: there } = await db
    .insertInto('provider_template')
    .values({
      account_id: id,
      external_id: place.templateId,
      name: 'Algebra',
      state: 'active',
      image_url: null,
      url: null,
      changed_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const rule = (value: string) => ({
    eventType: passingType,
    dataRules: [
      { keyPath: 'is_passing', operator: 'eq', value },
      { keyPath: 'course.course_key', operator: 'eq', value: courses[0] },
    ],
  })
  const template = await anActiveTemplate(
    db,
    {
      name: `Algebra at ${place.provider}`,
      requirements: [{ id: 'pass', ...rule('true') }],
      penalties: [{ ...rule('false'), requirements: ['pass'] }],
    },
    issuer,
  )
  await db
    .updateTable('badge_template')
    .set({ provider_template_id: there })
    .where('id', '=', template)
    .execute()
  return id
}
