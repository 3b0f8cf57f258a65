import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { credlySimulatorDefaults, credlyTemplateId } from './credly-seed.js'
import { type CredlySimulatorOptions, createCredlySimulator } from './credly-simulator.js'

const { organizationId, token } = credlySimulatorDefaults
const day = 86_400
const sim = { current: createCredlySimulator() }
const servers: Server[] = []
afterEach(async () => {
  await sim.current.close()
  for (const server of servers.splice(0)) server.close()
})

async function start(options: CredlySimulatorOptions = {}) {
  sim.current = createCredlySimulator(options)
  const origin = await sim.current.listen()
  async function call(method: string, path: string, body?: object) {
    const response = await fetch(origin + path, {
      method,
      headers: {
        authorization: `Basic ${btoa(`${token}:`)}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      body: text === '' ? undefined : JSON.parse(text),
      retryAfter: response.headers.get('retry-after'),
    }
  }
  const at = `/v1/organizations/${organizationId}`
  async function issue(changes: object = {}): Promise<string> {
    const { body } = await call('POST', `${at}/badges`, {
      recipient_email: 'ada@example.org',
      issued_to_first_name: 'Ada',
      issued_to_last_name: 'Lovelace',
      badge_template_id: credlyTemplateId(1),
      issued_at: '2026-04-01 09:41:00 +0000',
      ...changes,
    })
    return body.data.id
  }
  return { simulator: sim.current, origin, call, at, issue }
}

/** Somebody who is told; answers what it is told to. */
async function startReceiver(statusOf: (count: number) => number = () => 200) {
  const received: { readonly headers: object; readonly body: Record<string, string> }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = JSON.parse(Buffer.concat(chunks).toString())
    received.push({ headers: request.headers, body })
    response.writeHead(statusOf(received.length)).end()
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port')
  return { received, url: `http://127.0.0.1:${address.port}/hook` }
}

describe('a simulated revocation', () => {
  it('takes a reason, and happens once', async () => {
    const { simulator, call, at, issue } = await start()
    const id = await issue()
    const revoke = (body?: object) => call('PUT', `${at}/badges/${id}/revoke`, body)
    expect(await revoke({})).toMatchObject({ status: 422 })
    expect(await revoke()).toMatchObject({ status: 422 })
    simulator.advance(60)
    const body = { reason: 'Cheated', suppress_revoke_notification_email: true }
    const { status, body: answer } = await revoke(body)
    expect(status).toBe(200)
    expect(answer.data).toMatchObject({ state: 'revoked', revocation_reason: 'Cheated' })
    expect(answer.data.state_updated_at > answer.data.created_at).toBe(true)
    expect((await revoke(body)).status).toBe(422)
    expect(await call('PUT', `${at}/badges/unknown/revoke`, body)).toMatchObject({
      status: 404,
      body: { data: { message: expect.any(String) }, metadata: null },
    })
    expect(simulator.mails().map(({ kind, suppressed }) => [kind, suppressed])).toEqual([
      ['issued', false],
      ['revoked', true],
    ])
  })
})

describe('a simulated replacement', () => {
  const next = { badge_template_id: credlyTemplateId(3), issued_at: '2026-05-01' }

  it('links the badges, and names the current one ever after', async () => {
    const { call, at, issue } = await start()
    const first = await issue()
    const replace = (id: string, body: object) => call('POST', `${at}/badges/${id}/replace`, body)
    expect((await replace(first, { issued_at: '2026-05-01' })).status).toBe(422)
    expect((await replace(first, { badge_template_id: credlyTemplateId(3) })).status).toBe(422)
    const second = await replace(first, next)
    expect(second).toMatchObject({ status: 201, body: { data: { replaces_badge_id: first } } })
    const third = await replace(second.body.data.id, next)
    expect((await call('GET', `${at}/badges/${first}`)).body.data.replacement_badge_id).toBe(
      second.body.data.id,
    )
    expect(await replace(first, next)).toMatchObject({
      status: 422,
      body: {
        data: {
          message:
            'Validation failed: This badge cannot be replaced because it has already been replaced.',
          current_badge_id: third.body.data.id,
        },
      },
    })
    const revoked = await call('PUT', `${at}/badges/${first}/revoke`, { reason: 'x' })
    expect(revoked).toMatchObject({ status: 422 })
    expect(await issue()).toBeTruthy()
  })

  it('moves a badge to another address while nobody has accepted it', async () => {
    const { simulator, call, at, issue } = await start()
    const moved = { ...next, recipient_email: 'ada@new.example' }
    const pending = await call('POST', `${at}/badges/${await issue()}/replace`, moved)
    expect(pending.body.data.recipient_email).toBe('ada@new.example')
    const id = await issue()
    simulator.acceptBadge(id)
    const accepted = await call('POST', `${at}/badges/${id}/replace`, moved)
    expect(accepted.body.data.recipient_email).toBe('ada@example.org')
  })
})

describe('a simulated badge', () => {
  it('that is deleted leaves nothing', async () => {
    const { call, at, issue } = await start()
    const id = await issue()
    expect(await call('DELETE', `${at}/badges/${id}`)).toMatchObject({
      status: 204,
      body: undefined,
    })
    expect((await call('GET', `${at}/badges/${id}`)).status).toBe(404)
    expect((await call('DELETE', `${at}/badges/${id}`)).status).toBe(404)
  })

  it('is public when it is accepted, and gone when it is revoked', async () => {
    const { simulator, call, at, issue, origin } = await start()
    const id = await issue()
    const assertion = () => call('GET', `/v1/obi/v2/badge_assertions/${id}`)
    expect((await assertion()).status).toBe(404)
    simulator.acceptBadge(id)
    const { status, body } = await assertion()
    expect(status).toBe(200)
    const { salt, identity } = body.recipient
    const hash = createHash('sha256').update(`ada@example.org${salt}`).digest('hex')
    expect(identity).toBe(`sha256$${hash}`)
    const badgeClass = await call('GET', body.badge.slice(origin.length))
    expect(badgeClass.body).toMatchObject({ type: 'BadgeClass', name: 'Simulated badge 1' })
    const issuer = await call('GET', badgeClass.body.issuer.slice(origin.length))
    expect(issuer.body).toMatchObject({ type: 'Issuer', name: 'Simulated Academy' })
    simulator.setBadgePrivacy(id, false)
    expect((await assertion()).status).toBe(404)
    await call('PUT', `${at}/badges/${id}/revoke`, { reason: 'x' })
    expect((await assertion()).status).toBe(410)
    expect((await call('GET', '/v1/obi/v2/badge_assertions/unknown')).status).toBe(404)
  })
})

describe('simulated events', () => {
  it('tell what happened, the newest first, with the whole object', async () => {
    const { simulator, call, at, issue } = await start()
    const id = await issue()
    simulator.rejectBadge(id)
    simulator.archiveTemplate(credlyTemplateId(1))
    simulator.renameTemplate(credlyTemplateId(4), 'Renamed')
    simulator.deleteTemplate(credlyTemplateId(5))
    await call('DELETE', `${at}/badges/${id}`)
    const { body } = await call('GET', `${at}/events`)
    expect(body.data.map((e: { event_type: string }) => e.event_type)).toEqual([
      'badge.deleted',
      'badge_template.deleted',
      'badge_template.changed',
      'badge_template.changed',
      'badge.state.changed',
      'badge.created',
    ])
    const one = await call('GET', `${at}/events/${body.data.at(-1).id}/`)
    expect(one.body.data).toMatchObject({
      organization_id: organizationId,
      badge: { id, state: 'pending', badge_template: { id: credlyTemplateId(1) } },
    })
    expect((await call('GET', `${at}/events/unknown`)).status).toBe(404)
  })
})

describe('simulated webhooks', () => {
  it('announce an event in few words and without a signature', async () => {
    const { simulator, call, at, issue } = await start()
    const { received, url } = await startReceiver()
    expect((await call('PUT', at, { webhook_url: 'nowhere' })).status).toBe(422)
    expect((await call('PUT', at, { webhook_url: url, bio: 'Hi' })).body.data).toMatchObject({
      webhook_url: url,
      bio: 'Hi',
    })
    await issue()
    await simulator.settleWebhooks()
    const [event] = simulator.events()
    expect(received.map(({ body }) => body)).toEqual([
      {
        id: event!.id,
        organization_id: organizationId,
        event_type: 'badge.created',
        occurred_at: event!.occurredAt.toISOString(),
      },
    ])
    expect(Object.keys(received[0]!.headers).join()).not.toMatch(/sign/)
    await call('PUT', at, { allowed_webhooks: ['badge_template.changed'] })
    await issue({ badge_template_id: credlyTemplateId(2) })
    await simulator.settleWebhooks()
    expect(received).toHaveLength(1)
  })

  it('are repeated at growing intervals until they are answered with 200', async () => {
    const { simulator, call, at, issue } = await start()
    const { received, url } = await startReceiver((count) => (count < 4 ? 204 : 200))
    await call('PUT', at, { webhook_url: url })
    await issue()
    await simulator.settleWebhooks()
    for (const [seconds, count] of [
      [50, 1],
      [15, 2],
      [100, 2],
      [30, 3],
      [250, 4],
      [day, 4],
    ] as const) {
      simulator.advance(seconds)
      await simulator.settleWebhooks()
      expect(received).toHaveLength(count)
    }
    expect(simulator.deliveries()).toMatchObject([{ attempts: 4, outcome: 'delivered' }])
  })

  it('are given up after 25 days', async () => {
    const { simulator, call, at, issue } = await start()
    const { received, url } = await startReceiver(() => 500)
    await call('PUT', at, { webhook_url: url })
    await issue()
    for (let i = 0; i < 26; i += 1) {
      simulator.advance(day)
      await simulator.settleWebhooks()
    }
    expect(simulator.deliveries()).toMatchObject([{ outcome: 'given-up', status: 500 }])
    const count = received.length
    simulator.advance(30 * day)
    await simulator.settleWebhooks()
    expect(received).toHaveLength(count)
  })

  it('come twice and the last one first, on demand', async () => {
    const { simulator, call, at } = await start()
    const { received, url } = await startReceiver()
    await call('PUT', at, { webhook_url: url })
    simulator.setWebhooks({ duplicate: true, reorder: true })
    simulator.archiveTemplate(credlyTemplateId(1))
    simulator.archiveTemplate(credlyTemplateId(2))
    await simulator.settleWebhooks()
    const [first, second] = simulator.events().map(({ id }) => id)
    expect(received.map(({ body }) => body['id'])).toEqual([second, second, first, first])
  })
})

describe('the simulated limit', () => {
  it('is off, and on demand refuses until the window ends', async () => {
    const { simulator, call, at } = await start({ startAt: new Date('2026-05-01T10:00:05Z') })
    simulator.setRateWindow({ requests: 2, seconds: 60 })
    expect((await call('GET', at)).status).toBe(200)
    expect((await call('GET', at)).status).toBe(200)
    const limited = await call('GET', at)
    expect(limited).toMatchObject({ status: 429, body: { metadata: null } })
    expect(Number(limited.retryAfter)).toBeGreaterThan(50)
    simulator.advance(60)
    expect((await call('GET', at)).status).toBe(200)
    simulator.setRateWindow({ requests: 1, seconds: 60, tellsRetryAfter: false })
    await call('GET', at)
    expect(await call('GET', at)).toMatchObject({ status: 429, retryAfter: null })
    simulator.setRateWindow(undefined)
    expect((await call('GET', at)).status).toBe(200)
  })
})

describe('the simulator', () => {
  it('answers what it does not know, or cannot read, in the shape of Credly', async () => {
    const { call, at, origin } = await start()
    const missing = { data: { message: expect.any(String) }, metadata: null }
    expect(await call('GET', `${at}/nothing`)).toMatchObject({ status: 404, body: missing })
    expect(await call('GET', '/v1/nothing')).toMatchObject({ status: 404, body: missing })
    const headers = {
      authorization: `Basic ${btoa(token)}`,
      'content-type': 'application/json',
    }
    const url = `${origin}${at}/badges`
    const broken = await fetch(url, { method: 'POST', headers, body: '{' })
    expect(broken.status).toBe(400)
    expect(await broken.json()).toEqual(missing)
    expect((await fetch(url, { method: 'POST', headers })).status).toBe(422)
  })

  it('is led over the network', async () => {
    const { simulator, call, issue } = await start()
    const accepted = await issue()
    const rejected = await issue({ badge_template_id: credlyTemplateId(3) })
    const lead = async (method: string, path: string, body?: object) =>
      (await call(method, `/__sim/${path}`, body)).status
    expect(await lead('POST', `badges/${accepted}/accept`)).toBe(200)
    expect(await lead('POST', `badges/${accepted}/accept`)).toBe(422)
    expect(await lead('POST', `badges/${rejected}/reject`)).toBe(200)
    expect(await lead('POST', `badges/${rejected}/privacy`, { public: false })).toBe(200)
    expect(await lead('POST', 'badges/unknown/accept')).toBe(404)
    expect(await lead('POST', `templates/${credlyTemplateId(1)}/archive`)).toBe(200)
    expect(await lead('DELETE', `templates/${credlyTemplateId(3)}`)).toBe(200)
    expect(await lead('POST', 'seed', { accounts: [{ emails: ['x@y.zz'] }] })).toBe(200)
    expect(await lead('POST', 'seed', { nonsense: 1 })).toBe(400)
    const settings = { autoAccept: true, webhooks: { duplicate: true }, rateWindow: null }
    expect(await lead('POST', 'settings', settings)).toBe(200)
    expect((await call('GET', '/__sim/mail')).body).toHaveLength(2)
    const badges = (await call('GET', '/__sim/badges')).body
    expect(badges.map((b: { state: string }) => b.state)).toEqual(['accepted', 'rejected'])
    expect((await call('GET', '/__sim/events')).body).toHaveLength(7)
    expect((await call('GET', '/__sim/deliveries')).body).toEqual([])
    await lead('POST', 'reset')
    expect(simulator.badges()).toEqual([])
    expect(simulator.mails()).toEqual([])
    expect(await issue()).toBeTruthy()
    expect(simulator.badges()).toMatchObject([{ state: 'pending' }])
  })

  it('repeats itself from the same seed', async () => {
    const first = await (await start({ seed: 7 })).issue()
    await sim.current.close()
    expect(await (await start({ seed: 7 })).issue()).toBe(first)
  })

  it('holds what it is told to', async () => {
    const holds = {
      organizations: [{ id: 'o', name: 'O' }],
      tokens: [{ organizationId: 'o', token }],
    }
    const { call } = await start({ holds })
    expect((await call('GET', '/v1/organizations')).body.data).toMatchObject([{ id: 'o' }])
  })
})
