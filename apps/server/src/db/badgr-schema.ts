import type { ColumnType, Generated } from 'kysely'
import type { Created, Json, Moment } from './columns.js'

export type BadgrTokenKind = 'access' | 'refresh' | 'key'
export type ExpiryJson = {
  readonly amount: number
  readonly duration: 'days' | 'weeks' | 'months' | 'years'
}

/** The tables of what software needs that was written for Badgr. */
export type BadgrSchema = {
  badgr_token: {
    id: Generated<string>
    kind: BadgrTokenKind
    hash: Buffer
    user_id: string | null
    api_token_id: string | null
    client_id: string
    scope: string
    issuer_id: string | null
    grant_id: string
    password_mark: Buffer | null
    created_at: Created
    expires_at: Moment
    used_at: ColumnType<string | null, string | null | undefined, string | null>
  }
  badgr_class: {
    template_id: string
    issuer_id: string
    slug: string | null
    expires: Json<ExpiryJson> | null
    created_by: string | null
    created_at: Created
  }
}
