import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Order } from '../provider.js'
import { ProviderError } from '../provider-error.js'
import { createCredly } from './credly.js'

const token = 'a-very-secret-token'
const apiBaseUrl = 'https://api.credly.example/v1'
const order: Order = {
  templateId: 't1',
  awardId: 'award-1',
  recipient: { email: 'ada@example.org', name: 'Ada Lovelace', id: 'learner-1' },
  issuedAt: '2026-03-01T09:30:15Z',
  expiresAt: null,
  evidence: [],
  narrative: null,
  locale: null,
  notify: true,
}
const revocation = { reason: 'Withdrawn', at: '2026-04-01T00:00:00Z', notify: true }

type Sent = { readonly url: string; readonly authorization: string | null }

/** A Credly that answers this to everything. */
function answering(answer: (url: string, init: RequestInit) => Response) {
  const sent: Sent[] = []
  const credly = createCredly(
    {
      organizationId: 'org',
      apiBaseUrl,
      webBaseUrl: 'https://www.credly.example',
      credentials: { kind: 'token', token },
    },
    {
      fetch: async (url, init) => {
        sent.push({ url, authorization: new Headers(init.headers).get('authorization') })
        return answer(url, init)
      },
    },
  )
  return { credly, sent }
}

const json = (body: unknown, status = 200) => Response.json(body, { status })
const badge = (changes: object = {}) => ({
  id: 'b1',
  state: 'pending',
  recipient_email: 'ada@example.org',
  badge_template: { id: 't1' },
  ...changes,
})

async function failure(call: Promise<unknown>): Promise<ProviderError> {
  const error = await call.catch((e: unknown) => e)
  if (error instanceof ProviderError) return error
  throw new Error(`No ProviderError but ${error}`)
}

describe('a refusal', () => {
  it.each([
    ['Validation failed: User already has this badge.', 'duplicate'],
    ['Duplicate badges are not allowed', 'duplicate'],
    ['Recipient email has already been taken', 'duplicate'],
    ['This badge template has already been issued to this user', 'duplicate'],
    ['Invalid or missing Badge Template ID: 7', 'template-unavailable'],
    ['Badge template has already been archived', 'template-unavailable'],
    ['Badge template is not active', 'template-unavailable'],
    ["Validation failed: Recipient email can't be blank", 'recipient-refused'],
    ["Issued to first name can't be blank", 'recipient-refused'],
    ['This badge has already been revoked.', 'already-ended'],
    ['This badge is already revoked', 'already-ended'],
    ['This badge cannot be revoked because it has been replaced.', 'replaced'],
    ['This badge cannot be replaced because it has already been replaced.', 'replaced'],
    ['Issued at is invalid', 'other'],
    ['', 'other'],
  ])('that says "%s" is %s', async (message, reason) => {
    const { credly } = answering(() => json({ data: { message }, metadata: null }, 422))
    const error = await failure(credly.issue(order))
    expect(error).toMatchObject({ kind: 'refused', reason, status: 422, badgeId: undefined })
    expect(error.message).toMatch(/^Credly /)
    expect(error.message).toContain(message)
  })

  it('names the badge that has taken the place', async () => {
    const data = { message: 'it has already been replaced.', current_badge_id: 'b2' }
    const { credly } = answering(() => json({ data }, 422))
    expect(await failure(credly.replaceBadge('b1', order))).toMatchObject({
      reason: 'replaced',
      badgeId: 'b2',
    })
  })

  it.each([
    [400, 'refused', 'other'],
    [403, 'unauthorized', undefined],
    [404, 'refused', 'not-found'],
    [410, 'refused', 'not-found'],
    [409, 'refused', 'other'],
    [302, 'refused', 'other'],
  ])('of status %i is %s, %s', async (status, kind, reason) => {
    const { credly } = answering(() => new Response('<p>No</p>', { status }))
    const error = await failure(credly.revoke('b1', revocation))
    expect(error).toMatchObject({ kind, reason, status })
  })

  it('quotes the sentence in it, wherever that stands', async () => {
    const { credly } = answering(() =>
      json({ error: 'invalid', error_description: 'Not so.' }, 400),
    )
    const { message } = await failure(credly.revoke('b1', revocation))
    expect(message).toBe('Credly refuses the request (status 400): Not so.')
  })

  it('of any shape is a refusal and says nothing secret', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), fc.integer({ min: 400, max: 499 }), async (body, status) => {
        fc.pre(![401, 408, 429].includes(status))
        const { credly } = answering(() => new Response(body, { status }))
        const { kind, message } = await failure(credly.issue(order))
        expect(kind).toBe(status === 403 ? 'unauthorized' : 'refused')
        expect(message.length).toBeLessThan(450)
      }),
    )
  })
})

