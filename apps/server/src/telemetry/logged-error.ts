type Logged = {
  readonly type: string
  readonly message: string
  readonly stack?: string
  readonly code?: string
  readonly cause?: unknown
}

/**
 * What of an error may stand in a log: what happened and where. PostgreSQL puts whole rows into `detail`,
 * with the addresses of learners and sealed keys, and libraries hang on whatever they were given.
 */
export function toLoggedError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return error
  const { name, message, stack, cause } = error
  const logged: Logged = {
    type: name,
    message,
    ...(stack !== undefined && { stack }),
    ...('code' in error && { code: String(error.code) }),
    ...(cause !== undefined && depth < 5 && { cause: toLoggedError(cause, depth + 1) }),
  }
  return logged
}
