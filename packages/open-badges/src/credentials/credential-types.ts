import type { JsonObject } from '../json/json.js'

/** Who issues, creates or stands behind something: becomes a Profile (Open Badges 3.0, B.1.16). */
export type ProfileInput = EndorsedInput & {
  readonly id: string
  readonly name?: string | undefined
  readonly url?: string | undefined
  readonly description?: string | undefined
  readonly image?: ImageInput | undefined
  readonly email?: string | undefined
  readonly phone?: string | undefined
  readonly address?: AddressInput | undefined
  readonly otherIdentifier?: readonly IdentifierInput[] | undefined
  /** If an organisation: the name of its official representative. */
  readonly official?: string | undefined
  readonly parentOrg?: ProfileInput | undefined
  readonly familyName?: string | undefined
  readonly givenName?: string | undefined
  readonly additionalName?: string | undefined
  readonly patronymicName?: string | undefined
  readonly honorificPrefix?: string | undefined
  readonly honorificSuffix?: string | undefined
  readonly familyNamePrefix?: string | undefined
  /** `YYYY-MM-DD`. */
  readonly dateOfBirth?: string | undefined
}

/** Who signs: a profile with a name. */
export type IssuerInput = ProfileInput & { readonly name: string }

/** What others say about a thing: signed EndorsementCredentials, and such as JWTs. */
export type EndorsedInput = {
  readonly endorsement?: readonly JsonObject[] | undefined
  /** No published context defines this member yet, so a badge that has it is signed as a JWT only. */
  readonly endorsementJwt?: readonly string[] | undefined
}

/** Where an organisation is (Open Badges 3.0, B.1.2 Address). */
export type AddressInput = {
  readonly addressCountry?: string | undefined
  /** Two letters of ISO 3166-1. */
  readonly addressCountryCode?: string | undefined
  readonly addressRegion?: string | undefined
  readonly addressLocality?: string | undefined
  readonly streetAddress?: string | undefined
  readonly postOfficeBoxNumber?: string | undefined
  readonly postalCode?: string | undefined
  readonly geo?: { readonly latitude: number; readonly longitude: number } | undefined
}

/** A further name of a thing, such as a course number (Open Badges 3.0, B.1.11). */
export type IdentifierInput = { readonly identifier: string; readonly identifierType: string }

/** An image by URL or data URI, with words for those who cannot see it. */
export type ImageInput = string | { readonly id: string; readonly caption?: string | undefined }

/** What an achievement counts towards elsewhere (Open Badges 3.0, B.1.3). */
export type AlignmentInput = {
  readonly targetName: string
  readonly targetUrl: string
  readonly targetCode?: string | undefined
  readonly targetDescription?: string | undefined
  readonly targetFramework?: string | undefined
  /** A word of the specification such as `CTDL`, or one's own after `ext:`. */
  readonly targetType?: string | undefined
}

/** One step of a rubric (Open Badges 3.0, B.1.21). */
export type RubricLevelInput = {
  readonly id: string
  readonly name: string
  readonly description?: string | undefined
  readonly level?: string | undefined
  readonly points?: string | undefined
  readonly alignment?: readonly AlignmentInput[] | undefined
}

/** What results an achievement can have (Open Badges 3.0, B.1.19). */
export type ResultDescriptionInput = {
  readonly id: string
  readonly name: string
  /** A word of the specification such as `LetterGrade`, or one's own after `ext:`. */
  readonly resultType: string
  /** Ordered from low to high; the order is signed. */
  readonly allowedValue?: readonly string[] | undefined
  /** The id of the rubric level that must be reached. */
  readonly requiredLevel?: string | undefined
  readonly requiredValue?: string | undefined
  readonly rubricCriterionLevel?: readonly RubricLevelInput[] | undefined
  readonly valueMin?: string | undefined
  readonly valueMax?: string | undefined
  readonly alignment?: readonly AlignmentInput[] | undefined
}

/** A result of one learner (Open Badges 3.0, B.1.18). */
export type ResultInput = {
  /** The id of the ResultDescription in the achievement. */
  readonly resultDescription?: string | undefined
  readonly value?: string | undefined
  /** `Completed`, `Enrolled`, `Failed`, `InProgress`, `OnHold`, `Provisional` or `Withdrew`. */
  readonly status?: string | undefined
  /** The id of the rubric level that was reached. */
  readonly achievedLevel?: string | undefined
  readonly alignment?: readonly AlignmentInput[] | undefined
}

