import { randomUUID } from 'node:crypto'
import { decodeStatusList, getStatus } from '@rosette/open-badges'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../../db/database.js'
import { aBadge, anAward, takeBack } from '../../testing/sample-awards.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
beforeAll(async () => {
  app = await createTestApp()
})
afterAll(() => app.drop())

const first = { number: 1, isLast: false }

async function issuanceOf(awardId: string) {
  const issuances = app.db.selectFrom('issuance').selectAll().where('award_id', '=', awardId)
  return await issuances.executeTakeFirstOrThrow()
}

async function credentialsOf(awardId: string) {
  return await app.db.selectFrom('credential').selectAll().where('award_id', '=', awardId).execute()
}

async function jobsOf(awardId: string): Promise<number> {
  const { rows } = await sql`
    select id from graphile_worker._private_jobs where payload->>'awardId' = ${awardId}`.execute(
    app.db,
  )
  return rows.length
}

describe('a new award', () => {
  it('waits for its signature with one job', async () => {
    const awardId = await anAward(app, await aBadge(app))
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'queued', attempts: 0 })
    expect(await jobsOf(awardId)).toBe(1)
  })

  it('is queued and signed by the thousand', async () => {
    const { templateId } = await aBadge(app)
    const ids = Array.from({ length: 3_000 }, () => randomUUID())
    const learner = await app.db
      .insertInto('learner')
      .values({ username: 'many', email: 'many@learners.example', lms_user_id: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    await inTransaction(app.db, async (tx) => {
      const rows = ids.map((id, n) => ({
        id,
        template_id: templateId,
        learner_id: learner.id,
        instance: `=${n}`,
        source: 'hand' as const,
        awarded_at: '2026-03-12T08:30:00Z',
        cause: '{}',
        expires_at: null,
        revoked_at: null,
        revoked_by: null,
        revocation_reason: null,
        revocation_cause: null,
        narrative: null,
      }))
      await tx.insertInto('award').values(rows).execute()
      await app.issuances.granted(tx, ids)
      await app.issuances.revoked(tx, ids.slice(0, 2_000))
    })
    const states = await app.db
      .selectFrom('issuance')
      .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
      .where('award_id', 'in', ids)
      .groupBy('state')
      .orderBy('state')
      .execute()
    expect(states).toEqual([
      { state: 'queued', count: 1_000 },
      { state: 'revoked', count: 2_000 },
    ])
  })
})

