/** Why an address was not fetched, or gave no answer that can be used. */
export type GuardCode =
  | 'ERR_GUARD_ADDRESS'
  | 'ERR_GUARD_PRIVATE'
  | 'ERR_GUARD_UNREACHABLE'
  | 'ERR_GUARD_REDIRECTS'
  | 'ERR_GUARD_TOO_LARGE'
  | 'ERR_GUARD_TIMEOUT'
  | 'ERR_GUARD_STATUS'

type Answered = { readonly status?: number; readonly bytes?: Uint8Array }

/** A refusal of this package: `code` is for programs, `message` for people. */
export class GuardedFetchError extends Error {
  readonly code: GuardCode
  /** The status of the answer, when there was one. */
  readonly status?: number
  /** What came with the status 410, which may say why something is gone. */
  readonly bytes?: Uint8Array

  constructor(code: GuardCode, message: string, options: ErrorOptions & Answered = {}) {
    super(message, options)
    this.name = 'GuardedFetchError'
    this.code = code
    if (options.status !== undefined) this.status = options.status
    if (options.bytes !== undefined) this.bytes = options.bytes
  }
}