/** Another achievement of the same kind, such as a translation (Open Badges 3.0, B.1.17). */
export type RelatedInput = {
  readonly id: string
  readonly inLanguage?: string | undefined
  readonly version?: string | undefined
}

/** What was achieved (Open Badges 3.0, B.1.1). */
export type AchievementInput = EndorsedInput & {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly criteria: { readonly id?: string | undefined; readonly narrative?: string | undefined }
  readonly image?: ImageInput | undefined
  readonly tags?: readonly string[] | undefined
  /** A word of the specification such as `Certificate`, or one's own after `ext:`. */
  readonly achievementType?: string | undefined
  readonly alignment?: readonly AlignmentInput[] | undefined
  readonly creator?: ProfileInput | undefined
  readonly inLanguage?: string | undefined
  readonly version?: string | undefined
  readonly fieldOfStudy?: string | undefined
  readonly humanCode?: string | undefined
  readonly specialization?: string | undefined
  readonly creditsAvailable?: number | undefined
  readonly otherIdentifier?: readonly IdentifierInput[] | undefined
  readonly related?: readonly RelatedInput[] | undefined
  readonly resultDescription?: readonly ResultDescriptionInput[] | undefined
}

/** One name of the learner (Open Badges 3.0, B.1.12). */
export type IdentityInput = {
  readonly identifier: string
  /** A word of the specification such as `emailAddress`, or one's own after `ext:`. */
  readonly identifierType: string
  readonly salt?: string | undefined
  /** Hashed unless this says `false`. */
  readonly hashed?: boolean | undefined
}

/** Who achieved it: named by a hash, so that the badge does not publish an address. */
export type RecipientInput = {
  /** A URI or DID of the learner; at least one of `id`, `email`, `identifier` and `identities` is needed. */
  readonly id?: string | undefined
  readonly email?: string | undefined
  readonly identifier?: string | undefined
  /** What `identifier` is, such as `userName`. */
  readonly identifierType?: string | undefined
  readonly salt?: string | undefined
  /** A name to show, written in the clear. */
  readonly name?: string | undefined
  /** Further names of the learner. */
  readonly identities?: readonly IdentityInput[] | undefined
  readonly image?: ImageInput | undefined
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

/** What every credential may say, a badge or an endorsement. */
export type EnvelopeInput = {
  readonly id: string
  readonly issuer: IssuerInput
  /** Date-time with zone. */
  readonly validFrom: string
  readonly validUntil?: string | undefined
  readonly awardedDate?: string | undefined
  readonly description?: string | undefined
  readonly status?: StatusEntry | readonly StatusEntry[] | undefined
  /** URLs of JSON schemas that the credential follows, such as `OPEN_BADGES_SCHEMA`. */
  readonly credentialSchema?: readonly string[] | undefined
  /** The URL that answers with the newest form of the credential. */
  readonly refreshService?: string | undefined
  /** The type is a URI, unless a context of the credential defines it. */
  readonly termsOfUse?: readonly { readonly id?: string | undefined; readonly type: string }[]
}

/** Everything a badge says. */
export type CredentialInput = EnvelopeInput &
  EndorsedInput & {
    readonly achievement: AchievementInput
    readonly recipient: RecipientInput
    readonly name?: string | undefined
    readonly image?: ImageInput | undefined
    readonly narrative?: string | undefined
    readonly evidence?: readonly EvidenceInput[] | undefined
    readonly result?: readonly ResultInput[] | undefined
    /** Who assessed or recorded the achievement. */
    readonly source?: ProfileInput | undefined
    readonly role?: string | undefined
    /** The academic term. */
    readonly term?: string | undefined
    readonly activityStartDate?: string | undefined
    readonly activityEndDate?: string | undefined
    readonly creditsEarned?: number | undefined
    readonly licenseNumber?: string | undefined
  }

/** Somebody's word on another thing: a badge, an achievement or a profile (Open Badges 3.0, B.1.7). */
export type EndorsementInput = EnvelopeInput & {
  readonly name: string
  readonly subject: {
    /** The id of what is endorsed. */
    readonly id: string
    readonly comment?: string | undefined
  }
}

/** A credential before it is signed (Open Badges 3.0, B.1, in the VC 2.0 form). */
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
