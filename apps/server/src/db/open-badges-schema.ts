import type { Generated } from 'kysely'
import type { Created, Moment } from './columns.js'

/** The tables of what we sign ourselves. */
export type OpenBadgesSchema = {
  status_list: {
    id: Generated<string>
    issuer_id: string
    identifier: 'url' | 'did:web'
    purpose: Generated<string>
    size: Generated<number>
    version: Generated<number>
    signed_version: Generated<number>
    signed_text: string | null
    signed_at: Moment | null
  }
  status_entry: { list_id: string; index: number; award_id: string }
  credential: {
    award_id: string
    issuer_key_kid: string
    salt: string
    signed_text: string
    created_at: Created
    signed_jwt: string | null
    jwt_key_kid: string | null
    signed_assertion: string | null
    assertion_key_kid: string | null
    reissued_at: Moment | null
  }
  replaced_credential: {
    id: Generated<number>
    award_id: string
    issuer_key_kid: string
    signed_text: string
    signed_jwt: string | null
    signed_assertion: string | null
    replaced_at: Created
  }
  reissue: {
    id: Generated<string>
    issuer_id: string
    key_kid: string | null
    template_id: string | null
    requested_by: string
    requested_at: Created
    last_number: Generated<number>
    until_number: number
    reissued: Generated<number>
    failed: Generated<number>
    last_error: string | null
    finished_at: Moment | null
  }
  endorsement: {
    id: Generated<string>
    issuer_id: string | null
    issuer_name: string
    issuer_url: string | null
    subject_template_id: string | null
    subject_issuer_id: string | null
    comment: Generated<string>
    form: 'json' | 'jwt'
    issuer_key_kid: string | null
    signed_text: string
    signed_jwt: string | null
    created_at: Created
    valid_until: Moment | null
    withdrawn_at: Moment | null
  }
}