describe('an answer that cannot be read', () => {
  it.each([
    '',
    'null',
    '[]',
    '{}',
    '<html>',
    '{"data":null}',
    '{"data":{"id":1}}',
    '{"data":[{"id":"b1"}]}',
  ])('such as %j may have had an effect', async (body) => {
    const { credly } = answering(() => new Response(body, { status: 201 }))
    for (const call of [
      credly.issue(order),
      credly.issueBatch([order]),
      credly.revoke('b1', revocation),
      credly.getBadge('b1'),
      credly.getTemplate('t1'),
      credly.getEvent!('e1'),
      credly.testConnection(),
      credly.rotateKey!(),
    ]) {
      expect(await failure(call)).toMatchObject({ kind: 'unanswered', status: 201 })
    }
  })

  it('to a batch is one with another number of badges', async () => {
    const { credly } = answering(() => json({ data: [badge(), badge()] }, 201))
    expect(await failure(credly.issueBatch([order]))).toMatchObject({ kind: 'unanswered' })
  })
})

describe('the key', () => {
  it.each([200, 400, 401, 403, 500])('is in no message about status %i', async (status) => {
    const { credly } = answering((_, init) => {
      const { authorization } = Object.fromEntries(new Headers(init.headers))
      return json({ data: { message: `${authorization} ${token}` } }, status)
    })
    for (const call of [credly.issue(order), credly.getTemplate('t1'), credly.rotateKey!()]) {
      const { message } = await failure(call)
      expect(message).not.toContain(token)
      expect(message).not.toContain(btoa(`${token}:`))
    }
  })

  it('that is new is in no message either', async () => {
    const { credly } = answering(() => json({ data: { token: 'brand-new', expires_at: 5 } }, 201))
    expect((await failure(credly.rotateKey!())).message).not.toContain('brand-new')
  })

  it.each([
    'https://evil.example/v1/x?page=2',
    'http://api.credly.example/v1/x',
    'http://',
    '//e.f/',
  ])('is not sent to %s', async (next) => {
    const { credly, sent } = answering(() => json({ data: [], metadata: { next_page_url: next } }))
    const wanted = { templateId: 't1', email: 'ada@example.org', awardId: '' }
    expect(await failure(credly.findByRecipient(wanted))).toMatchObject({ kind: 'refused' })
    expect(sent.map(({ url }) => new URL(url).origin)).toEqual(['https://api.credly.example'])
  })
})

describe('a list', () => {
  it('ends where its pages begin again', async () => {
    const next_page_url = 'https://api.credly.example/api/v1/page/2'
    const { credly, sent } = answering(() => json({ data: [badge()], metadata: { next_page_url } }))
    const wanted = { templateId: 't1', email: ' Ada@Example.org', awardId: '' }
    expect(await credly.findByRecipient(wanted)).toHaveLength(2)
    expect(sent).toHaveLength(2)
  })

  it('may be of one page and say nothing of others', async () => {
    const { credly } = answering(() => json({ data: [badge(), badge({ recipient_email: null })] }))
    const wanted = { templateId: 't1', email: 'ada@example.org', awardId: '' }
    expect(await credly.findByRecipient(wanted)).toHaveLength(1)
  })
})

describe('a badge', () => {
  it.each([
    [
      { state: 'accepted', badge_url: 'https://www.credly.example/x' },
      'https://www.credly.example/x',
    ],
    [{ accept_badge_url: 'https://www.credly.example/a' }, 'https://www.credly.example/a'],
    [{ badge_url: 'javascript:alert(1)' }, 'https://www.credly.example/badges/b1'],
    [{}, 'https://www.credly.example/badges/b1'],
  ])('with %o is seen at %s', async (changes, url) => {
    const { credly } = answering(() => json({ data: badge(changes) }))
    expect(await credly.getBadge('b1')).toMatchObject({ url })
  })

  it.each([
    [{ state: 'revoked' }, 'revoked', 'ended'],
    [{ state: 'expired' }, 'expired', 'ended'],
    [{ state: 'accepted', expires_at: '2020-01-01T00:00:00.000Z' }, 'accepted', 'ended'],
    [{ state: 'accepted', expires_at: '2920-01-01T00:00:00.000Z' }, 'accepted', 'live'],
    [{ state: 'accepted', replacement_badge_id: 'b2' }, 'replaced', 'ended'],
    [{ state: 'rejected', expires_at: 'never' }, 'rejected', 'live'],
  ])('with %o is %s and %s', async (changes, state, standing) => {
    const { credly } = answering(() => json({ data: badge(changes) }))
    expect(await credly.getBadge('b1')).toMatchObject({ state, standing })
  })

  it('is asked for at one place only, whatever its id', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (id) => {
        const { credly, sent } = answering(() => json({ data: badge() }))
        await credly.getBadge(id)
        for (const { url } of sent) {
          const { pathname, search } = new URL(url)
          expect(pathname.split('/').slice(0, 5)).toEqual([
            '',
            'v1',
            'organizations',
            'org',
            'badges',
          ])
          expect(pathname.split('/')).toHaveLength(6)
          expect(search).toBe('')
        }
      }),
    )
  })
})

describe('a template', () => {
  it('may be told in other words', async () => {
    const template = { id: 't1', name: 'T', state: 'retired', skills: [{ name: 'A' }, 'B'] }
    const { credly } = answering(() => json({ data: { ...template, image_url: 'data:,x' } }))
    expect(await credly.getTemplate('t1')).toEqual({
      id: 't1',
      name: 'T',
      description: '',
      imageUrl: null,
      url: null,
      state: 'draft',
      allowsDuplicates: false,
      skills: ['A', 'B'],
      updatedAt: null,
    })
  })
})
