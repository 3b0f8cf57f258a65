import { randomUUID } from 'node:crypto'
import { aBadge, anAward } from './sample-awards.js'
import type { TestApp } from './test-app.js'

/** Says that the mail of a person is read by them, so that awards for it are theirs. */
export async function proveMail(app: TestApp, userId: string): Promise<void> {
  const email_proven_at = '2026-01-01T00:00:00Z'
  await app.db.updateTable('app_user').set({ email_proven_at }).where('id', '=', userId).execute()
}

type Learner = { readonly email: string; readonly name: string }
type Wanted = NonNullable<Parameters<typeof aBadge>[1]> &
  Partial<Omit<Parameters<typeof anAward>[1], 'templateId'>> & { readonly isSigned?: boolean }

/** A badge that a person has earned, signed unless it is said otherwise. */
export async function anEarned(app: TestApp, learner: Learner, wanted: Wanted = {}) {
  const badge = await aBadge(app, wanted)
  const { email, name } = learner
  const username = `learner-${randomUUID()}`
  const awardId = await anAward(app, {
    ...wanted,
    templateId: badge.templateId,
    learner: { username, email, name },
  })
  if (wanted.isSigned !== false) {
    await app.issuances.issue({ awardId }, { number: 1, isLast: false })
  }
  return { ...badge, awardId }
}

type Entry = {
  readonly name?: string
  readonly state?: 'waiting' | 'kept' | 'rejected'
  readonly verdict?: string
  readonly visibility?: 'public' | 'unlisted' | 'private'
  readonly showsName?: boolean
  readonly content?: string
  readonly contentType?: string
  readonly sourceUrl?: string | null
  readonly expiresAt?: string | null
}

/** A badge from elsewhere in somebody's backpack, as importing one leaves it. */
export async function anImported(app: TestApp, userId: string, wanted: Entry = {}) {
  const { id } = await app.db
    .insertInto('backpack_entry')
    .values({
      user_id: userId,
      identity: randomUUID(),
      content: Buffer.from(wanted.content ?? '{"type":"Assertion"}'),
      text: wanted.content ?? '{"type":"Assertion"}',
      content_type: wanted.contentType ?? 'application/json',
      source: 'url',
      source_url: wanted.sourceUrl === undefined ? 'https://museum.example/a/1' : wanted.sourceUrl,
      state: wanted.state ?? 'kept',
      kind: 'Assertion 2.0',
      verdict: wanted.verdict ?? 'valid',
      status_reason: null,
      report: JSON.stringify({}),
      name: wanted.name ?? 'Friend of the Museum',
      description: 'Has guided visitors through a whole season.',
      criteria: 'Guided **ten** groups.',
      issuer_name: 'City Museum',
      issuer_url: 'https://museum.example',
      tags: ['history'],
      recipient: null,
      picture_id: null,
      awarded_at: '2025-06-01T00:00:00Z',
      expires_at: wanted.expiresAt ?? null,
      visibility: wanted.visibility ?? 'unlisted',
      shows_name: wanted.showsName ?? false,
      checked_at: '2026-05-01T08:00:00Z',
      next_check_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
