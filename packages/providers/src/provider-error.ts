/**
 * How a call failed, and so what may be done next.
 *
 * - `unreachable`: it never arrived; it may be repeated.
 * - `unanswered`: it may have had an effect; look before repeating it.
 * - `rate-limited`: it had no effect; repeat it after `retryAfterMs`.
 * - `unauthorized`: the key is wrong, has ended or may not do this; nothing works until it is changed.
 * - `refused`: it had no effect and never will; `reason` says why.
 */
export type FailureKind = 'unreachable' | 'unanswered' | 'rate-limited' | 'unauthorized' | 'refused'

export type RefusalReason =
  | 'duplicate'
  | 'template-unavailable'
  | 'recipient-refused'
  | 'no-credits'
  | 'not-found'
  | 'already-ended'
  | 'replaced'
  | 'other'

type Details = {
  readonly kind: FailureKind
  readonly reason?: RefusalReason
  /** The status of the answer, where there was one. */
  readonly status?: number
  readonly retryAfterMs?: number
  /** Where the provider names the badge that stands in the way. */
  readonly badgeId?: string
  readonly cause?: unknown
}

/** A call to a provider failed. The message is for people and carries no secret. */
export class ProviderError extends Error {
  readonly kind: FailureKind
  readonly reason: RefusalReason | undefined
  readonly status: number | undefined
  readonly retryAfterMs: number | undefined
  readonly badgeId: string | undefined

  constructor(message: string, { kind, reason, status, retryAfterMs, badgeId, cause }: Details) {
    // Texts from elsewhere may hold what no database takes, and halves of characters where they were cut.
    super(message.replace(/[\p{Cc}\p{Cs}]/gu, ' '), { cause })
    this.name = 'ProviderError'
    this.kind = kind
    this.reason = reason
    this.status = status
    this.retryAfterMs = retryAfterMs
    this.badgeId = badgeId
  }
}
