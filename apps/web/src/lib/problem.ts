import type { ErrorCode, Problem } from '@rosette/contract'

export type Fault = { readonly path: string; readonly reason: string }

/** Why the server did not do what was asked, in its own words; `code` is what programs go by. */
export class ProblemError extends Error {
  readonly code: ErrorCode | 'offline'
  readonly status: number
  readonly faults: readonly Fault[]

  constructor(
    message: string,
    given: { code: ErrorCode | 'offline'; status: number; faults?: readonly Fault[] | undefined },
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'ProblemError'
    this.code = given.code
    this.status = given.status
    this.faults = given.faults ?? []
  }

  static from(body: unknown, response: Response): ProblemError {
    if (isProblem(body)) return new ProblemError(body.title, body)
    const { status, statusText } = response
    const message = `The server answered ${status} ${statusText}, without saying why.`
    return new ProblemError(message, { code: 'internal', status })
  }

  static offline(cause: unknown): ProblemError {
    const given = { code: 'offline', status: 0 } as const
    return new ProblemError('The server cannot be reached.', given, { cause })
  }
}

/** The reason at a field, where the server named one. */
export function faultAt(error: unknown, path: string): string | undefined {
  if (!(error instanceof ProblemError)) return undefined
  return error.faults.find((fault) => fault.path === path)?.reason
}

/** Whatever was thrown, as a sentence. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'title' in body && 'code' in body
}
