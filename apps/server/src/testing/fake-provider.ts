import {
  type AccountFacts,
  type Capabilities,
  type Changes,
  type Order,
  type Provider,
  type ProviderBadge,
  ProviderError,
  type ProviderEvent,
  type ProviderKind,
  type ProviderTemplate,
  type Revocation,
} from '@rosette/providers'

const capabilitiesOfCredly: Capabilities = {
  revocation: 'revoke',
  reissue: 'anew',
  changes: 'webhook',
  batchMost: 1,
  needsAcceptance: true,
  rateLimit: { burst: 10_000, perSecond: 10_000, countedBy: 'account', source: 'assumed' },
  evidence: true,
  locales: ['en'],
  expiry: 'time',
  ownId: false,
  quiet: true,
  requires: ['email', 'name'],
}

/** One call that was made, failed or not; `what` is the template, order, revocation or id it was about. */
export type FakeCall = { readonly name: keyof Provider; readonly what: unknown }

type Wanted = {
  readonly kind?: ProviderKind
  readonly capabilities?: Partial<Capabilities>
  readonly facts?: Partial<AccountFacts>
}

type Failure = {
  readonly error: Error
  /** The call has its effect, and only its answer is lost. */
  readonly after: boolean
}

/** A provider in memory, whose next calls can be made to fail. */
export function createFakeProvider(wanted: Wanted = {}) {
  const kind = wanted.kind ?? 'credly'
  const capabilities = { ...capabilitiesOfCredly, ...wanted.capabilities }
  const templates = new Map<string, ProviderTemplate>()
  const store = createBadgeStore(capabilities, templates)
  const events = new Map<string, ProviderEvent>()
  const calls: FakeCall[] = []
  const failures: (Failure | null)[] = []
  let keys = 0
  const facts: { -readonly [K in keyof AccountFacts]: AccountFacts[K] } = {
    name: 'Fake organization',
    keyExpiresAt: null,
    credits: null,
    ...wanted.facts,
  }

  async function call<T>(name: keyof Provider, what: unknown, work: () => T): Promise<T> {
    calls.push({ name, what })
    const failure = failures.shift() ?? null
    if (failure?.after === false) throw failure.error
    const result = work()
    if (failure !== null) throw failure.error
    return result
  }

  const provider: Provider = {
    kind,
    capabilities,
    testConnection: () => call('testConnection', undefined, () => ({ ...facts })),
    async *listTemplates() {
      yield* await call('listTemplates', undefined, () => inPages([...templates.values()]))
    },
    getTemplate: (id) => call('getTemplate', id, () => templates.get(id)),
    issue: (order) => call('issue', order, () => store.issue(order)),
    revoke: (id, how) => call('revoke', { id, ...how }, () => store.revoke(id, how)),
    getBadge: (id) => call('getBadge', id, () => store.badges.get(id)),
    findByRecipient: (sought) => call('findByRecipient', sought, () => store.find(sought)),
    ...(capabilities.reissue === 'renew' && {
      renew: (id, order) => call('renew', { id, ...order }, () => store.renew(id, order)),
    }),
    ...(capabilities.changes === 'webhook'
      ? { getEvent: (id) => call('getEvent', id, () => events.get(id)) }
      : { pollChanges: (cursor) => call('pollChanges', cursor, () => store.changesSince(cursor)) }),
    ...(kind === 'credly' && {
      rotateKey: () =>
        call('rotateKey', undefined, () => {
          keys += 1
          return { key: `fake-key-${keys}`, expiresAt: facts.keyExpiresAt }
        }),
    }),
  }

  return {
    provider,
    templates,
    /** Those that are there; to change one as a person would do there, call `put`. */
    badges: store.badges,
    put: store.put,
    /** Events that can be read back. */
    events,
    calls,
    /** What `testConnection` finds; tests may change it. */
    facts,
    /** The next call throws this before it has an effect; said again, the call after it does too. */
    failNext: (error: Error): void => void failures.push({ error, after: false }),
    /** The next call has its effect and then throws this: the answer is lost. */
    loseNextAnswer: (error: Error): void => void failures.push({ error, after: true }),
    /** What becomes of the next calls, null for one that goes well; an earlier plan is forgotten. */
    plan(next: readonly (Failure | null)[]): void {
      failures.splice(0, failures.length, ...next)
    },
    addTemplate(template: Partial<ProviderTemplate> & { readonly id: string }): ProviderTemplate {
      const added = { ...aTemplate, ...template }
      templates.set(added.id, added)
      return added
    },
  }
}

