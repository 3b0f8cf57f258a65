import type { FastifyReply, FastifyRequest } from 'fastify'
import { toAppError, toProblem } from '../../http/problem.js'
import { log } from '../../telemetry/log.js'

const statusTexts: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'OK',
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'REQUEST_VALIDATION_ERROR',
  415: 'REQUEST_VALIDATION_ERROR',
  500: 'INTERNAL_SERVER_ERROR',
}

/** A refusal in the words of Badge Connect. */
export class ConnectError extends Error {
  readonly status: number
  readonly statusText: string

  constructor(status: number, message: string, statusText = statusTexts[status] ?? 'BAD_REQUEST') {
    super(message)
    this.status = status
    this.statusText = statusText
  }
}

/** The status in which every answer is wrapped (Badge Connect 2.1). */
export function statusOf(statusCode: number, error: string | null = null, statusText?: string) {
  return { error, statusCode, statusText: statusText ?? statusTexts[statusCode] ?? 'BAD_REQUEST' }
}

export function answerConnectError(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const { status, message, statusText } = toStatus(error, request)
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .send({ status: statusOf(status, message, statusText) })
}

function toStatus(error: unknown, request: FastifyRequest) {
  if (error instanceof ConnectError) return error
  const refusal = toAppError(error)
  if (refusal.code === 'internal') log.error({ err: error, request: request.id }, 'request failed')
  const { status } = toProblem(refusal)
  return { status, message: refusal.message, statusText: undefined }
}
