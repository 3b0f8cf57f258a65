import type { AccountRow } from './account-repository.js'

type Values = Pick<
  AccountRow,
  | 'id'
  | 'organization_id'
  | 'issuer_id'
  | 'provider'
  | 'name'
  | 'external_id'
  | 'api_base_url'
  | 'requests_per_minute'
> & { readonly at: string }

/** An account as it will be stored, so that it can be tried before; its number is given when it is. */
export function toNewAccount({ at, ...values }: Values): AccountRow {
  return {
    ...values,
    number: 0,
    sealed_secret: null,
    webhook_secret_hash: null,
    key_expires_at: null,
    paused_at: null,
    pause_reason: null,
    failures: 0,
    probes: 0,
    next_probe_at: null,
    poll_cursor: null,
    polled_at: null,
    synced_at: null,
    sync_summary: null,
    sync_error: null,
    created_at: at,
    updated_at: at,
  }
}
