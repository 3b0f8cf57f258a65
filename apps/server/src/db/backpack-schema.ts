import type { Visibility } from '@rosette/contract/backpack'
import type { ColumnType, Generated } from 'kysely'
import type { Created, Json, List, Moment } from './columns.js'
import type { Instant } from './instant.js'

type Touched = ColumnType<Instant, Instant | undefined, Instant>

/** Whom a badge names as its recipient, in the form of Open Badges. */
export type RecipientJson = {
  readonly type: string
  readonly identity: string
  readonly hashed: boolean
  readonly salt?: string
}

/** What learners do with their badges. */
export type BackpackSchema = {
  user_address: {
    id: Generated<string>
    user_id: string
    email: string
    proven_at: Moment | null
    created_at: Created
  }
  proven_address: { user_id: string; email: string; proven_at: Moment }
  mail_opt_out: { hash: Buffer; letters: 'new-badges' | 'endorsements'; created_at: Created }
  backpack_entry: {
    id: Generated<string>
    user_id: string
    identity: string
    content: Buffer
    content_type: string
    source: 'file' | 'text' | 'url' | 'archive' | 'badge-connect' | 'open-badges-api' | 'badgr-api'
    source_url: string | null
    state: 'waiting' | 'kept' | 'rejected'
    kind: string
    verdict: string
    status_reason: string | null
    report: Json<Record<string, unknown>>
    name: string
    description: Generated<string>
    criteria: Generated<string>
    issuer_name: Generated<string>
    issuer_url: string | null
    tags: Generated<string[]>
    recipient: Json<RecipientJson> | null
    picture_id: string | null
    text: Generated<string>
    evidence: List<{ readonly url?: string; readonly name?: string; readonly narrative?: string }>
    narrative: string | null
    misses: Generated<number>
    awarded_at: Moment | null
    expires_at: Moment | null
    visibility: Generated<Visibility>
    shows_name: Generated<boolean>
    is_hidden: Generated<boolean>
    seen_at: Moment | null
    checked_at: Touched
    next_check_at: Moment | null
    created_at: Created
    updated_at: Touched
  }
  collection: {
    id: Generated<string>
    number: Generated<number>
    user_id: string
    name: string
    description: Generated<string>
    share_hash: string | null
    published_at: Moment | null
    created_at: Created
    updated_at: Touched
  }
  collection_item: {
    collection_id: string
    position: number
    award_id: string | null
    entry_id: string | null
    note: Generated<string>
  }
  badge_endorsement: {
    id: Generated<string>
    award_id: string | null
    entry_id: string | null
    user_id: string
    endorser_user_id: string | null
    hash: Buffer | null
    email: string
    name: string
    url: string | null
    message: Generated<string>
    comment: Generated<string>
    state: Generated<'asked' | 'given' | 'accepted' | 'declined' | 'hidden' | 'withdrawn'>
    signed_text: string | null
    created_at: Created
    expires_at: Moment
    given_at: Moment | null
    settled_at: Moment | null
    mailed_at: Moment | null
    told_at: Moment | null
    issuer_id: string | null
    issuer_key_kid: string | null
  }
  award_letter: {
    award_id: string
    is_asked: Generated<boolean>
    queued_at: Moment
    tries: Generated<number>
    next_try_at: Moment | null
  }
}
