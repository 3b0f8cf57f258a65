/** Who a backpack belongs to; the address is for the audit log. */
export type BackpackOwner = { readonly id: string; readonly email: string }

export type BadgeToImport = {
  /** Where the badge is, a picture that carries it, or the badge itself. */
  readonly url?: string
  readonly image?: Buffer
  readonly assertion?: object
}

export type ImportOutcome = {
  readonly outcome: 'kept' | 'waiting' | 'duplicate' | 'refused'
  readonly message: string
  /** Of the check that refused it. */
  readonly code: string | null
  readonly entryId: string | null
  readonly awardId: string | null
}

/** What this API does with the badges that somebody keeps. */
export type BackpackDoor = {
  readonly accept: (owner: BackpackOwner, id: string) => Promise<void>
  readonly reject: (owner: BackpackOwner, id: string) => Promise<void>
  readonly remove: (owner: BackpackOwner, id: string) => Promise<void>
  readonly importBadge: (userId: string, badge: BadgeToImport) => Promise<ImportOutcome>
}
