/** The columns of an account of which nothing is known yet. */
export const nothingYet = {
  external_id: null,
  api_base_url: null,
  sealed_secret: null,
  webhook_secret_hash: null,
  requests_per_minute: null,
  key_expires_at: null,
  paused_at: null,
  pause_reason: null,
  next_probe_at: null,
  poll_cursor: null,
  polled_at: null,
  synced_at: null,
  sync_summary: null,
  sync_error: null,
}
