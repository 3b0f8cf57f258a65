import type { JsonObject } from '../json/json.js'

/** Who issues, creates or stands behind something: becomes a Profile (Open Badges 3.0, Profile). */
export type ProfileInput = EndorsedInput & {
  /** A URI. Of an issuer: the HTTPS address, `did:web` or `did:key` whose document lists its keys. */
  readonly id: string
  readonly name?: string | undefined
  /** Its page for people. */
  readonly url?: string | undefined
  readonly description?: string | undefined
  readonly image?: ImageInput | undefined
  readonly email?: string | undefined
  readonly phone?: string | undefined
  readonly address?: AddressInput | undefined
  readonly otherIdentifier?: readonly IdentifierInput[] | undefined
  /** If an organisation: the name of its official representative. */
  readonly official?: string | undefined
  /** The organisation that this one belongs to. */
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
  /** Each about the very thing that carries it: the answers of `signCredential`. */
  readonly endorsement?: readonly JsonObject[] | undefined
  /** No published context defines this member yet, so a badge that has it is signed as a JWT only. */
  readonly endorsementJwt?: readonly string[] | undefined
}

/** Where an organisation is (Open Badges 3.0, Address). */
export type AddressInput = {
  /** The name of the country. */
  readonly addressCountry?: string | undefined
  /** Two letters of ISO 3166-1. */
  readonly addressCountryCode?: string | undefined
  readonly addressRegion?: string | undefined
  readonly addressLocality?: string | undefined
  readonly streetAddress?: string | undefined
  readonly postOfficeBoxNumber?: string | undefined
  readonly postalCode?: string | undefined
  /** Degrees (WGS 84). */
  readonly geo?: { readonly latitude: number; readonly longitude: number } | undefined
}

/** A further name of a thing, such as a course number (Open Badges 3.0, IdentifierEntry). */
export type IdentifierInput = {
  readonly identifier: string
  /** A word of the specification such as `sourcedId`, or one's own after `ext:`. */
  readonly identifierType: string
}

/** An image by URL or data URI, with words for those who cannot see it. */
export type ImageInput = string | { readonly id: string; readonly caption?: string | undefined }

/** What an achievement counts towards elsewhere (Open Badges 3.0, Alignment). */
export type AlignmentInput = {
  readonly targetName: string
  /** The address of what is aligned to. */
  readonly targetUrl: string
  /** How its framework numbers it. */
  readonly targetCode?: string | undefined
  readonly targetDescription?: string | undefined
  /** The name of the framework. */
  readonly targetFramework?: string | undefined
  /** A word of the specification such as `CTDL`, or one's own after `ext:`. */
  readonly targetType?: string | undefined
}

/** One step of a rubric (Open Badges 3.0, RubricCriterionLevel). */
export type RubricLevelInput = {
  /** A URI, which `achievedLevel` and `requiredLevel` name. */
  readonly id: string
  readonly name: string
  readonly description?: string | undefined
  /** The place of this level among the others, in words of the rubric. */
  readonly level?: string | undefined
  /** A number, written as text. */
  readonly points?: string | undefined
  readonly alignment?: readonly AlignmentInput[] | undefined
}

/** What results an achievement can have (Open Badges 3.0, ResultDescription). */
export type ResultDescriptionInput = {
  /** A URI, which `resultDescription` of a result names. */
  readonly id: string
  readonly name: string
  /** A word of the specification such as `LetterGrade`, or one's own after `ext:`. */
  readonly resultType: string
  /** Ordered from low to high; the order is signed. */
  readonly allowedValue?: readonly string[] | undefined
  /** The id of the rubric level that must be reached. */
  readonly requiredLevel?: string | undefined
  /** One of `allowedValue`, or within `valueMin` and `valueMax`. */
  readonly requiredValue?: string | undefined
  readonly rubricCriterionLevel?: readonly RubricLevelInput[] | undefined
  /** A number, written as text. */
  readonly valueMin?: string | undefined
  /** A number, written as text. */
  readonly valueMax?: string | undefined
  readonly alignment?: readonly AlignmentInput[] | undefined
}

/** A result of one learner (Open Badges 3.0, Result). */
export type ResultInput = {
  /** The id of the ResultDescription in the achievement. */
  readonly resultDescription?: string | undefined
  /** As text, such as `92` or `A+`. */
  readonly value?: string | undefined
  /** `Completed`, `Enrolled`, `Failed`, `InProgress`, `OnHold`, `Provisional` or `Withdrew`. */
  readonly status?: string | undefined
  /** The id of the rubric level that was reached. */
  readonly achievedLevel?: string | undefined
  readonly alignment?: readonly AlignmentInput[] | undefined
}

/** Another achievement of the same kind, such as a translation (Open Badges 3.0, Related). */
export type RelatedInput = {
  /** The id of the other achievement. */
  readonly id: string
  /** A language such as `en-GB`. */
  readonly inLanguage?: string | undefined
  readonly version?: string | undefined
}

