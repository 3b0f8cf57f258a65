import { decodeStatusList, getStatus } from '@rosette/open-badges'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../../db/database.js'
import { createPublicUrls } from '../../http/public-urls.js'
import { takeBack } from '../../testing/sample-awards.js'
import { anotherSigned, aSignedBadge, createStranger } from '../../testing/signed-badges.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'
import { createCredentials } from './credentials.js'

let app: TestApp
let stranger: ReturnType<typeof createStranger>
let time = new Date('2026-06-01T12:00:00.500Z')
beforeAll(async () => {
  app = await createTestApp({}, { now: () => time })
  stranger = createStranger(app.createServer(), () => time)
})
afterAll(() => app.drop())

async function aList() {
  const badge = await aSignedBadge(app)
  const lists = app.db.selectFrom('status_list').select('id')
  const { id } = await lists.where('issuer_id', '=', badge.issuerId).executeTakeFirstOrThrow()
  return { ...badge, listId: id }
}

const bitsIn = (text: string) => decodeStatusList(JSON.parse(text).credentialSubject.encodedList)
const setIn = (text: string) => {
  const bits = bitsIn(text)
  return Array.from({ length: bits.length * 8 }, (_, i) => getStatus(bits, i)).filter(Boolean)
    .length
}

describe('a status list under load', () => {
  it('is signed once in a while, however many revoke and ask meanwhile', async () => {
    const { listId, templateId } = await aList()
    const { db, issuers } = app
    const urls = createPublicUrls('https://badges.example')
    const parts = { db, issuers, urls, now: () => time, listsFreshFor: 1000 }
    const credentials = createCredentials(parts)
    const texts = new Set([await credentials.statusList(listId)])
    const revokeAndAsk = async () => {
      await takeBack(app, await anotherSigned(app, { templateId }), null)
      texts.add(await credentials.statusList(listId))
    }
    await Promise.all(Array.from({ length: 40 }, revokeAndAsk))
    expect(texts.size).toBe(1)
    time = new Date(time.getTime() + 1000)
    const ask = () => credentials.statusList(listId)
    const later = new Set(await Promise.all([ask(), ask(), ask(), ask()]))
    expect(later.size).toBe(1)
    expect(setIn([...later][0] ?? '')).toBe(40)
  })

  it('holds each of two thousand that were taken back', async () => {
    const { listId, templateId } = await aList()
    await inTransaction(app.db, async (tx) => {
      // Awards without badges, as many as a large course takes back.
      await sql`
        with made as (
          insert into award (template_id, learner_id, instance, status, source, awarded_at, revoked_at,
            revoked_by, cause)
          select ${templateId}, l.id, '=' || n, 'revoked', 'hand', now(), now(), 'hand', '{}'
          from generate_series(1, 2000) n, (select id from learner limit 1) l returning id
        )
        insert into status_entry (list_id, index, award_id)
        select ${listId}, 60 * row_number() over (), id from made
        on conflict (list_id, index) do nothing`.execute(tx)
      await sql`update status_list set version = version + 1 where id = ${listId}`.execute(tx)
    })
    const answer = await stranger.get(`/status/${listId}`)
    expect(answer.headers).toMatchObject({
      'cache-control': 'public, max-age=60',
      etag: expect.any(String),
    })
    expect(setIn(answer.body)).toBeGreaterThanOrEqual(1999)
  })
})
