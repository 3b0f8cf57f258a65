import type { ErrorCode } from '@rosette/contract'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { isUnstorable } from '../db/database.js'
import { log } from '../telemetry/log.js'
import { AppError, type Fault } from './app-error.js'
import { sendPage } from './html-page.js'
import { problemPage } from './html-problem.js'
import { prefersHtml } from './negotiate.js'

const statusOf = {
  'request-invalid': 400,
  'not-signed-in': 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'sign-in-refused': 401,
  'password-refused': 422,
  'link-refused': 410,
  'set-up-done': 409,
  'user-not-found': 404,
  'user-exists': 409,
  'user-disabled': 403,
  'member-not-found': 404,
  'member-exists': 409,
  'last-owner': 409,
  'invitation-not-found': 404,
  'identity-refused': 403,
  'organization-not-found': 404,
  'organization-exists': 409,
  'organization-in-use': 409,
  'issuer-not-found': 404,
  'issuer-in-use': 409,
  'key-not-found': 404,
  'key-revoked': 409,
  'template-not-found': 404,
  'template-not-draft': 409,
  'template-not-active': 409,
  'template-archived': 409,
  'template-in-use': 409,
  'template-version-not-found': 404,
  'backfill-not-found': 404,
  'backfill-settled': 409,
  'backfill-running': 409,
  'pathway-not-found': 404,
  'pathway-invalid': 422,
  'rules-invalid': 422,
  'activation-refused': 422,
  'image-refused': 422,
  'image-not-found': 404,
  'learner-not-found': 404,
  'learner-exists': 409,
  'award-not-found': 404,
  'award-exists': 409,
  'award-not-active': 409,
  'award-import-not-found': 404,
  'award-import-refused': 422,
  'endorsement-not-found': 404,
  'endorsement-refused': 422,
  'endorsement-exists': 409,
  'badge-not-found': 404,
  'collection-not-found': 404,
  'archive-refused': 422,
  'address-not-found': 404,
  'address-exists': 409,
  'mail-missing': 409,
  'application-not-found': 404,
  'host-not-found': 404,
  'host-refused': 422,
  'event-refused': 422,
  'event-not-found': 404,
  'provider-account-not-found': 404,
  'provider-account-exists': 409,
  'provider-account-in-use': 409,
  'provider-account-preconfigured': 409,
  'provider-template-not-found': 404,
  'provider-template-unavailable': 409,
  'provider-refused': 422,
  'provider-unreachable': 502,
  'issuance-not-found': 404,
  'issuance-not-retryable': 409,
  'webhook-refused': 403,
  overloaded: 503,
  'notice-not-found': 404,
  'badges-disabled': 503,
  'dead-letter-not-found': 404,
  'dead-letter-settled': 409,
  'replay-refused': 422,
  'too-large': 413,
  'unsupported-media-type': 415,
  'too-many-requests': 429,
  internal: 500,
} as const satisfies Record<ErrorCode, number>

export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly code: ErrorCode
  readonly faults?: readonly Fault[]
}

/** What a refusal looks like on the wire. */
export function toProblem(error: AppError): Problem {
  return {
    type: 'about:blank',
    title: error.message,
    status: statusOf[error.code],
    code: error.code,
    ...(error.faults.length === 0 ? {} : { faults: error.faults }),
  }
}

/** The one place where errors become answers. What is nobody's request's fault is logged, once. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const refusal = toAppError(error)
  if (refusal.code === 'internal') log.error({ err: error, request: request.id }, 'request failed')
  const problem = toProblem(refusal)
  reply.code(problem.status)
  if (isForPeople(request)) {
    return sendPage(reply, problemPage(problem, reply.server.brand().home))
  }
  return reply.type('application/problem+json').send(JSON.stringify(problem))
}

// A browser that opens the API is in the hands of a developer, who wants to see what programs see.
function isForPeople(request: FastifyRequest): boolean {
  return prefersHtml(request) && !request.url.startsWith('/api/')
}

/** Whatever was thrown, as a refusal; what nobody foresaw is `internal`. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    const faults = error.validation.map((one) => ({
      path: one.instancePath.replace(/^\//, '').replaceAll('/', '.'),
      reason: one.message ?? 'is not valid',
    }))
    return new AppError('request-invalid', 'The request does not fit what this address takes.', {
      faults,
    })
  }
  if (isFastifyError(error) && error.statusCode !== undefined && error.statusCode < 500) {
    return new AppError(codeOf(error.statusCode), error.message, { cause: error })
  }
  if (isUnstorable(error)) {
    const remedy = 'Look for NUL characters and for dates far from our time.'
    const message = `A value in the request cannot be stored. ${remedy}`
    return new AppError('request-invalid', message, { cause: error })
  }
  return new AppError('internal', 'Something went wrong here. It has been logged.', {
    cause: error,
  })
}

function codeOf(status: number): ErrorCode {
  if (status === 413) return 'too-large'
  if (status === 415) return 'unsupported-media-type'
  return status === 404 ? 'not-found' : 'request-invalid'
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && 'statusCode' in error
}
