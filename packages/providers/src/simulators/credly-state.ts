/** What the simulator remembers. Members are changed in place: it is a little database. */
export type SimOrganization = {
  readonly id: string
  name: string
  webhookUrl: string | null
  /** The types of events that are announced. */
  allowedWebhooks: string[]
  /** Any other member of an organization, kept as it was put. */
  other: Record<string, unknown>
  readonly createdAt: Date
  updatedAt: Date
}

export type SimToken = {
  readonly id: string
  readonly token: string
  readonly organizationId: string
  readonly description: string
  readonly read: boolean
  readonly write: boolean
  readonly delete: boolean
  readonly createdAt: Date
}

export type SimApplication = {
  readonly clientId: string
  readonly clientSecret: string
  readonly organizationId: string
  readonly scopes: readonly string[]
}

export type SimAccessToken = {
  readonly application: SimApplication
  readonly scopes: readonly string[]
  readonly expiresAt: Date
}

/** Somebody with an account at Credly; the first address is the main one. */
export type SimAccount = {
  readonly id: string
  readonly emails: readonly string[]
  readonly firstName: string
  readonly lastName: string
}

export type TemplateState = 'draft' | 'active' | 'archived'

export type SimTemplate = {
  readonly id: string
  readonly organizationId: string
  name: string
  description: string
  state: TemplateState
  allowDuplicates: boolean
  public: boolean
  skills: readonly string[]
  reportingTags: readonly string[]
  /** Days after which its badges end, where nothing else is asked for. */
  expiresAfterDays: number | null
  /** Drafts may have none. */
  readonly hasImage: boolean
  /** All that were issued from it and not deleted. */
  readonly badges: SimBadge[]
  readonly createdAt: Date
  updatedAt: Date
  stateUpdatedAt: Date
}

export type BadgeState = 'pending' | 'accepted' | 'rejected' | 'revoked'

export type SimEvidence = Readonly<Record<string, unknown>>

export type SimBadge = {
  readonly id: string
  readonly organizationId: string
  readonly templateId: string
  email: string
  readonly firstName: string
  readonly middleName: string | null
  readonly lastName: string
  readonly issuerEarnerId: string | null
  readonly locale: string
  readonly quiet: boolean
  readonly countryName: string | null
  readonly stateOrProvince: string | null
  readonly evidence: readonly SimEvidence[]
  readonly issuedAt: Date
  readonly expiresAt: Date | null
  readonly createdAt: Date
  accountId: string | null
  public: boolean
  state: BadgeState
  revocationReason: string | null
  replacementBadgeId: string | null
  readonly replacesBadgeId: string | null
  updatedAt: Date
  stateUpdatedAt: Date
}

export type SimEvent = {
  readonly id: string
  readonly organizationId: string
  readonly type: string
  readonly occurredAt: Date
  /** `badge` or `badge_template` with the whole object, as it was when it happened. */
  readonly subject: Readonly<Record<string, unknown>>
}

/** An e-mail that Credly would have written, or was asked not to write. */
export type SimMail = {
  readonly kind: 'issued' | 'revoked' | 'replaced'
  readonly badgeId: string
  readonly to: string
  readonly locale: string
  readonly suppressed: boolean
  readonly at: string
}

export type CredlyState = {
  readonly organizations: Map<string, SimOrganization>
  readonly tokens: SimToken[]
  readonly applications: SimApplication[]
  readonly accessTokens: Map<string, SimAccessToken>
  readonly accounts: SimAccount[]
  readonly templates: Map<string, SimTemplate>
  readonly badges: Map<string, SimBadge>
  readonly events: SimEvent[]
  readonly mails: SimMail[]
}

export function createState(): CredlyState {
  return {
    organizations: new Map(),
    tokens: [],
    applications: [],
    accessTokens: new Map(),
    accounts: [],
    templates: new Map(),
    badges: new Map(),
    events: [],
    mails: [],
  }
}

export function clearState(state: CredlyState): void {
  const { organizations, accessTokens, templates, badges } = state
  for (const map of [organizations, accessTokens, templates, badges]) map.clear()
  for (const list of [
    state.tokens,
    state.applications,
    state.accounts,
    state.events,
    state.mails,
  ]) {
    list.length = 0
  }
}

export function accountOf(state: CredlyState, email: string): SimAccount | undefined {
  const wanted = email.toLowerCase()
  return state.accounts.find(({ emails }) => emails.some((e) => e.toLowerCase() === wanted))
}
