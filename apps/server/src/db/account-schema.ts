import type { Permission, Role } from '@rosette/contract'
import type { ColumnType, Generated } from 'kysely'
import type { Created, Json, List, Moment } from './columns.js'
import type { Instant } from './instant.js'

type Touched = ColumnType<Instant, Instant | undefined, Instant>
type Filled<T> = ColumnType<T, string | undefined, string>

/** The tables of people who sign in, of programs that hold tokens, and of what both did. */
export type AccountSchema = {
  app_user: {
    id: Generated<string>
    number: Generated<number>
    email: string
    name: string
    password_hash: string | null
    is_administrator: Generated<boolean>
    administrator_from: string | null
    preferences: Filled<Record<string, unknown>>
    failed_tries: Generated<number>
    next_try_at: Moment | null
    disabled_at: Moment | null
    email_proven_at: Moment | null
    last_seen_at: Moment | null
    created_at: Created
    updated_at: Touched
  }
  user_identity: {
    provider: string
    subject: string
    user_id: string
    email: string | null
    lms_username: string | null
    lms_user_id: number | null
    created_at: Created
    last_used_at: Moment | null
  }
  membership: {
    organization_id: string
    user_id: string
    role: Role
    claimed_from: string | null
    created_at: Created
  }
  session: {
    id: Generated<string>
    hash: Buffer
    user_id: string
    method: string
    user_agent: string | null
    address: string | null
    created_at: Created
    last_seen_at: Touched
    expires_at: Moment
  }
  one_time_link: {
    id: Generated<string>
    kind: 'set-up' | 'reset' | 'invitation' | 'sign-in' | 'address'
    hash: Buffer
    user_id: string | null
    email: string | null
    organization_id: string | null
    role: Role | null
    is_administrator: Generated<boolean>
    created_by: string | null
    created_at: Created
    mailed_at: Moment | null
    leads_to: string | null
    expires_at: Moment
    used_at: Moment | null
    withdrawn_at: Moment | null
  }
  api_token: {
    id: Generated<string>
    name: string
    hash: Buffer
    created_at: Created
    last_used_at: Moment | null
    revoked_at: Moment | null
    organization_id: string | null
    permissions: List<Permission> | null
    expires_at: Moment | null
    created_by: string | null
    hint: string | null
  }
  audit_log: {
    id: Generated<number>
    at: Created
    actor: string
    action: string
    subject: string
    detail: Json<Record<string, unknown>>
    organization_id: string | null
    before: Json<Record<string, unknown>> | null
    after: Json<Record<string, unknown>> | null
  }
}
