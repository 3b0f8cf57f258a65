/** Who issues: becomes a Profile (Open Badges 3.0, B.1.16). */
export type IssuerInput = {
  readonly id: string
  readonly name: string
  readonly url?: string | undefined
  readonly description?: string | undefined
  readonly image?: ImageInput | undefined
  readonly email?: string | undefined
}

/** An image by URL or data URI, with words for those who cannot see it. */
export type ImageInput = string | { readonly id: string; readonly caption?: string | undefined }

/** What an achievement counts towards elsewhere (Open Badges 3.0, B.1.3). */
export type AlignmentInput = {
  readonly targetName: string
  readonly targetUrl: string
  readonly targetCode?: string | undefined
  readonly targetDescription?: string | undefined
  readonly targetFramework?: string | undefined
  readonly targetType?: string | undefined
}

/** What was achieved (Open Badges 3.0, B.1.1). */
export type AchievementInput = {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly criteria: { readonly id?: string | undefined; readonly narrative?: string | undefined }
  readonly image?: ImageInput | undefined
  readonly tags?: readonly string[] | undefined
  readonly achievementType?: string | undefined
  readonly alignment?: readonly AlignmentInput[] | undefined
  readonly inLanguage?: string | undefined
  readonly version?: string | undefined
  readonly fieldOfStudy?: string | undefined
  readonly humanCode?: string | undefined
  readonly specialization?: string | undefined
  readonly creditsAvailable?: number | undefined
}

/** Who achieved it: named by a hash, so that the badge does not publish an address. */
export type RecipientInput = {
  /** A URI or DID of the learner; at least one of `id`, `email` and `identifier` is needed. */
  readonly id?: string | undefined
  readonly email?: string | undefined
  readonly identifier?: string | undefined
  /** What `identifier` is, such as `userName`. */
  readonly identifierType?: string | undefined
  readonly salt?: string | undefined
  /** A name to show, written in the clear. */
  readonly name?: string | undefined
}

/** Proof of the work (Open Badges 3.0, B.1.9). */
export type EvidenceInput = {
  readonly id?: string | undefined
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly narrative?: string | undefined
  readonly genre?: string | undefined
  readonly audience?: string | undefined
}

/** Where a credential's revocation or suspension is kept (Bitstring Status List 1.0, 2.1). */
export type StatusEntry = {
  readonly id: string
  readonly type: 'BitstringStatusListEntry'
  readonly statusPurpose: string
  readonly statusListIndex: string
  readonly statusListCredential: string
}

/** Everything a badge says. */
export type CredentialInput = {
  readonly id: string
  readonly issuer: IssuerInput
  readonly achievement: AchievementInput
  readonly recipient: RecipientInput
  /** Date-time with zone. */
  readonly validFrom: string
  readonly validUntil?: string | undefined
  readonly awardedDate?: string | undefined
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly image?: ImageInput | undefined
  readonly narrative?: string | undefined
  readonly evidence?: readonly EvidenceInput[] | undefined
  readonly status?: StatusEntry | readonly StatusEntry[] | undefined
}

/** A badge before it is signed (Open Badges 3.0, B.1.2, in the VC 2.0 form). */
export type UnsignedCredential = {
  readonly '@context': readonly string[]
  readonly id: string
  readonly type: readonly string[]
  readonly issuer: { readonly id: string; readonly type: readonly string[]; readonly name: string }
  readonly validFrom: string
  readonly validUntil?: string
  readonly name: string
  readonly credentialSubject: Readonly<Record<string, unknown>>
  readonly credentialStatus?: StatusEntry | readonly StatusEntry[]
}
