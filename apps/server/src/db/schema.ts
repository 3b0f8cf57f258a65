import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { AccountSchema } from './account-schema.js'
import type { AppearanceSchema } from './appearance-schema.js'
import type { AwardImportSchema, LearnerDataSchema } from './award-import-schema.js'
import type { BackfillSchema } from './backfill-schema.js'
import type { BackpackSchema } from './backpack-schema.js'
import type { BadgrSchema } from './badgr-schema.js'
import type { Created, Json, List, Moment } from './columns.js'
import type { DashboardSchema } from './dashboard-schema.js'
import type { Instant } from './instant.js'
import type { OAuthSchema } from './oauth-schema.js'
import type { OpenBadgesSchema } from './open-badges-schema.js'
import type { PageCountSchema } from './page-count-schema.js'
import type { PathwaySchema } from './pathway-schema.js'
import type { TemplateVersionSchema } from './template-version-schema.js'

export type DataRuleJson = {
  readonly keyPath: string
  readonly operator: string
  readonly value: string | readonly string[]
}
export type CauseJson = {
  readonly fulfillments?: readonly {
    readonly requirement: string
    readonly group: string
    readonly since: string
    readonly events: readonly string[]
  }[]
  readonly lost?: readonly { readonly requirement: string; readonly event: string }[]
  /** The event whose arrival led to the decision. */
  readonly event?: string
  readonly by?: string
}
export type EvidenceJson = {
  readonly url?: string
  readonly name?: string
  readonly narrative?: string
}

/** What a badge counts towards elsewhere. */
export type AlignmentJson = {
  readonly name: string
  readonly url: string
  readonly code?: string
  readonly description?: string
  readonly framework?: string
  readonly type?: string
}

/** What can come out beside the badge, such as a grade. */
export type ResultDescriptionJson = {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly allowedValues?: readonly string[]
  readonly min?: number
  readonly max?: number
  readonly requiredValue?: string
}

/** What came out for one learner; `result` is the id of its description. */
export type ResultJson = {
  readonly result: string
  readonly value?: string
  readonly status?:
    | 'Completed'
    | 'Enrolled'
    | 'Failed'
    | 'InProgress'
    | 'OnHold'
    | 'Provisional'
    | 'Withdrew'
}

export type KeyAlgorithm = 'Ed25519' | 'P-256' | 'RSA'

/** What a sync of an account's templates changed. */
export type SyncSummaryJson = {
  readonly seen: number
  readonly created: number
  readonly updated: number
  readonly archived: number
  readonly restored: number
}

