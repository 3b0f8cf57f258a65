import { randomUUID } from 'node:crypto'
import { inTransaction } from '../db/database.js'
import type { EvidenceJson } from '../db/schema.js'
import { carryOut } from '../features/awards/awards.js'
import type { TestApp } from './test-app.js'

type Issuing = Pick<TestApp, 'db' | 'issuers' | 'consequences'>

export const ada = {
  username: 'ada.secret.login',
  email: 'Ada.Lovelace@learners.example',
  name: 'Ada Lovelace',
  lmsUserId: 987_654_321,
}

type Wanted = {
  readonly name?: string
  readonly description?: string
  readonly criteria?: string
  readonly tags?: string[]
  readonly identifier?: 'url' | 'did:web'
  readonly issuerName?: string
}

/** Stores a template whose issuer can sign. */
export async function aBadge({ db, issuers }: Issuing, wanted: Wanted = {}) {
  return await inTransaction(db, async (tx) => {
    const organization = await tx
      .insertInto('organization')
      .values({ slug: randomUUID(), name: 'Open University' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const issuer = await issuers.create(tx, {
      organizationId: organization.id,
      name: wanted.issuerName ?? 'Open University',
      url: 'https://university.example',
      email: 'badges@university.example',
      description: 'Courses for everybody.',
      identifier: wanted.identifier ?? 'url',
    })
    const template = await tx
      .insertInto('badge_template')
      .values({
        organization_id: organization.id,
        issuer_id: issuer.id,
        name: wanted.name ?? 'Data Analysis Foundations',
        description: wanted.description ?? 'Reads, cleans and summarises data with care.',
        criteria:
          wanted.criteria ??
          'Passed **Demo Course**, or any CCX of it, and passed [Algebra](https://university.example/algebra).\n\n- weekly exercises\n- a final project',
        tags: wanted.tags ?? ['statistics', 'python'],
        state: 'active',
        repeat_by: null,
        image_id: null,
        expires_after_days: null,
        activated_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { templateId: template.id, issuerId: issuer.id }
  })
}

type AwardWanted = {
  readonly templateId: string
  readonly learner?: { username?: string; email?: string; name?: string; lmsUserId?: number | null }
  readonly awardedAt?: string
  readonly expiresAt?: string | null
  readonly evidence?: readonly EvidenceJson[]
  readonly showsName?: boolean
}

/** Grants a badge by hand, with everything that follows from it, to a learner of its own. */
export async function anAward(app: Issuing, wanted: AwardWanted): Promise<string> {
  const { lmsUserId, ...learner } = { ...ada, lmsUserId: null, ...wanted.learner }
  const id = randomUUID()
  await inTransaction(app.db, async (tx) => {
    const stored = await tx
      .insertInto('learner')
      .values({ ...learner, lms_user_id: lmsUserId })
      .returning('id')
      .executeTakeFirstOrThrow()
    const award = {
      id,
      templateId: wanted.templateId,
      learnerId: stored.id,
      instance: '*',
      source: 'hand' as const,
      awardedAt: wanted.awardedAt ?? '2026-03-12T08:30:00.123456Z',
      expiresAt: wanted.expiresAt ?? null,
      cause: {},
      evidence: wanted.evidence ?? [],
    }
    const change = { change: 'grant' as const, award, ...concerned(stored.id, wanted.templateId) }
    await carryOut(tx, [change], app.consequences)
    if (wanted.showsName === true) {
      await tx.updateTable('award').set({ shows_name: true }).where('id', '=', id).execute()
    }
  })
  return id
}

/** Takes a badge back by hand, with everything that follows from it. */
export async function takeBack(app: Issuing, awardId: string, reason: string | null) {
  const revocation = {
    id: awardId,
    by: 'hand' as const,
    revokedAt: '2026-05-03T10:00:00.000000Z',
    reason,
    cause: {},
  }
  await inTransaction(app.db, (tx) =>
    carryOut(tx, [{ change: 'revoke', revocation, ...concerned(1, awardId) }], app.consequences),
  )
}

// Only signals tell of the learner and the template, and nobody listens to them here.
function concerned(learnerId: number, templateId: string) {
  const learner = { ...ada, id: learnerId, lmsUserId: null, isActive: true }
  return {
    learner,
    template: { id: templateId, name: '', description: '', origin: 'openedx' as const },
  }
}
