import { setTimeout } from 'node:timers/promises'
import { notice as noticeSchema } from '@rosette/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../../db/database.js'
import { log } from '../../telemetry/log.js'
import { type ApiClient, anOrganization, createApiClient } from '../../testing/api-client.js'
import { runTask } from '../../testing/run-task.js'
import { anAccountWithBadge, anIssuance } from '../../testing/sample-issuances.js'
import { createTestApp, type TestApp } from '../../testing/test-app.js'

let app: TestApp
let api: ApiClient
let organizationId: string
beforeAll(async () => {
  log.level = 'silent'
  app = await createTestApp()
  api = await createApiClient(app)
  organizationId = (await anOrganization(api)).organizationId
})
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

const detail = { account: 'Arts', provider: 'credly', reason: 'It is away.' }
const nobody = '00000000-0000-4000-8000-000000000000'
const tidy = () => runTask(app, 'mail-notices')
let made = 0

async function anOpenNotice(kind: 'sync-failed' | 'key-ends-soon' = 'sync-failed') {
  made += 1
  const subject = `somewhere/${made}`
  await app.notices.open(app.db, { kind, subject, organizationId, detail })
  // Those of one millisecond have no order among themselves.
  await setTimeout(2)
  return subject
}

async function found(subject: string) {
  const { body } = await api.get('notices?limit=200')
  return body.items.filter((item: { subject: string }) => item.subject === subject)
}

