import type { ColumnType, Generated } from 'kysely'
import type { Created, Json, Moment } from './columns.js'
import type { Instant } from './instant.js'

type Touched = ColumnType<Instant, Instant | undefined, Instant>

/** Where another host takes what is asked of it. */
export type HostEndpointsJson = {
  readonly authorization: string
  readonly token: string
  readonly revocation?: string
  /** Where badges are posted to. */
  readonly badges: string
  readonly scopes: readonly string[]
}

/** What other software does with badges here, and what we do with badges elsewhere. */
export type OAuthSchema = {
  oauth_record: {
    model: string
    key: string
    payload: Json<Record<string, unknown>>
    client_id: string | null
    user_id: string | null
    grant_id: string | null
    expires_at: Moment | null
    consumed_at: Moment | null
    last_used_at: Moment | null
    created_at: Created
  }
  wallet_offer: {
    id: Generated<string>
    user_id: string
    award_id: string
    code_hash: Buffer
    pin_hash: Buffer
    wrong_pins: Generated<number>
    expires_at: Moment
    token_hash: Buffer | null
    token_expires_at: Moment | null
    issued_at: Moment | null
    created_at: Created
  }
  used_wallet_nonce: { hash: Buffer; expires_at: Moment }
  badge_host: {
    id: Generated<string>
    user_id: string
    name: string
    url: string
    kind: 'open-badges-3.0' | 'badge-connect-2.1'
    state: Generated<'connecting' | 'connected' | 'ended'>
    endpoints: Json<HostEndpointsJson>
    client_id: string
    sealed_secret: Buffer
    state_hash: Buffer | null
    state_expires_at: Moment | null
    connected_at: Moment | null
    last_error: string | null
    created_at: Created
    updated_at: Touched
  }
  badge_host_badge: { host_id: string; badge_id: string; content_hash: Buffer; sent_at: Touched }
}