describe('the job that signs', () => {
  it('stores one badge and says when', async () => {
    const awardId = await anAward(app, await aBadge(app))
    await app.issuances.issue({ awardId }, first)
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'issued', attempts: 1 })
    expect((await issuanceOf(awardId)).issued_at).not.toBeNull()
    expect(await credentialsOf(awardId)).toHaveLength(1)
  })

  it('changes nothing when it is repeated', async () => {
    const awardId = await anAward(app, await aBadge(app))
    await app.issuances.issue({ awardId }, first)
    const before = await credentialsOf(awardId)
    await app.issuances.issue({ awardId }, { number: 2, isLast: false })
    expect(await credentialsOf(awardId)).toEqual(before)
  })

  // Without the lock on the issuance the second job fails at the unique key.
  it('signs once when several run at the same moment, and none of them fails', async () => {
    const { templateId } = await aBadge(app)
    for (let round = 0; round < 5; round += 1) {
      const awardId = await anAward(app, { templateId })
      const runs = Array.from({ length: 6 }, () => app.issuances.issue({ awardId }, first))
      await Promise.all(runs)
      expect(await credentialsOf(awardId)).toHaveLength(1)
      expect(await issuanceOf(awardId)).toMatchObject({ attempts: 1, last_error: null })
    }
  })

  it('does nothing for an award that is gone', async () => {
    await expect(app.issuances.issue({ awardId: randomUUID() }, first)).resolves.toBeUndefined()
  })

  it('stops without a signing key, says what to do, and goes on when told to', async () => {
    const { templateId, issuerId } = await aBadge(app)
    await app.db
      .updateTable('issuer_key')
      .set({ retired_at: '2026-01-01T00:00:00Z' })
      .where('issuer_id', '=', issuerId)
      .execute()
    const awardId = await anAward(app, { templateId })
    await app.issuances.issue({ awardId }, first)
    expect(await issuanceOf(awardId)).toMatchObject({
      state: 'stopped',
      attempts: 1,
      next_try_at: null,
      last_error: 'The issuer "Open University" has no signing key. Make a new key for it.',
    })
    await inTransaction(app.db, (tx) => app.issuers.rotateKey(tx, issuerId))
    expect(
      await app.issuances.retryAll(
        { ids: [(await issuanceOf(awardId)).id], reach: 'everywhere' },
        'test',
      ),
    ).toBe(1)
    expect(await jobsOf(awardId)).toBe(2)
    await app.issuances.issue({ awardId }, first)
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'issued', last_error: null })
  })

  it('is kept while it cannot be recorded that a person must help', async () => {
    const { templateId, issuerId } = await aBadge(app)
    await app.db
      .updateTable('issuer_key')
      .set({ retired_at: '2026-01-01T00:00:00Z' })
      .where('issuer_id', '=', issuerId)
      .execute()
    const awardId = await anAward(app, { templateId })
    const refusal = sql`alter table issuance add constraint r check (state <> 'stopped') not valid`
    await refusal.execute(app.db)
    await expect(app.issuances.issue({ awardId }, first)).rejects.toThrow()
    await sql`alter table issuance drop constraint r`.execute(app.db)
    await app.issuances.issue({ awardId }, first)
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'stopped' })
  })

  it('records a failure that may pass and is tried again', async () => {
    const { templateId, issuerId } = await aBadge(app)
    const awardId = await anAward(app, { templateId })
    await app.db
      .updateTable('issuer_key')
      .set({ sealed_secret: Buffer.from('damaged') })
      .where('issuer_id', '=', issuerId)
      .execute()
    await expect(app.issuances.issue({ awardId }, { number: 3, isLast: false })).rejects.toThrow(
      'master key',
    )
    const failed = await issuanceOf(awardId)
    expect(failed).toMatchObject({ state: 'failed', attempts: 1 })
    expect(failed.last_error).toContain('cannot be unsealed')
    expect(Date.parse(failed.next_try_at ?? '')).toBeGreaterThan(Date.now())
    await expect(app.issuances.issue({ awardId }, { number: 40, isLast: true })).rejects.toThrow()
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'stopped', next_try_at: null })
  })
})

describe('a revocation', () => {
  it('before the signature leaves no badge at all', async () => {
    const awardId = await anAward(app, await aBadge(app))
    await takeBack(app, awardId, 'A mistake')
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'revoked' })
    await app.issuances.issue({ awardId }, first)
    expect(await credentialsOf(awardId)).toEqual([])
    expect(await issuanceOf(awardId)).toMatchObject({ state: 'revoked' })
  })

  it('at the moment of signing ends in no badge or in a badge that its list revokes', async () => {
    const { templateId } = await aBadge(app)
    for (let round = 0; round < 8; round += 1) {
      const awardId = await anAward(app, { templateId })
      await Promise.all([app.issuances.issue({ awardId }, first), takeBack(app, awardId, null)])
      expect(await issuanceOf(awardId)).toMatchObject({ state: 'revoked' })
      const server = app.createServer()
      const badge = await server.inject({ url: `/credentials/${awardId}` })
      if (badge.statusCode === 404) continue
      const { statusListCredential, statusListIndex } = badge.json().credentialStatus
      const list = await server.inject({ url: new URL(statusListCredential).pathname })
      const bits = decodeStatusList(list.json().credentialSubject.encodedList)
      expect(getStatus(bits, Number(statusListIndex))).toBe(1)
    }
  })
})