describe('notices', () => {
  it('are listed with a sentence, the latest first, in pages', async () => {
    const subjects = [await anOpenNotice(), await anOpenNotice(), await anOpenNotice()]
    const first = await api.get('notices?limit=2')
    expect(first.status).toBe(200)
    const [latest] = first.body.items
    expect(noticeSchema.parse(latest)).toEqual({
      id: expect.any(String),
      kind: 'sync-failed',
      sentence:
        'The badge templates of the account "Arts" could not be read at Credly: It is away.',
      subject: subjects[2],
      organizationId,
      detail,
      openedAt: expect.any(String),
      resolvedAt: null,
    })
    const second = await api.get(`notices?limit=2&cursor=${first.body.next}`)
    const seen = [...first.body.items, ...second.body.items].map(({ subject }) => subject)
    expect(seen.slice(0, 3)).toEqual(subjects.reverse())
  })

  it('are narrowed to the open ones, the resolved ones, and one kind', async () => {
    const subject = await anOpenNotice('key-ends-soon')
    const other = await anOpenNotice('key-ends-soon')
    await app.notices.resolve(app.db, 'key-ends-soon', other)
    const subjects = async (query: string) =>
      (await api.get(`notices?${query}`)).body.items.map((n: { subject: string }) => n.subject)
    expect(await subjects('open=true&kind=key-ends-soon')).toEqual([subject])
    expect(await subjects('open=false&kind=key-ends-soon')).toEqual([other])
    expect(await subjects('kind=key-ends-soon')).toEqual([other, subject])
    expect(await api.get('notices?kind=any')).toMatchObject({ status: 400 })
    expect(await api.get('notices?open=1')).toMatchObject({ status: 400 })
  })

  it('are opened once while they are open, however many find the same thing at once', async () => {
    const subject = 'somewhere/crowded'
    const notice = { kind: 'sync-failed', subject, organizationId, detail } as const
    await Promise.all(Array.from({ length: 8 }, () => app.notices.open(app.db, notice)))
    expect(await found(subject)).toHaveLength(1)
    await app.notices.resolve(app.db, 'sync-failed', subject)
    await app.notices.open(app.db, notice)
    expect(await found(subject)).toHaveLength(2)
  })

  it('are not opened by a transaction that fails', async () => {
    const subject = 'somewhere/undone'
    const failing = inTransaction(app.db, async (tx) => {
      await app.notices.open(tx, { kind: 'sync-failed', subject, organizationId, detail })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await found(subject)).toEqual([])
  })

  it('are resolved by a person once, which stands in the audit log', async () => {
    const subject = await anOpenNotice()
    const [{ id }] = await found(subject)
    const resolved = await api.post(`notices/${id}/resolve`)
    expect(resolved).toMatchObject({ status: 200, body: { id, resolvedAt: expect.any(String) } })
    const again = await api.post(`notices/${id}/resolve`)
    expect(again).toMatchObject({ status: 200, body: resolved.body })
    const audit = await api.get(`audit-log?subject=notice/${id}`)
    expect(audit.body.items).toMatchObject([{ action: 'notice.resolve' }])
    const missing = await api.post(`notices/${nobody}/resolve`)
    expect(missing).toMatchObject({ status: 404, body: { code: 'notice-not-found' } })
  })

  it('are counted by kind in the metrics', async () => {
    await anOpenNotice('key-ends-soon')
    const { payload } = await api.server.inject('/metrics')
    expect(payload).toMatch(/rosette_notices_open\{kind="key-ends-soon"\} [1-9]/)
    expect(payload).toContain('rosette_notices_open{kind="template-vanished"} 0')
  })
})

describe('a notice whose cause is gone is resolved by itself', () => {
  const isOpen = async (subject: string) =>
    (await found(subject)).some((n: { resolvedAt: string | null }) => n.resolvedAt === null)

  it('when the account is not paused any more', async () => {
    const { account } = await anAccountWithBadge(app, { paused_at: '2026-01-01T00:00:00Z' })
    const subject = `provider-account/${account.id}`
    await app.notices.open(app.db, { kind: 'account-paused', subject, organizationId, detail })
    await tidy()
    expect(await isOpen(subject)).toBe(true)
    const resumed = app.db.updateTable('provider_account').set({ paused_at: null })
    await resumed.where('id', '=', account.id).execute()
    await tidy()
    expect(await isOpen(subject)).toBe(false)
  })

  it('when no badge stands here that was ended there', async () => {
    const { account, templateId } = await anAccountWithBadge(app)
    const ended = { state: 'revoked', reason: 'ended-there', account_id: account.id } as const
    const { id } = await anIssuance(app, { templateId }, ended)
    const subject = `provider-account/${account.id}`
    await app.notices.open(app.db, { kind: 'badge-ended-there', subject, organizationId, detail })
    await tidy()
    expect(await isOpen(subject)).toBe(true)
    const retried = app.db.updateTable('issuance').set({ state: 'queued', reason: null })
    await retried.where('id', '=', id).execute()
    await tidy()
    expect(await isOpen(subject)).toBe(false)
  })

  it('when a person took the badge out of the archive', async () => {
    const { templateId } = await anAccountWithBadge(app)
    const change = (state: 'archived' | 'draft') =>
      app.db
        .updateTable('badge_template')
        .set({ state, archived_with_provider: state === 'archived' })
        .where('id', '=', templateId)
        .execute()
    await change('archived')
    const subject = `badge-template/${templateId}`
    await app.notices.open(app.db, { kind: 'template-vanished', subject, organizationId, detail })
    await tidy()
    expect(await isOpen(subject)).toBe(true)
    await change('draft')
    await tidy()
    expect(await isOpen(subject)).toBe(false)
  })

  it.each([
    ['archived the badge as well', (id: string) => api.post(`badge-templates/${id}/archival`)],
    [
      'had the badge issued elsewhere',
      (id: string) => api.patch(`badge-templates/${id}`, { providerTemplateId: null }),
    ],
  ])('when a person %s', async (_, decide) => {
    const { templateId } = await anAccountWithBadge(app)
    await app.db
      .updateTable('badge_template')
      .set({ state: 'archived', archived_with_provider: true })
      .where('id', '=', templateId)
      .execute()
    const subject = `badge-template/${templateId}`
    await app.notices.open(app.db, { kind: 'template-vanished', subject, organizationId, detail })
    await tidy()
    expect(await isOpen(subject)).toBe(true)
    expect((await decide(templateId)).status).toBe(200)
    await tidy()
    expect(await isOpen(subject)).toBe(false)
  })

  it('when what it is about is gone', async () => {
    const subject = `provider-account/${nobody}`
    await app.notices.open(app.db, { kind: 'sync-failed', subject, organizationId, detail })
    const template = `badge-template/${nobody}`
    const vanished = { kind: 'template-vanished', subject: template, organizationId, detail }
    await app.notices.open(app.db, { ...vanished, kind: 'template-vanished' })
    const elsewhere = await anOpenNotice()
    await tidy()
    expect([await isOpen(subject), await isOpen(template)]).toEqual([false, false])
    expect(await isOpen(elsewhere)).toBe(true)
  })

  it('but not while somebody may be finding its cause again', async () => {
    const subject = `provider-account/${nobody}`
    await app.notices.open(app.db, { kind: 'sync-failed', subject, organizationId, detail })
    await inTransaction(app.db, async (tx) => {
      await app.notices.open(tx, { kind: 'sync-failed', subject, organizationId, detail })
      await tidy()
      expect(await isOpen(subject)).toBe(true)
    })
    await tidy()
    expect(await isOpen(subject)).toBe(false)
  })
})
