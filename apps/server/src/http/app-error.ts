import type { ErrorCode } from '@rosette/contract'

/** One place in the request that is wrong, and how to mend it. */
export type Fault = { readonly path: string; readonly reason: string; readonly code?: string }

/** The caller asked for something that cannot be done; the message is a sentence to act on. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly faults: readonly Fault[]

  constructor(
    code: ErrorCode,
    message: string,
    options: ErrorOptions & { faults?: readonly Fault[] } = {},
  ) {
    super(message, options)
    this.name = 'AppError'
    this.code = code
    this.faults = options.faults ?? []
  }
}