/** What was achieved (Open Badges 3.0, Achievement). */
export type AchievementInput = EndorsedInput & {
  /** A URI, the same in every badge for this achievement. */
  readonly id: string
  readonly name: string
  readonly description: string
  /** What had to be done: a page, words in Markdown, or both; at least one. */
  readonly criteria: { readonly id?: string | undefined; readonly narrative?: string | undefined }
  readonly image?: ImageInput | undefined
  readonly tags?: readonly string[] | undefined
  /** A word of the specification such as `Certificate`, or one's own after `ext:`. */
  readonly achievementType?: string | undefined
  readonly alignment?: readonly AlignmentInput[] | undefined
  /** Who made the achievement up, when that is not the issuer. */
  readonly creator?: ProfileInput | undefined
  /** The language of the words, such as `en-GB`. */
  readonly inLanguage?: string | undefined
  readonly version?: string | undefined
  readonly fieldOfStudy?: string | undefined
  /** The code by which people know it, such as a course number. */
  readonly humanCode?: string | undefined
  readonly specialization?: string | undefined
  readonly creditsAvailable?: number | undefined
  readonly otherIdentifier?: readonly IdentifierInput[] | undefined
  readonly related?: readonly RelatedInput[] | undefined
  readonly resultDescription?: readonly ResultDescriptionInput[] | undefined
}

/** One name of the learner (Open Badges 3.0, IdentityObject). */
export type IdentityInput = {
  /** In the clear; what is published is its hash. */
  readonly identifier: string
  /** A word of the specification such as `emailAddress`, or one's own after `ext:`. */
  readonly identifierType: string
  /** Written beside the hash; a long random one keeps the identifier from being guessed. */
  readonly salt?: string | undefined
  /** Hashed unless this says `false`. */
  readonly hashed?: boolean | undefined
}

/** Who achieved it: named by a hash, so that the badge does not publish an address. */
export type RecipientInput = {
  /** A URI or DID of the learner; at least one of `id`, `email`, `identifier` and `identities` is needed. */
  readonly id?: string | undefined
  /** An e-mail address, published only as a hash. */
  readonly email?: string | undefined
  /** Another name of the learner, published only as a hash. */
  readonly identifier?: string | undefined
  /** What `identifier` is, such as `userName`. */
  readonly identifierType?: string | undefined
  /** For `email` and `identifier`; a long random one keeps them from being guessed. */
  readonly salt?: string | undefined
  /** A name to show, written in the clear. */
  readonly name?: string | undefined
  /** Further names of the learner. */
  readonly identities?: readonly IdentityInput[] | undefined
  /** A picture of the learner. */
  readonly image?: ImageInput | undefined
}

/** Proof of the work (Open Badges 3.0, Evidence). */
export type EvidenceInput = {
  /** Where the work can be seen. */
  readonly id?: string | undefined
  readonly name?: string | undefined
  readonly description?: string | undefined
  /** Markdown. */
  readonly narrative?: string | undefined
  /** What kind of work it is, such as `Video`. */
  readonly genre?: string | undefined
  /** For whom it was made. */
  readonly audience?: string | undefined
}

/** Where a credential's revocation or suspension is kept (Bitstring Status List 1.0, 2.1). */
export type StatusEntry = {
  readonly id: string
  readonly type: 'BitstringStatusListEntry'
  /** `revocation` or `suspension`. */
  readonly statusPurpose: string
  /** The place in the list, from 0, in decimal digits. */
  readonly statusListIndex: string
  /** The address that serves the list, a credential itself. */
  readonly statusListCredential: string
}

/** What every credential may say, a badge or an endorsement. */
export type EnvelopeInput = {
  /** A URI, of this one credential only: an address that serves it, or `urn:uuid:…`. */
  readonly id: string
  readonly issuer: IssuerInput
  /** Date-time with zone, such as `2026-01-31T12:00:00Z`. */
  readonly validFrom: string
  /** Date-time with zone; the last instant at which it holds. */
  readonly validUntil?: string | undefined
  /** Date-time with zone. */
  readonly awardedDate?: string | undefined
  readonly description?: string | undefined
  /** Made by `statusEntry`; without one the credential can never be revoked. */
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
    /** By default the name of the achievement. */
    readonly name?: string | undefined
    readonly image?: ImageInput | undefined
    /** How this learner earned it, in Markdown. */
    readonly narrative?: string | undefined
    readonly evidence?: readonly EvidenceInput[] | undefined
    readonly result?: readonly ResultInput[] | undefined
    /** Who assessed or recorded the achievement. */
    readonly source?: ProfileInput | undefined
    /** What the learner was, such as `Team lead`. */
    readonly role?: string | undefined
    /** The academic term. */
    readonly term?: string | undefined
    /** Date-time with zone. */
    readonly activityStartDate?: string | undefined
    /** Date-time with zone. */
    readonly activityEndDate?: string | undefined
    readonly creditsEarned?: number | undefined
    readonly licenseNumber?: string | undefined
  }

/** Somebody's word on a badge, an achievement or a profile (Open Badges 3.0, EndorsementCredential). */
export type EndorsementInput = EnvelopeInput & {
  readonly name: string
  readonly subject: {
    /** The id of what is endorsed. */
    readonly id: string
    /** Markdown. */
    readonly comment?: string | undefined
  }
}

/** A credential before it is signed (Open Badges 3.0, appendix B, in the VC 2.0 form). */
export type UnsignedCredential = {
  readonly '@context': readonly string[]
  readonly id: string
  readonly type: readonly string[]
  readonly issuer: { readonly id: string; readonly type: readonly string[]; readonly name: string }
  readonly validFrom: string
  readonly validUntil?: string
  readonly name: string
  /** An AchievementSubject or EndorsementSubject. */
  readonly credentialSubject: Readonly<Record<string, unknown>>
  readonly credentialStatus?: StatusEntry | readonly StatusEntry[]
}
