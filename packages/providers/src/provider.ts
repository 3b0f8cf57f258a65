/** What became of a badge at the provider: held, made but not shown to anybody, or taken back. */
export type Standing = 'live' | 'unpublished' | 'ended'

/** A badge as a provider knows it, read anew from there. */
export type ProviderBadge = {
  readonly id: string
  readonly templateId: string
  /** Empty when the provider does not tell, as for hashed recipients. */
  readonly email: string
  readonly standing: Standing
  /** The provider's own word, such as `pending`, `accepted`, `Unaccepted`, `expired`. */
  readonly state: string
  /** ISO 8601, UTC; as exact as the provider keeps it (Accredible keeps the day). */
  readonly issuedAt: string | null
  readonly expiresAt: string | null
  /** Our own id of the award, where the provider keeps it. */
  readonly awardId: string | null
  /** Where people see it. */
  readonly url: string | null
  readonly updatedAt: string | null
}

/** What a badge is made from at the provider: a Credly template, an Accredible group, a badge class. */
export type ProviderTemplate = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly imageUrl: string | null
  /** Where people read about it, or edit it. */
  readonly url: string | null
  readonly state: 'draft' | 'active' | 'archived'
  readonly allowsDuplicates: boolean
  readonly skills: readonly string[]
  readonly updatedAt: string | null
}

export type Recipient = {
  readonly email: string
  /** The full name, as the learner gave it. */
  readonly name: string
  /** Our own id of the person, which stays when the address changes. */
  readonly id: string
}

export type Evidence = {
  readonly url?: string
  readonly name?: string
  readonly narrative?: string
}

/** One badge to be issued. */
export type Order = {
  readonly templateId: string
  /** Our own id of the award; kept at the provider where it has a place for it. */
  readonly awardId: string
  readonly recipient: Recipient
  /** When it was earned, ISO 8601. */
  readonly issuedAt: string
  /** ISO 8601; null leaves it to the template at the provider. */
  readonly expiresAt: string | null
  readonly evidence: readonly Evidence[]
  readonly narrative: string | null
  /** BCP 47; sent where the provider has it, in the nearest form it knows. */
  readonly locale: string | null
  /** False keeps the provider from writing to the learner, where it can be kept from it. */
  readonly notify: boolean
}

export type Revocation = {
  readonly reason: string
  /** When it was revoked, ISO 8601. */
  readonly at: string
  readonly notify: boolean
}

/** What differs between providers, for the code and for the people who wonder about it. */
export type Capabilities = {
  /** What "revoke" really does there. */
  readonly revocation: 'revoke' | 'expire' | 'delete'
  /** Whether a badge that was taken back makes room for a new one, or is brought back to life. */
  readonly reissue: 'anew' | 'renew'
  /** How changes made there reach us. */
  readonly changes: 'webhook' | 'polling'
  /** How many badges one request may carry; 1 where there is no such request. */
  readonly batchMost: number
  /** The learner must accept the badge before others see it. */
  readonly needsAcceptance: boolean
  readonly rateLimit: RateLimit
  readonly evidence: boolean
  readonly locales: readonly string[]
  /** As how much of a point in time an end is kept; null for not at all. */
  readonly expiry: 'time' | 'date' | null
  /** Our own id of the award is kept and can be looked up. */
  readonly ownId: boolean
  /** The learner can be spared the provider's e-mail. */
  readonly quiet: boolean
  readonly requires: readonly ('email' | 'name')[]
}

/** Requests that we allow ourselves, so that the provider never has to refuse one. */
export type RateLimit = {
  readonly burst: number
  readonly perSecond: number
  /** Whose requests are counted together there: those of one account, or all from our address. */
  readonly countedBy: 'account' | 'address'
  readonly source: 'published' | 'assumed'
}

/** What a test of the connection found. */
export type AccountFacts = {
  readonly name: string
  /** When the key stops working, ISO 8601; null when it does not, or the provider does not tell. */
  readonly keyExpiresAt: string | null
  /** Badges that may still be issued; null when they are not counted. */
  readonly credits: number | null
}

/** A change at the provider that a poll found, and from where the next poll goes on. */
export type Changes = { readonly badges: readonly ProviderBadge[]; readonly cursor: string }

/** What the provider says happened, read back from the provider itself. */
export type ProviderEvent = {
  readonly id: string
  readonly type: string
  readonly organizationId: string
  readonly occurredAt: string | null
  readonly badgeId: string | null
  readonly templateId: string | null
}

export type CallOptions = { readonly signal?: AbortSignal }

/**
 * A platform that issues badges for us. Every call that fails throws a `ProviderError`, whose kind says
 * whether the call can have had an effect.
 */
export interface Provider {
  readonly kind: ProviderKind
  readonly capabilities: Capabilities
  /** Makes the cheapest call that needs a working key. */
  testConnection(options?: CallOptions): Promise<AccountFacts>
  /** All pages, in batches as they come. */
  listTemplates(options?: CallOptions): AsyncIterable<readonly ProviderTemplate[]>
  /** Undefined when the provider has no such template (any more). */
  getTemplate(id: string, options?: CallOptions): Promise<ProviderTemplate | undefined>
  /** Throws a refusal with the reason `duplicate` when the recipient holds the badge already. */
  issue(order: Order, options?: CallOptions): Promise<ProviderBadge>
  /** Brings an ended or unpublished badge to life with the facts of this order, where there is no room for a new one. */
  renew?(id: string, order: Order, options?: CallOptions): Promise<ProviderBadge>
  /** Throws a refusal with the reason `already-ended` or `not-found` when there is nothing to take back. */
  revoke(id: string, revocation: Revocation, options?: CallOptions): Promise<ProviderBadge>
  /** Undefined when the provider has no such badge (any more). */
  getBadge(id: string, options?: CallOptions): Promise<ProviderBadge | undefined>
  /** Every badge of the template that this recipient has, ended ones included: has a lost call succeeded? */
  findByRecipient(
    wanted: { readonly templateId: string; readonly email: string; readonly awardId: string },
    options?: CallOptions,
  ): Promise<readonly ProviderBadge[]>
  /** What changed since the cursor of the last poll; null begins. Only where changes come by polling. */
  pollChanges?(cursor: string | null, options?: CallOptions): Promise<Changes>
  /** Reads an announced event back; undefined when the provider knows nothing of it. */
  getEvent?(id: string, options?: CallOptions): Promise<ProviderEvent | undefined>
  /** Makes a new key, which works beside the old one until that ends. */
  rotateKey?(
    options?: CallOptions,
  ): Promise<{ readonly key: string; readonly expiresAt: string | null }>
}

export const providerKinds = ['credly', 'accredible', 'badgr'] as const
export type ProviderKind = (typeof providerKinds)[number]

/** How people know them. */
export const providerNames = {
  credly: 'Credly',
  accredible: 'Accredible',
  badgr: 'Badgr',
} as const satisfies Record<ProviderKind, string>
