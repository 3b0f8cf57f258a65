import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type AccredibleSimulator,
  type AccredibleSimulatorOptions,
  createAccredibleSimulator,
} from './accredible-simulator.js'
import { accredibleSimulatorDepartmentKey, accredibleSimulatorKey } from './accredible-store.js'

const startAt = new Date('2026-03-10T12:00:00Z')
let simulator: AccredibleSimulator
let base: string

async function start(options: AccredibleSimulatorOptions = {}) {
  await simulator?.close()
  simulator = createAccredibleSimulator({ startAt, ...options })
  base = await simulator.listen()
}

beforeEach(() => start())
afterEach(() => simulator.close())

// biome-ignore lint/suspicious/noExplicitAny: whatever is answered is looked into here.
type Answered = { status: number; json: any }

async function send(call: string, body?: unknown, authorization?: string): Promise<Answered> {
  const [method = 'GET', path = ''] = call.split(' ')
  const response = await fetch(`${base}${path}`, {
    method,
    headers: {
      authorization: authorization ?? `Token token=${accredibleSimulatorKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, json: text.startsWith('{') ? JSON.parse(text) : text }
}

const groupAt = (index: number) => simulator.groups()[index]?.id
const recipient = { name: 'Ada Lovelace', email: 'ada@example.org' }
const create = (fields: object = {}) =>
  send('POST /v1/credentials', { credential: { recipient, group_id: groupAt(0), ...fields } })
const search = (query: object, rest: object = {}) =>
  send('POST /v2/credentials/search', { query, ...rest })
const makeMany = (count: number) =>
  simulator.seed({
    credentials: Array.from({ length: count }, (_, i) => ({
      recipient: { ...recipient, email: `p${i}@example.org` },
      group_id: groupAt(0),
    })),
  })

describe('a key', () => {
  it.each(['Token token=K', 'Token token="K"', 'Token K', 'Bearer K'])(
    'is taken as %s',
    async (form) => {
      const written = form.replace('K', accredibleSimulatorKey)
      expect((await send('GET /v1/issuer/details', undefined, written)).status).toBe(200)
    },
  )

  it.each([
    ['', 'HTTP Token: Access denied.\n'],
    ['Basic abc', 'HTTP Token: Access denied.\n'],
    ['Token token=wrong', { success: false, data: 'issuer_token not valid' }],
  ])('that is "%s" is refused', async (written, json) => {
    expect(await send('GET /v1/issuer/details', undefined, written)).toEqual({ status: 401, json })
  })

  it('of a department sees what belongs to it', async () => {
    const key = `Token token=${accredibleSimulatorDepartmentKey}`
    const { json } = await send('POST /v1/issuer/groups/search', {}, key)
    expect(json.meta.total_count).toBe(6)
    const ours = json.groups[0].id
    const made = await create({ group_id: ours })
    const foreign = await create()
    const look = (id: string) => send(`GET /v1/credentials/${id}`, undefined, key)
    expect((await look(made.json.credential.id)).status).toBe(200)
    expect((await look(foreign.json.credential.id)).status).toBe(404)
    expect((await send(`GET /v1/issuer/groups/${groupAt(0)}`, undefined, key)).status).toBe(404)
    const credential = { recipient: { ...recipient, email: 'b@c.org' }, group_id: groupAt(0) }
    expect(await send('POST /v1/credentials', { credential }, key)).toEqual({
      status: 422,
      json: { errors: 'Invalid Group' },
    })
    const { json: found } = await send('POST /v2/credentials/search', { query: {} }, key)
    expect(found.meta.count).toBe(1)
  })
})

describe('the limit', () => {
  it('of 100 a minute is on the old search', async () => {
    const ask = () => send('POST /v1/credentials/search', {})
    const answers = await Promise.all(Array.from({ length: 101 }, ask))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(100)
    expect(await ask()).toEqual({ status: 429, json: 'Retry later\n' })
    simulator.advance(61)
    expect((await ask()).status).toBe(200)
  })

  it('can be lifted', async () => {
    await start({ rateLimit: false })
    const ask = () => send('POST /v1/credentials/search', {})
    const answers = await Promise.all(Array.from({ length: 101 }, ask))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
  })
})

describe('a list', () => {
  it.each(['GET /v1/issuer/all_groups', 'POST /v1/issuer/groups/search'])(
    'from %s has 50 rows to a page and true facts',
    async (call) => {
      const first = await send(call)
      expect(first.json.groups).toHaveLength(50)
      const meta = {
        current_page: 1,
        next_page: 2,
        prev_page: null,
        total_pages: 2,
        total_count: 60,
      }
      expect(first.json.meta).toEqual(meta)
      const second = await send(`${call}?page=2`)
      expect(second.json.groups).toHaveLength(10)
      expect(second.json.meta).toMatchObject({ next_page: null, prev_page: 1 })
      expect((await send(`${call}?page_size=7&page=9`)).json.groups).toHaveLength(4)
    },
  )

  it('has groups without a primary design, and can be narrowed', async () => {
    const all = await send('POST /v1/issuer/groups/search', { page_size: 100 })
    expect(
      all.json.groups.map((group: { primary_design_id: unknown }) => group.primary_design_id),
    ).toContain(null)
    const narrowed = await send('POST /v1/issuer/groups/search', { course_name: 'botany' })
    expect(narrowed.json.meta.total_count).toBe(10)
    const one = await send('POST /v1/issuer/groups/search', { ids: [groupAt(3)] })
    expect(one.json.groups).toHaveLength(1)
  })

  it('has ids that are numbers, and single answers have texts', async () => {
    const { json } = await create()
    expect(json.credential.id).toEqual(expect.any(String))
    const listed = await send('GET /v1/all_credentials')
    expect(listed.json.credentials[0].id).toBe(Number(json.credential.id))
    const old = await send('POST /v1/credentials/search', { recipient: { email: recipient.email } })
    expect(old.json.credentials).toHaveLength(1)
    const none = await send('POST /v1/credentials/search?recipient.email=x@y.org')
    expect(none.json.meta.total_count).toBe(0)
  })
})

describe('a new credential', () => {
  it('is answered with 200, and takes a credit', async () => {
    const { status, json } = await create({ id: 'own', meta_data: { a: 'b' } })
    expect(status).toBe(200)
    expect(json.credential).toMatchObject({
      approve: true,
      name: 'First Aid 1',
      issued_on: '2026-03-10',
      expired_on: null,
      group_id: groupAt(0),
      meta_data: { a: 'b' },
    })
    expect((await send('GET /v1/issuer/details')).json.issuer.certificate_left).toBe(9999)
  })

  it.each([
    [{ recipient: undefined }, 'Can not create credential without recipient data'],
    [{ recipient: { name: 'Ada' } }, 'Can not create credential without recipient data'],
    [{ recipient: { ...recipient, name: '' } }, 'Can not create credential without recipient data'],
    [{ recipient: { ...recipient, email: 'ada' } }, { 'recipient.email': ['is invalid'] }],
    [{ group_id: 1 }, 'Invalid Group'],
    [{ group_id: 'x' }, 'Invalid Group'],
    [{ group_id: undefined }, 'Invalid Group'],
    [{ issued_on: '2026-02-30' }, { issued_on: ['is not a valid date'] }],
    [{ expired_on: 'soon' }, { expired_on: ['is not a valid date'] }],
    [
      { evidence_items: [{ description: 'Work', category: 'song' }] },
      { 'evidence_items.category': ['is not included in the list'] },
    ],
  ])('with %o is refused', async (fields, errors) => {
    expect(await create(fields)).toEqual({ status: 422, json: { errors } })
    expect(simulator.credentials()).toEqual([])
  })

  it.each([
    ['2026-01-31', '2026-01-31'],
    ['31/01/2026', '2026-01-31'],
    ['2026-01-31 10:00:00 +0000', '2026-01-31'],
    ['2026-01-31T10:00:00Z', '2026-01-31'],
  ])('may be issued on %s', async (issued_on, day) => {
    expect((await create({ issued_on })).json.credential.issued_on).toBe(day)
  })

  it('is one to an address and group, ended ones included, unless the group allows more', async () => {
    const { json } = await create()
    await send(`PUT /v1/credentials/${json.credential.id}`, {
      credential: { expired_on: '2020-01-01' },
    })
    const again = await create({ recipient: { ...recipient, email: 'ADA@example.org' } })
    expect(again).toMatchObject({
      status: 422,
      json: { errors: { 'recipient.email': [expect.stringContaining('already been taken')] } },
    })
    expect((await create({ group_id: groupAt(1) })).status).toBe(200)
    expect((await create({ group_id: groupAt(14) })).status).toBe(200)
    expect((await create({ group_id: groupAt(14) })).status).toBe(200)
  })

  it('is not published without credits, nor in the sandbox', async () => {
    simulator.setCredits(0)
    expect((await create()).json.credential.approve).toBe(false)
    await start({ sandboxMode: true })
    expect((await create({ approve: true })).json.credential.approve).toBe(false)
    expect(simulator.credentials()[0]?.state).toBe('unpublished')
    expect((await send('GET /v1/issuer/details')).json.issuer.certificate_left).toBe(10_000)
  })

  it('ends when its group says so', async () => {
    const { json } = await create({ group_id: groupAt(19) })
    expect(json.credential.expired_on).toBe('2028-03-10')
  })
})

describe('a credential', () => {
  it.each(['PUT', 'PATCH'])('is changed in part by %s, and notes when', async (method) => {
    const { json } = await create({ id: 'own' })
    const [before] = simulator.credentials()
    simulator.advance(60)
    const changed = await send(`${method} /v1/credentials/${json.credential.id}`, {
      credential: { expired_on: '2027-01-01', recipient: { name: 'Ada King' } },
    })
    expect(changed.json.credential).toMatchObject({
      expired_on: '2027-01-01',
      name: 'First Aid 1',
      recipient: { name: 'Ada King', email: recipient.email },
    })
    const [after] = simulator.credentials()
    expect(after).toMatchObject({ licenseId: 'own', state: 'published' })
    expect(after?.updatedAt.localeCompare(before?.updatedAt ?? '')).toBe(1)
    const cleared = await send(`${method} /v1/credentials/${json.credential.id}`, {
      credential: { expired_on: null },
    })
    expect(cleared.json.credential.expired_on).toBeNull()
  })

  it('is published by a change, when there is a credit', async () => {
    const { json } = await create({ approve: false })
    const publish = () =>
      send(`PUT /v1/credentials/${json.credential.id}`, { credential: { approve: true } })
    simulator.setCredits(0)
    expect((await publish()).json.credential.approve).toBe(false)
    simulator.setCredits(1)
    expect((await publish()).json.credential.approve).toBe(true)
  })

  it('is answered once more when it is deleted, and is gone then', async () => {
    const { json } = await create()
    const path = `/v1/credentials/${json.credential.id}`
    expect((await send(`DELETE ${path}`)).json).toEqual(json)
    expect(await send(`GET ${path}`)).toEqual({ status: 404, json: { errors: "Doesn't exist" } })
    expect((await send(`DELETE ${path}`)).status).toBe(404)
    expect((await send(`PUT ${path}`, { credential: {} })).json.success).toBe(false)
  })

  it('has evidence', async () => {
    const { json } = await create()
    const path = `/v1/credentials/${json.credential.id}/evidence_items`
    const evidence_item = { description: 'Work', category: 'url', url: 'https://example.org' }
    const made = await send(`POST ${path}`, { evidence_item })
    expect(made.json.evidence_item).toMatchObject({ type: 'url', link_url: 'https://example.org' })
    const one = `${path}/${made.json.evidence_item.id}`
    await send(`PUT ${one}`, { evidence_item: { description: 'More work' } })
    expect((await send(`GET ${one}`)).json.evidence_item.description).toBe('More work')
    expect((await send(`GET ${path}`)).json.evidence_items).toHaveLength(1)
    expect((await send(`DELETE ${one}`)).status).toBe(200)
    expect((await send(`GET ${one}`)).status).toBe(404)
  })
})

describe('several credentials at once', () => {
  const many = (count: number) => ({
    credentials: Array.from({ length: count }, (_, i) => ({
      recipient: { ...recipient, email: `p${i}@example.org` },
      group_id: groupAt(0),
    })),
  })

  it('are at most 100 in the first version and 30 in the second', async () => {
    expect((await send('POST /v1/credentials/bulk_create', many(101))).status).toBe(422)
    expect((await send('POST /v2/credentials/bulk_create', many(31))).status).toBe(422)
    expect(simulator.credentials()).toEqual([])
    const made = await send('POST /v1/credentials/bulk_create', many(100))
    expect(made.json.results).toHaveLength(100)
  })

  it('are answered with 200, 207 and 422', async () => {
    const bulk = (count: number) => send('POST /v2/credentials/bulk_create', many(count))
    expect((await bulk(2)).status).toBe(200)
    const mixed = await bulk(3)
    expect(mixed.status).toBe(207)
    expect(mixed.json.results.map((row: object) => Object.keys(row))).toEqual([
      ['errors'],
      ['errors'],
      ['credential'],
    ])
    // Both spellings of the documentation.
    expect(mixed.json.results[0].errors.details[0]).toHaveProperty('message')
    expect(mixed.json.results[1].errors.details[0]).toHaveProperty('reason')
    expect((await bulk(3)).status).toBe(422)
    simulator.setCredits(0)
    const unpaid = await bulk(4)
    expect(unpaid.status).toBe(207)
    expect(unpaid.json.results[3]).toMatchObject({
      credential: { id: expect.any(Number), approve: false },
      errors: { code: 'insufficient_credits' },
    })
  })
})

describe('the second search', () => {
  it('finds by fields and operators', async () => {
    await create({ id: 'own', meta_data: { award: 'a', more: 'b' }, issued_on: '2026-01-15' })
    await create({ group_id: groupAt(1), approve: false, expired_on: '2027-01-01' })
    const count = async (query: object) => (await search(query)).json.meta.count
    expect(await count({})).toBe(2)
    expect(await count({ 'group.id': groupAt(0) })).toBe(1)
    expect(await count({ 'group.id[eq]': String(groupAt(0)) })).toBe(1)
    expect(await count({ 'group.id[in]': [groupAt(0), groupAt(1)] })).toBe(2)
    expect(await count({ approve: false })).toBe(1)
    expect(await count({ 'license_id[eq]': 'own' })).toBe(1)
    expect(await count({ meta_data: { award: 'a' } })).toBe(1)
    expect(await count({ 'recipient_email[eq]': recipient.email, recipient_name: 'No' })).toBe(0)
    expect(await count({ 'issued_on[lt]': '2026-01-15' })).toBe(0)
    expect(await count({ 'issued_on[lte]': '2026-01-15' })).toBe(1)
    expect(await count({ 'issued_on[gt]': '2026-01-15' })).toBe(1)
    expect(await count({ 'expired_on[gte]': '2027-01-01' })).toBe(1)
    expect(await count({ 'updated_at[gte]': '2026-03-10' })).toBe(2)
    expect(await count({ 'updated_at[gte]': '2026-03-11' })).toBe(0)
  })

  it.each([
    [undefined, {}],
    [{ colour: 'red' }, {}],
    [{ 'approve[in]': [true] }, {}],
    [{ 'recipient_email[gt]': 'a' }, {}],
    [{ 'updated_at[gte]': '2026-03-10T12:00:00Z' }, {}],
    [{}, { sort: { updated_at: 'asc' } }],
    [{}, { sort: { id: 'increasing' } }],
    [{}, { page: { from: 9_980, size: 50 } }],
    [{}, { page: { from: 0, cursor: 'WzFd' } }],
    [{}, { page: { cursor: 'nonsense' } }],
  ])('refuses %o with %o', async (query, rest) => {
    expect(await send('POST /v2/credentials/search', { query, ...rest })).toMatchObject({
      status: 400,
      json: { code: 400, status: 'invalid_search_query' },
    })
  })

  it('goes on by number and by cursor', async () => {
    makeMany(120)
    const idsOf = ({ json }: Answered) => json.credentials.map(({ id }: { id: number }) => id)
    const all = simulator.credentials().map(({ id }) => id)
    const first = await search({}, { sort: { id: 'asc' } })
    expect(idsOf(first)).toEqual(all.slice(0, 50))
    expect(first.json.meta).toMatchObject({ count: 120, from: 0, size: 50 })
    expect(idsOf(await search({}, { page: { from: 100 } }))).toEqual(all.slice(100))
    const { cursor } = first.json.meta
    const second = await search({}, { sort: { id: 'asc' }, page: { cursor, size: 70 } })
    expect(idsOf(second)).toEqual(all.slice(50))
    const end = await search({}, { sort: { id: 'asc' }, page: { cursor: second.json.meta.cursor } })
    expect(end.json).toEqual({ credentials: [], meta: { count: 120, from: 0, size: 50 } })
    const down = await search({}, { sort: { id: 'desc' }, page: { size: 1 } })
    expect(idsOf(down)).toEqual(all.slice(-1))
  })

  it('may lag behind', async () => {
    await start({ searchLagMs: 60_000 })
    await create()
    expect((await search({})).json.credentials).toEqual([])
    simulator.advance(61)
    expect((await search({})).json.credentials).toHaveLength(1)
  })

  it('has rows that are flat and tell of the recipient', async () => {
    await create({ id: 'own' })
    simulator.openCredential(simulator.credentials()[0]?.id ?? 0)
    const { json } = await search({})
    expect(json.credentials[0]).toMatchObject({
      id: expect.any(Number),
      uuid: expect.any(String),
      license_id: 'own',
      recipient_email: recipient.email,
      recipient_opened: true,
      published_on: '2026-03-10',
      group: { id: groupAt(0), course_name: 'First Aid 1' },
    })
  })
})

describe('a group', () => {
  it('is made, changed, cloned and deleted', async () => {
    const group = { name: 'g', course_name: 'Knots', course_description: 'Tie them' }
    const made = await send('POST /v1/issuer/groups', { group })
    expect(made.json.group).toMatchObject({ ...group, primary_design_id: null, department_id: 1 })
    const path = `/v1/issuer/groups/${made.json.group.id}`
    const changed = await send(`PUT ${path}`, { group: { course_name: 'Bends' } })
    expect(changed.json.group).toMatchObject({ name: 'g', course_name: 'Bends' })
    const cloned = await send(`POST ${path}/clone`)
    expect(cloned.json.group).toMatchObject({ name: 'g (copy)', course_name: 'Bends' })
    expect(cloned.json.group.id).not.toBe(made.json.group.id)
    expect((await send(`DELETE ${path}`)).json.group.name).toBe('g')
    const gone = { success: false, data: 'Group does not exist' }
    expect(await send(`GET ${path}`)).toEqual({ status: 404, json: gone })
  })

  it.each([
    [{ name: 'g' }, { course_name: ["can't be blank"] }],
    [{ course_name: 'g' }, { name: ["can't be blank"] }],
    [{ name: 'group-01', course_name: 'g' }, { name: ['has already been taken'] }],
    [
      { name: 'g', course_name: 'g', language: 'xx' },
      { language: ['is not included in the list'] },
    ],
  ])('that is %o is refused', async (group, errors) => {
    expect(await send('POST /v1/issuer/groups', { group })).toEqual({
      status: 422,
      json: { errors },
    })
  })

  it('has a design that is drawn', async () => {
    const { json } = await send('GET /v1/designs/501')
    const image = await fetch(json.design.rasterized_content_url)
    expect(image.headers.get('content-type')).toContain('image/svg+xml')
    expect(await send('GET /v1/designs/999')).toEqual({ status: 404, json: { error: 'Not found' } })
    const badges = await send('POST /v1/designs/search', { kind: 'certificate' })
    expect(badges.json.meta.total_count).toBe(4)
  })
})

describe('the control of the simulator', () => {
  it('seeds, sets credits and resets', async () => {
    const group = { name: 'mine', course_name: 'Mine', course_description: 'Mine' }
    const seeded = await send('POST /__sim/seed', { credits: 1, groups: [group] })
    expect(simulator.groups().at(-1)).toMatchObject({ id: seeded.json.groups[0], name: 'mine' })
    expect((await send('POST /__sim/credits', { credits: 3 })).json).toEqual({ credits: 3 })
    expect((await send('GET /v1/issuer/details')).json.issuer.certificate_left).toBe(3)
    expect((await send('POST /__sim/seed', { colour: 'red' })).status).toBe(400)
    simulator.deleteGroup(seeded.json.groups[0])
    expect(simulator.groups()).toHaveLength(60)
    await create()
    simulator.advance(86_400)
    await send('POST /__sim/reset', {})
    expect(simulator.now().toISOString().slice(0, 10)).toBe('2026-03-10')
    expect(simulator.credentials()).toEqual([])
    expect((await send('GET /v1/issuer/details')).json.issuer.certificate_left).toBe(10_000)
  })
})