export type FakeProvider = ReturnType<typeof createFakeProvider>

const aTemplate = {
  name: 'Fake badge',
  description: 'Made for a test.',
  imageUrl: null,
  url: null,
  state: 'active',
  allowsDuplicates: false,
  skills: [],
  updatedAt: null,
} as const satisfies Omit<ProviderTemplate, 'id'>

/** Small, so that more than one page is seen. */
const pageSize = 3

function inPages<T>(all: readonly T[]): T[][] {
  const count = Math.ceil(all.length / pageSize)
  return Array.from({ length: count }, (_, i) => all.slice(i * pageSize, (i + 1) * pageSize))
}

type Reason = 'duplicate' | 'template-unavailable' | 'not-found' | 'already-ended'

function refusal(reason: Reason, message: string, badgeId?: string): ProviderError {
  const more = badgeId === undefined ? {} : { badgeId }
  return new ProviderError(message, { kind: 'refused', reason, status: 422, ...more })
}

/** The badges of a provider, under its rules. */
function createBadgeStore(
  capabilities: Capabilities,
  templates: ReadonlyMap<string, ProviderTemplate>,
) {
  const badges = new Map<string, ProviderBadge>()
  const changed: ProviderBadge[] = []
  let made = 0

  function put(badge: ProviderBadge): ProviderBadge {
    badges.set(badge.id, badge)
    changed.push(badge)
    return badge
  }

  function toBadge(id: string, order: Order): ProviderBadge {
    return {
      id,
      templateId: order.templateId,
      email: order.recipient.email,
      standing: 'live',
      state: capabilities.needsAcceptance ? 'pending' : 'accepted',
      issuedAt: order.issuedAt,
      expiresAt: order.expiresAt,
      awardId: capabilities.ownId ? order.awardId : null,
      url: `https://provider.example/badges/${id}`,
      updatedAt: order.issuedAt,
    }
  }

  function issue(order: Order): ProviderBadge {
    const template = templates.get(order.templateId)
    if (template?.state !== 'active') {
      throw refusal('template-unavailable', 'There is no such active template.')
    }
    // Where an ended badge leaves no room for a new one, it stands in the way too.
    const blocks = ({ standing }: ProviderBadge) =>
      capabilities.reissue === 'renew' || standing !== 'ended'
    const email = order.recipient.email
    const held = find({ templateId: order.templateId, email, awardId: '' }).find(blocks)
    if (held !== undefined && !template.allowsDuplicates) {
      throw refusal('duplicate', 'The recipient holds this badge already.', held.id)
    }
    made += 1
    return put(toBadge(`fake-badge-${made}`, order))
  }

  function find({ templateId, email, awardId }: Sought): readonly ProviderBadge[] {
    const isSought = (badge: ProviderBadge) =>
      badge.templateId === templateId &&
      (badge.email.toLowerCase() === email.toLowerCase() || badge.awardId === awardId)
    return [...badges.values()].filter(isSought)
  }

  function revoke(id: string, { at }: Revocation): ProviderBadge {
    const badge = badges.get(id)
    if (badge === undefined) throw refusal('not-found', 'There is no such badge.')
    if (badge.standing === 'ended') throw refusal('already-ended', 'The badge has ended already.')
    const state = capabilities.revocation === 'expire' ? 'expired' : 'revoked'
    return put({ ...badge, standing: 'ended', state, updatedAt: at })
  }

  function renew(id: string, order: Order): ProviderBadge {
    if (!badges.has(id)) throw refusal('not-found', 'There is no such badge.')
    return put(toBadge(id, order))
  }

  function changesSince(cursor: string | null): Changes {
    return { badges: changed.slice(Number(cursor ?? 0)), cursor: String(changed.length) }
  }

  return { badges, put, issue, find, revoke, renew, changesSince }
}

type Sought = { readonly templateId: string; readonly email: string; readonly awardId: string }
