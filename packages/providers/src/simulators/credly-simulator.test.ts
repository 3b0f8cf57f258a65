import { afterEach, describe, expect, it } from 'vitest'
import { credlySimulatorDefaults, credlyTemplateId } from './credly-seed.js'
import { type CredlySimulatorOptions, createCredlySimulator } from './credly-simulator.js'

const { organizationId, token, clientId, clientSecret } = credlySimulatorDefaults
const other = '11111111-0000-4000-8000-000000000000'
const sim = { current: createCredlySimulator() }
afterEach(() => sim.current.close())

// biome-ignore lint/suspicious/noExplicitAny: the answers are asserted member by member
type Answered = { readonly status: number; readonly body: any; readonly headers: Headers }

async function start(options: CredlySimulatorOptions = {}) {
  sim.current = createCredlySimulator(options)
  const origin = await sim.current.listen()
  const authorization = `Basic ${btoa(`${token}:`)}`
  const callAs = (auth: string) => async (method: string, path: string, body?: unknown) => {
    const response = await fetch(path.startsWith('http') ? path : origin + path, {
      method,
      headers: { 'content-type': 'application/json', ...(auth && { authorization: auth }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const answered: Answered = {
      status: response.status,
      body: text === '' ? undefined : JSON.parse(text),
      headers: response.headers,
    }
    return answered
  }
  const call = callAs(authorization)
  const at = `/v1/organizations/${organizationId}`
  const issue = (changes: object = {}) => call('POST', `${at}/badges`, order(changes))
  return { simulator: sim.current, origin, call, callAs, at, issue }
}

const order = (changes: object = {}) => ({
  recipient_email: 'ada@example.org',
  issued_to_first_name: 'Ada',
  issued_to_last_name: 'Lovelace',
  badge_template_id: credlyTemplateId(1),
  issued_at: '2014-04-01 09:41:00 -0500',
  ...changes,
})

describe('the simulated key', () => {
  it.each([
    [`Basic ${btoa(`${token}:`)}`, 200],
    [`Basic ${btoa(token)}`, 200],
    [`Basic ${btoa(`${token}:anything`)}`, 200],
    [`basic ${btoa(token)}`, 200],
    [`Basic ${btoa(`${token}|`)}`, 401],
    [`Basic ${token}`, 401],
    [`Bearer ${token}`, 401],
    ['', 401],
  ])('as %s is answered with %i', async (auth, status) => {
    const { callAs, at } = await start()
    for (const form of [at, `${at}/`, `/api${at}`, `/api${at}/`]) {
      const { status: got, body } = await callAs(auth)('GET', form)
      expect(got).toBe(status)
      if (status === 401)
        expect(body).toEqual({ data: { message: 'Unauthorized' }, metadata: null })
    }
  })

  it('needs the right for what it does', async () => {
    const { simulator, callAs, at } = await start()
    simulator.seed({
      tokens: [{ organizationId, token: 'reader', write: false, delete: false }],
    })
    const auth = `Basic ${btoa('reader:')}`
    expect((await callAs(auth)('GET', at)).status).toBe(200)
    expect((await callAs(auth)('POST', `${at}/badges`, order())).status).toBe(401)
    expect((await callAs(auth)('PUT', at, {})).status).toBe(401)
    expect((await callAs(auth)('DELETE', `${at}/badges/1`)).status).toBe(401)
  })

  it('ends after 180 days', async () => {
    const { simulator, call, at } = await start()
    simulator.advance(180 * 86_400 - 60)
    expect((await call('GET', at)).status).toBe(200)
    simulator.advance(61)
    expect((await call('GET', at)).status).toBe(401)
  })

  it('opens no other organization', async () => {
    const { simulator, call } = await start()
    simulator.seed({
      organizations: [{ id: other, name: 'Other' }],
      templates: [{ id: 'foreign', organizationId: other, name: 'Foreign' }],
    })
    expect((await call('GET', `/v1/organizations/${other}`)).status).toBe(404)
    expect((await call('POST', `/v1/organizations/${other}/badges`, order())).status).toBe(404)
    expect((await call('GET', '/v1/organizations')).body.data).toHaveLength(1)
    expect(
      (await call('GET', `/v1/organizations/${organizationId}/badge_templates/foreign`)).status,
    ).toBe(404)
  })

  it('sees the others that it may see, and makes new ones', async () => {
    const { simulator, call, callAs, at } = await start()
    simulator.seed({ tokens: [{ organizationId, token: 'reader', write: false, delete: false }] })
    const made = await call('POST', `${at}/authorization_tokens`, { read_enabled: true })
    expect(made.status).toBe(201)
    expect(Object.keys(made.body.data).toSorted()).toEqual(
      'created_at delete_enabled description expires_at id owner owner_id read_enabled token write_enabled'.split(
        ' ',
      ),
    )
    expect((await call('GET', `${at}/authorization_tokens`)).body.data).toHaveLength(3)
    const auth = `Basic ${btoa('reader')}`
    const seen = await callAs(auth)('GET', `${at}/authorization_tokens`)
    expect(seen.body.data.map((t: { token: string }) => t.token)).toEqual([
      'reader',
      made.body.data.token,
    ])
  })
})

describe('the simulated OAuth', () => {
  const grant = (changes: object = {}) => ({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    ...changes,
  })

  it('gives a token for two hours', async () => {
    const { simulator, callAs, at } = await start()
    const { body } = await callAs('')('POST', '/oauth/token', grant())
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 7200 })
    const auth = `Bearer ${body.access_token}`
    expect((await callAs(auth)('GET', at)).status).toBe(200)
    simulator.advance(7201)
    expect((await callAs(auth)('GET', at)).status).toBe(401)
  })

  it('keeps to the scopes', async () => {
    const { callAs, at } = await start()
    const { body } = await callAs('')('POST', '/oauth/token', grant({ scope: 'events' }))
    const auth = `Bearer ${body.access_token}`
    expect((await callAs(auth)('GET', `${at}/events`)).status).toBe(200)
    expect((await callAs(auth)('POST', `${at}/badges`, order())).status).toBe(403)
  })

  it.each([
    [{ client_secret: 'wrong' }, 401, 'invalid_client'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
    [{ scope: 'everything' }, 400, 'invalid_scope'],
  ])('refuses %o', async (changes, status, error) => {
    const { callAs } = await start()
    const answered = await callAs('')('POST', '/oauth/token', grant(changes))
    expect(answered).toMatchObject({ status, body: { error } })
  })
})

describe('simulated lists', () => {
  it('have pages of fifty, linked under another folder', async () => {
    const { call, at, origin } = await start()
    const first = await call('GET', `${at}/badge_templates/?sort=-name`)
    expect(first.body.data).toHaveLength(50)
    expect(first.body.metadata).toMatchObject({
      count: 50,
      current_page: 1,
      total_count: 60,
      total_pages: 2,
      per: 50,
      previous_page_url: null,
    })
    const next = first.body.metadata.next_page_url
    expect(next).toBe(
      `${origin}/api/v1/organizations/${organizationId}/badge_templates?sort=-name&page=2`,
    )
    const second = await call('GET', next)
    expect(second.body.data).toHaveLength(10)
    expect(second.body.metadata).toMatchObject({ count: 10, next_page_url: null })
    const names = [...first.body.data, ...second.body.data].map((t: { name: string }) => t.name)
    expect(names).toEqual(names.toSorted().toReversed())
  })

  it.each([
    ['state::active', 54],
    ['state::draft,archived', 6],
    ['name::badge 1', 11],
    ['name::"Simulated badge 1"', 1],
    ['query::given for', 60],
    ['skills::Testing|state::archived', 2],
    ['created_at_min::2999-01-01', 0],
    ['updated_at_max::2999-01-01', 60],
    ['public::false', 0],
    [`owner_id::${organizationId}`, 60],
    ['owner_id::nobody', 0],
    ['collection_id::1', 0],
    ['reporting_tags::x', 0],
    ['unknown::x', 60],
    ['constructor::x', 60],
    ['nonsense', 60],
  ])('are filtered by %s', async (filter, count) => {
    const { call, at } = await start()
    const query = new URLSearchParams({ filter })
    const { body } = await call('GET', `${at}/badge_templates?${query}`)
    expect(body.metadata.total_count).toBe(count)
  })

  it.each([
    ['recipient_email::ADA@example.org', 1],
    ['recipient_email::ada@home.example', 0],
    ['recipient_email_all::ada@home.example', 1],
    [`badge_template_id::${credlyTemplateId(3)}`, 1],
    ['state::pending,accepted', 2],
    ['state::revoked', 0],
    ['issuer_earner_id::bob', 1],
    ['query::lovelace', 2],
    ['badge_templates[reporting_tags]::x', 0],
    ['public::true', 2],
  ])('of badges are filtered by %s', async (filter, count) => {
    const { simulator, issue, call, at } = await start()
    simulator.seed({ accounts: [{ emails: ['ada@example.org', 'ada@home.example'] }] })
    await issue()
    const badge_template_id = credlyTemplateId(3)
    await issue({ recipient_email: 'bob@example.org', badge_template_id, issuer_earner_id: 'bob' })
    const query = new URLSearchParams({ filter, sort: '-issued_at|created_at' })
    expect((await call('GET', `${at}/badges?${query}`)).body.metadata.total_count).toBe(count)
  })

  it('of high volume tell only where they go on', async () => {
    const { simulator, issue, call, at } = await start()
    for (let i = 0; i < 51; i += 1) await issue({ badge_template_id: credlyTemplateId(2) })
    const list = `${at}/high_volume_issued_badge_search`
    const first = await call('GET', `${list}?badge_format=minimal`)
    expect(Object.keys(first.body.metadata)).toEqual(['next_page_url'])
    expect(first.body.data[0]).not.toHaveProperty('badge_template')
    const second = await call('GET', first.body.metadata.next_page_url)
    expect(second.body).toMatchObject({
      data: [{ state: 'pending' }],
      metadata: { next_page_url: null },
    })
    expect(simulator.badges()).toHaveLength(51)
  })
})

describe('simulated issuing', () => {
  it('answers with a whole badge', async () => {
    const { issue, call, at } = await start()
    const { status, body } = await issue({ issuer_earner_id: '7' })
    expect(status).toBe(201)
    expect(body.metadata).toEqual({})
    expect(Object.keys(body.data)).toEqual(expect.arrayContaining(badgeMembers))
    expect(Object.keys(body.data.badge_template)).toEqual(expect.arrayContaining(templateMembers))
    expect(body.data).toMatchObject({
      state: 'pending',
      user: {},
      issued_at: '2014-04-01T14:41:00.000Z',
      issued_to: 'Ada Lovelace',
      locale: 'en',
      expires_at: null,
      accept_badge_url: `https://www.credly.com/badges/${body.data.id}/accept`,
    })
    expect(body.data).not.toHaveProperty('badge_url')
    expect((await call('GET', `${at}/badges/${body.data.id}`)).body).toEqual(body)
    const organization = await call('GET', at)
    expect(Object.keys(organization.body.data)).toEqual(expect.arrayContaining(organizationMembers))
  })

  it.each([
    [{ recipient_email: undefined }, /Recipient email can't be blank/],
    [{ recipient_email: 'ada' }, /Recipient email is invalid/],
    [{ issued_to_first_name: ' ' }, /Issued to first name can't be blank/],
    [{ issued_to_last_name: undefined }, /Issued to last name can't be blank/],
    [{ issued_at: undefined }, /Issued at can't be blank/],
    [{ issued_at: 'yesterday' }, /Issued at is invalid/],
    [{ issued_at: '2014-02-30' }, /Issued at is invalid/],
    [{ issued_at: 5 }, /Issued at is invalid/],
    [{ badge_template_id: undefined }, /^Invalid or missing Badge Template ID: $/],
    [{ badge_template_id: 'nope' }, /^Invalid or missing Badge Template ID: nope$/],
    [{ badge_template_id: 'foreign' }, /^Invalid or missing Badge Template ID: foreign$/],
    [{ badge_template_id: credlyTemplateId(20) }, /archived/],
    [{ badge_template_id: credlyTemplateId(10) }, /draft/],
    [{ locale: 'xx' }, /Locale/],
    [{ expires_at: 'later' }, /Expires at is invalid/],
    [{ expires_at: true }, /Expires at is invalid/],
    [{ suppress_badge_notification_email: 'yes' }, /invalid/],
    [{ evidence: [{ type: 'UrlEvidence', value: 'no url' }] }, /Evidence/],
    [{ evidence: [{ type: 'Other' }] }, /Evidence/],
  ])('refuses %o', async (changes, message) => {
    const { simulator, issue } = await start()
    simulator.seed({ templates: [{ id: 'foreign', organizationId: other, name: 'Foreign' }] })
    const { status, body } = await issue(changes)
    expect(status).toBe(422)
    expect(body).toEqual({ data: { message: expect.stringMatching(message) }, metadata: null })
    expect(simulator.badges()).toHaveLength(0)
  })

  it.each([
    [{}, 422],
    [{ recipient_email: 'ADA@example.org' }, 422],
    [{ recipient_email: 'ada@home.example' }, 422],
    [{ recipient_email: 'new@example.org', issuer_earner_id: '7' }, 422],
    [{ recipient_email: 'new@example.org', issuer_earner_id: '8' }, 201],
    [{ badge_template_id: credlyTemplateId(3) }, 201],
  ])('of a second badge with %o is answered with %i', async (changes, status) => {
    const { simulator, issue } = await start()
    simulator.seed({ accounts: [{ emails: ['ada@example.org', 'ada@home.example'] }] })
    await issue({ issuer_earner_id: '7' })
    expect((await issue(changes)).status).toBe(status)
  })

  it('may be repeated where the template allows it, or the first is revoked', async () => {
    const { issue, call, at } = await start()
    const badge_template_id = credlyTemplateId(2)
    expect((await issue({ badge_template_id })).status).toBe(201)
    expect((await issue({ badge_template_id })).status).toBe(201)
    const { body } = await issue()
    await call('PUT', `${at}/badges/${body.data.id}/revoke/`, { reason: 'x' })
    expect((await issue()).status).toBe(201)
  })

  it('knows when a badge ends', async () => {
    const { simulator, issue } = await start()
    const id = 'short'
    simulator.seed({ templates: [{ id, organizationId, name: 'Short', expiresAfterDays: 1 }] })
    const ends = async (email: string, changes: object) => {
      const asked = { badge_template_id: id, recipient_email: email, ...changes }
      return (await issue(asked)).body.data.expires_at
    }
    expect(await ends('a@b.cd', {})).toBe('2014-04-02T14:41:00.000Z')
    expect(await ends('b@b.cd', { expires_at: null })).toBe('2014-04-02T14:41:00.000Z')
    expect(await ends('c@b.cd', { expires_at: false })).toBeNull()
    expect(await ends('d@b.cd', { expires_at: '2030-01-01T00:00:00Z' })).toBe(
      '2030-01-01T00:00:00.000Z',
    )
  })

  it('of a batch is whole or nothing', async () => {
    const { simulator, call, at } = await start()
    const second = order({ badge_template_id: credlyTemplateId(3) })
    const good = await call('POST', `${at}/badges/batch`, { badges: [order(), second] })
    expect(good).toMatchObject({ status: 201, body: { data: [{}, {}] } })
    const bad = await call('POST', `${at}/badges/batch`, {
      badges: [order({ recipient_email: 'bob@example.org' }), order()],
    })
    expect(bad.status).toBe(422)
    expect(simulator.badges()).toHaveLength(2)
    expect((await call('POST', `${at}/badges/batch`, {})).status).toBe(422)
  })

  it('accepts at once when it is told to', async () => {
    const { issue } = await start({ autoAccept: true })
    const { data } = (await issue()).body
    expect(data).toMatchObject({ state: 'accepted', user: { email: 'ada@example.org' } })
  })
})

const badgeMembers =
  'user created_by issuer printing_enabled print_method badge_template id issued_to issued_to_first_name issued_to_middle_name issued_to_last_name issuer_earner_id locale public recipient_email replacement_badge_id replaces_badge_id revocation_reason state suppress_badge_notification_email updated_at country country_code state_or_province created_at expires_at expires_at_date issued_at issued_at_date state_updated_at image image_url alignments evidence'.split(
    ' ',
  )
const templateMembers =
  'id allow_duplicate_badges cost description global_activity_url level lock_badge_state name state public badges_count recipient_type send_expiring_badge_notifications show_badge_lmi show_lmi_jobs show_skill_tag_links vanity_slug record_to_blockchain time_to_earn type_category printing_disabled visibility criteria_url_name criteria_url certification state_updated_at created_at updated_at show_template_settings get_issue_count image image_url url owner alignments recommendations required_badge_templates badge_template_activities skills reporting_tags'.split(
    ' ',
  )
const organizationMembers =
  'id name website_url webhook_url contact_email legal_contact_email technical_contact_email zip_or_postal_code organization_type bio twitter_url vanity_slug facebook_url linked_in_url linked_in_org_id city address primary_hex_color support_email support_url allow_saml_debug allowed_webhooks enable_blockchain print_method pdf_id internationalize_badge_templates workforce_enabled location country state_or_province created_at updated_at vanity_url verified_at verified photo photo_url has_employees featured_badge_templates'.split(
    ' ',
  )