export type Schema = OpenBadgesSchema &
  OAuthSchema &
  AccountSchema &
  AppearanceSchema &
  BackfillSchema &
  BackpackSchema &
  BadgrSchema &
  AwardImportSchema &
  DashboardSchema &
  LearnerDataSchema &
  PageCountSchema &
  PathwaySchema &
  TemplateVersionSchema & {
    organization: {
      id: Generated<string>
      slug: string
      name: string
      is_demo: Generated<boolean>
      created_at: Created
    }
    image: {
      id: Generated<string>
      media_type: 'image/png' | 'image/svg+xml'
      content: Buffer
      sha256: Buffer
      created_at: Created
    }
    issuer: {
      id: Generated<string>
      organization_id: string
      name: string
      url: string
      email: string | null
      description: string | null
      image_id: string | null
      identifier: Generated<'url' | 'did:web'>
      created_at: Created
    }
    issuer_key: {
      kid: string
      issuer_id: string
      sealed_secret: Buffer
      created_at: Created
      retired_at: Moment | null
      algorithm: Generated<KeyAlgorithm>
      public_jwk: Json<Record<string, unknown>> | null
      revoked_at: Moment | null
      revocation_reason: string | null
    }
    badge_template: {
      id: Generated<string>
      organization_id: string
      issuer_id: string
      name: string
      description: Generated<string>
      criteria: Generated<string>
      image_id: string | null
      state: Generated<'draft' | 'active' | 'archived'>
      reaward: Generated<'allowed' | 'never'>
      repeat_by: string | null
      tags: Generated<string[]>
      expires_after_days: number | null
      created_at: Created
      updated_at: ColumnType<Instant, Instant | undefined, Instant>
      activated_at: Moment | null
      provider_template_id: string | null
      follows_provider: Generated<boolean>
      archived_with_provider: Generated<boolean>
      notifies: Generated<boolean>
      locale: string | null
      language: string | null
      achievement_type: Generated<string>
      field_of_study: string | null
      alignments: List<AlignmentJson>
      results: List<ResultDescriptionJson>
    }
    requirement: {
      id: Generated<number>
      template_id: string
      ref: string
      group_letter: string
      event_type: string
      description: string | null
      data_rules: JSONColumnType<DataRuleJson[]>
      count_at_least: number | null
      count_distinct_by: string | null
      window_from: Moment | null
      window_until: Moment | null
      after: Generated<string[]>
      position: number
    }
    penalty: {
      id: Generated<number>
      template_id: string
      ref: string
      event_type: string
      description: string | null
      data_rules: JSONColumnType<DataRuleJson[]>
      requirements: Generated<string[]>
      position: number
    }
    rule_version: { single: Generated<boolean>; version: number }
    learner: {
      id: Generated<number>
      public_id: Generated<string>
      lms_user_id: number | null
      username: string
      email: Generated<string>
      name: Generated<string>
      is_active: Generated<boolean>
      is_demo: Generated<boolean>
      created_at: Created
      updated_at: ColumnType<Instant, Instant | undefined, Instant>
    }
    event_log: {
      occurred_at: Moment
      id: string
      event_type: string
      source: string
      lms_user_id: number | null
      data: Json<Record<string, unknown>>
      received_at: Created
    }
    dead_letter: {
      id: Generated<string>
      topic: string
      consumer_group: string
      position: string
      event_type: string | null
      event_id: string | null
      headers: Json<Record<string, string>>
      value: Buffer | null
      reason: string
      detail: string
      state: Generated<'parked' | 'replayed' | 'discarded'>
      created_at: Created
      settled_at: Moment | null
    }
    mark: {
      learner_id: number
      requirement_id: number
      instance: string
      key: string
      first_at: Moment | null
      first_event: string | null
      last_at: Moment | null
      last_event: string | null
      reset_at: Moment | null
      reset_event: string | null
    }
    award: {
      id: Generated<string>
      number: Generated<number>
      template_id: string
      learner_id: number
      instance: Generated<string>
      status: Generated<'awarded' | 'revoked'>
      source: 'rules' | 'hand'
      awarded_at: Moment
      expires_at: Moment | null
      revoked_at: Moment | null
      revoked_by: 'rules' | 'hand' | null
      revocation_reason: string | null
      cause: Json<CauseJson>
      revocation_cause: Json<CauseJson> | null
      evidence: ColumnType<EvidenceJson[], string | undefined, string>
      narrative: string | null
      shows_name: Generated<boolean>
      visibility: Generated<'public' | 'unlisted' | 'private'>
      acceptance: Generated<'unaccepted' | 'accepted' | 'rejected'>
      is_hidden: Generated<boolean>
      seen_at: Moment | null
      mailed_at: Moment | null
      created_at: Created
      results: List<ResultJson>
    }
    issuance: {
      id: Generated<string>
      award_id: string
      target: Generated<string>
      state: Generated<
        'queued' | 'issuing' | 'issued' | 'failed' | 'stopped' | 'revoking' | 'revoked'
      >
      attempts: Generated<number>
      last_error: string | null
      next_try_at: Moment | null
      issued_at: Moment | null
      created_at: Created
      updated_at: ColumnType<Instant, Instant | undefined, Instant>
      account_id: string | null
      external_template_id: string | null
      wanted: Generated<'issued' | 'revoked'>
      external_id: string | null
      external_url: string | null
      external_state: string | null
      sent_to: string | null
      uncertain: Generated<boolean>
      claim: string | null
      reason: string | null
      remedy: string | null
      note: string | null
      revoked_at: Moment | null
      revocation_effect: string | null
      checked_at: Moment | null
    }
    issuance_history: {
      id: Generated<number>
      issuance_id: string
      at: Created
      state: string
      external_state: string | null
      note: string | null
      error: string | null
      next_try_at: Moment | null
    }
    provider_account: {
      id: Generated<string>
      number: Generated<number>
      organization_id: string
      issuer_id: string
      provider: 'credly' | 'accredible' | 'badgr'
      name: string
      external_id: string | null
      api_base_url: string | null
      sealed_secret: Buffer | null
      webhook_secret_hash: Buffer | null
      requests_per_minute: number | null
      key_expires_at: Moment | null
      paused_at: Moment | null
      pause_reason: string | null
      failures: Generated<number>
      probes: Generated<number>
      next_probe_at: Moment | null
      poll_cursor: string | null
      polled_at: Moment | null
      synced_at: Moment | null
      sync_summary: Json<SyncSummaryJson> | null
      sync_error: string | null
      created_at: Created
      updated_at: ColumnType<Instant, Instant | undefined, Instant>
    }
    rate_bucket: {
      key: string
      tokens: number
      refilled_at: Moment
      blocked_until: Moment | null
    }
    provider_template: {
      id: Generated<string>
      account_id: string
      external_id: string
      name: string
      description: Generated<string>
      image_url: string | null
      url: string | null
      state: 'draft' | 'active' | 'archived'
      allows_duplicates: Generated<boolean>
      skills: Generated<string[]>
      changed_at: Moment | null
      synced_at: ColumnType<Instant, Instant | undefined, Instant>
    }
    provider_event: {
      id: Generated<string>
      account_id: string
      external_id: string
      claimed_type: string
      event_type: string | null
      occurred_at: Moment | null
      state: Generated<'waiting' | 'applied' | 'ignored' | 'unknown' | 'refused'>
      detail: string | null
      data: Json<Record<string, unknown>> | null
      received_at: Created
      settled_at: Moment | null
    }
    notice: {
      id: Generated<string>
      organization_id: string | null
      kind: string
      subject: string
      detail: Json<Record<string, unknown>>
      opened_at: Created
      mailed_at: Moment | null
      resolved_at: Moment | null
    }
    outbox: {
      id: Generated<number>
      event_type: string
      event_id: string
      occurred_at: Moment
      data: Json<Record<string, unknown>>
      state: Generated<'waiting' | 'sent' | 'stopped'>
      last_error: string | null
      created_at: Created
      sent_at: Moment | null
    }
  }
