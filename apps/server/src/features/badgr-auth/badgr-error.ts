import type { AppError } from '../../http/app-error.js'
import { toAppError, toProblem } from '../../http/problem.js'

type Detail = {
  readonly fieldErrors?: unknown
  readonly validationErrors?: readonly unknown[]
}

/** A refusal in the words that clients of Badgr know. */
export class BadgrError extends Error {
  readonly status: number
  readonly fieldErrors: unknown
  readonly validationErrors: readonly unknown[]

  constructor(status: number, description: string, detail: Detail & ErrorOptions = {}) {
    super(description, detail)
    this.name = 'BadgrError'
    this.status = status
    this.fieldErrors = detail.fieldErrors ?? {}
    this.validationErrors = detail.validationErrors ?? []
  }
}

/** Something is missing, or the caller may not; the two must look alike. */
export function notThere(): BadgrError {
  return new BadgrError(404, 'entity not found or insufficient privileges')
}

export function notKnown(): BadgrError {
  return new BadgrError(401, 'no valid auth token found')
}

/** Something is there, but this cannot be done with it. */
export function notAllowed(method: string): BadgrError {
  const fieldErrors = { detail: `Method "${method}" not allowed.` }
  return new BadgrError(405, 'miscellaneous error', { fieldErrors })
}

/** Fields that are wrong, each with what is wrong; a list where several things were sent. */
export function badFields(fieldErrors: unknown): BadgrError {
  return new BadgrError(400, 'bad request', { fieldErrors })
}

export function badRequest(...validationErrors: readonly unknown[]): BadgrError {
  return new BadgrError(400, 'bad request', { validationErrors })
}

/** Whatever was thrown, in those words; `internal` is what nobody foresaw. */
export function toBadgrError(error: unknown): { readonly error: BadgrError; isInternal: boolean } {
  if (error instanceof BadgrError) return { error, isInternal: false }
  const refusal = toAppError(error)
  return { error: fromAppError(refusal), isInternal: refusal.code === 'internal' }
}

function fromAppError(refusal: AppError): BadgrError {
  const { status } = toProblem(refusal)
  if (status === 401 && refusal.code === 'not-signed-in') return notKnown()
  if (status === 403 || status === 404) return notThere()
  if (refusal.code === 'image-refused')
    return badFields({ image: ['Invalid image.', refusal.message] })
  if (refusal.faults.length > 0) {
    const fieldErrors = Object.fromEntries(refusal.faults.map((f) => [f.path, [f.reason]]))
    return badFields(fieldErrors)
  }
  if (status >= 500 || [405, 413, 415, 429].includes(status)) {
    return new BadgrError(status, 'miscellaneous error', {
      fieldErrors: { detail: refusal.message },
    })
  }
  return badRequest(refusal.message)
}
