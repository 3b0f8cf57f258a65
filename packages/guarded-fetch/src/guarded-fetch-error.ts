/** Why an address was not fetched, or gave no answer that can be used. */
export type GuardCode =
  | 'ERR_GUARD_ADDRESS'
  | 'ERR_GUARD_PRIVATE'
  | 'ERR_GUARD_UNREACHABLE'
  | 'ERR_GUARD_REDIRECTS'
  | 'ERR_GUARD_TOO_LARGE'
  | 'ERR_GUARD_TIMEOUT'
  | 'ERR_GUARD_STATUS'

/** A refusal of this package: `code` is for programs, `message` for people. */
export class GuardedFetchError extends Error {
  readonly code: GuardCode
  /** The status of the answer, when there was one. */
  readonly status?: number

  constructor(code: GuardCode, message: string, options: ErrorOptions & { status?: number } = {}) {
    super(message, options)
    this.name = 'GuardedFetchError'
    this.code = code
    if (options.status !== undefined) this.status = options.status
  }
}
